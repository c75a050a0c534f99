"""Open shipped weights: one place for how the model runtime is set up. Comes in: a folder. Goes out: what runs."""

from importlib.resources import as_file, files
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer


class Weights:
    """A graph that is ready to run, its tokenizer, and the bytes of its parameters."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, params: bytes) -> None:
        self.session, self.tokenizer, self.params = session, tokenizer, params


def load(path: Path | None, *, model: str, tokenizer: str, params: str, what: str, threads: int = 1) -> Weights:
    """Open the three files of a model in the folder `path`, or in the package where there is none.

    The graph runs on `threads` threads of the processor. Raises FileNotFoundError, naming `what` needs it, where a
    file is missing.
    """
    if path is None:
        with as_file(files("onrecord.read") / "data") as shipped:
            return load(shipped, model=model, tokenizer=tokenizer, params=params, what=what, threads=threads)
    for name in (model, tokenizer, params):
        if not (path / name).is_file():
            message = f"{what} needs {path / name}"
            raise FileNotFoundError(message)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path / model), options, providers=["CPUExecutionProvider"])
    words = Tokenizer.from_file(str(path / tokenizer))
    words.no_padding()
    words.no_truncation()
    return Weights(session, words, (path / params).read_bytes())
