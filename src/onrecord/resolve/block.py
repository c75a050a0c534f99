"""Block: which persons are worth comparing. Comes in: a name. Goes out: the key that it shares with its spellings."""

import re

from onrecord.lexicon.people import fold

_WORD = re.compile(r"\w+")
_ENDINGS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded (case, accents), endings such as Jr left out."""
    found = tuple(word for word in _WORD.findall(fold(name)) if word not in _ENDINGS)
    return found or tuple(_WORD.findall(fold(name)))


def key(name: str) -> str:
    """Return the key under which persons are compared: the last name without what transliterations vary in.

    Doubled letters are one, y is i, w is v, ph is f, kh is h, ts and tz are c, a final -eff or -ev is one.
    """
    several = words(name)
    last = several[-1] if several else ""
    for old, new in (
        ("ph", "f"),
        ("kh", "h"),
        ("tz", "c"),
        ("ts", "c"),
        ("y", "i"),
        ("j", "i"),
        ("w", "v"),
        ("q", "k"),
    ):
        last = last.replace(old, new)
    last = re.sub(r"(.)\1+", r"\1", last)
    return re.sub(r"ef$", "ev", last)
