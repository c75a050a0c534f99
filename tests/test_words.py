"""Meta: what the rules know is data. No trigger word stands in the code as a string."""

import ast
import re
from pathlib import Path

import onrecord
from onrecord.lexicon import Lexicon
from onrecord.model import vocabulary

SOURCE = Path(onrecord.__file__).parent
# Words of the record format and of English grammar that happen to be trigger words too.
CONTRACT = {
    word
    for name in dir(vocabulary)
    if hasattr(getattr(vocabulary, name), "__value__")
    for word in vocabulary.words(getattr(vocabulary, name))
}


def strings(path: Path) -> list[tuple[int, str]]:
    """Every string of a module that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
        and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_no_trigger_word_in_the_stages(lexicon: Lexicon) -> None:
    """Verbs and nouns that make acts live in files, not in extract, resolve or reconcile."""
    triggers = lexicon.acts.trigger_words() - CONTRACT
    assert len(triggers) > 100
    found = []
    for stage in ("extract", "resolve", "reconcile", "read"):
        for path in sorted((SOURCE / stage).rglob("*.py")):
            for line, text in strings(path):
                if re.fullmatch(r"[a-z-]+", text) and text in triggers:
                    found.append(f"{path.relative_to(SOURCE)}:{line}: {text!r}")
    assert found == []


def test_spans_are_made_by_cite_alone() -> None:
    """Only the document makes evidence; reading records back is decoding, and reconcile moves spans by replace."""
    makers = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "text.py" and path.parent.name == "model":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Span":
                makers.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert makers == []


def test_no_file_is_longer_than_the_house_allows() -> None:
    """500 lines are refused; tables belong in data files."""
    long = {
        str(path.relative_to(SOURCE)): count
        for path in SOURCE.rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}
