"""How names are compared: without case, accents and punctuation. The text itself is never normalised."""

import re
import unicodedata

# Letters that Unicode doesn't take apart into a base and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "e"}
)
_NOT_WORD = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """Return the words of a name, folded, with one blank between them; "" where it holds none."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_PLAIN)
    return _NOT_WORD.sub(" ", letters).strip()


def phrase(words: str) -> str:
    """Return a full-text expression that matches all of these words, `"in quotes"` as one phrase; "" for no words."""
    found = []
    for quoted, single in re.findall(r'"([^"]*)"|(\S+)', words):
        inside = re.findall(r"\w+", quoted or single)
        if inside:
            found.append('"' + " ".join(inside) + '"')
    return " AND ".join(found)
