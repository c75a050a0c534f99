"""Meta: what the rules know is data. No trigger word stands in the code as a string."""

import ast
import re
from pathlib import Path

import onrecord
from onrecord.lexicon import Lexicon
from onrecord.model import vocabulary, wire
from onrecord.model.claim import Figure, Terms
from onrecord.model.mention import PlaceRef

SOURCE = Path(onrecord.__file__).parent
# Words of the record format: its vocabularies and the names of its fields.
CONTRACT = {
    word
    for name in dir(vocabulary)
    if hasattr(getattr(vocabulary, name), "__value__")
    for word in vocabulary.words(getattr(vocabulary, name))
} | {field for kind in (*wire.KINDS.values(), Terms, Figure, PlaceRef) for field in kind.__struct_fields__}
# Words of grammar and of patterns: parts of a clause, the auxiliary, named groups, exported functions.
GRAMMAR = {"be", "object", "stop", "sign", "reach"}
ASKS = {"words", "is_in", "of"}
NAMES = re.compile(r"^\s*-?\s*(?:id|sort|shapes?|part|frame|kind|list|lists|is)\s*:\s*(.+)$", re.MULTILINE)


def kinds() -> set[str]:
    """What lexicon files call their rules, lists and shapes: code may name a kind, never a word."""
    found: set[str] = set()
    for path in (SOURCE / "lexicon" / "data").glob("*.yaml"):
        for value in NAMES.findall(path.read_text(encoding="utf-8")):
            found.update(re.findall(r"[a-z-]+", value))
    return found


def strings(path: Path) -> list[tuple[int, str]]:
    """Every string of a module that is neither a docstring nor the name of a list that the lexicon is asked for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
        and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    asked = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKS
        for argument in node.args
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | asked
    ]


def test_no_trigger_word_in_the_stages(lexicon: Lexicon) -> None:
    """Verbs and nouns that make acts live in files, not in extract, resolve or reconcile."""
    triggers = lexicon.acts.trigger_words() - CONTRACT - GRAMMAR - kinds()
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
        makers += [
            f"{path.relative_to(SOURCE)}:{node.lineno}"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Span"
        ]
    assert makers == []


def test_no_file_is_longer_than_the_house_allows() -> None:
    """500 lines are refused; tables belong in data files."""
    long = {
        str(path.relative_to(SOURCE)): count
        for path in SOURCE.rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}
