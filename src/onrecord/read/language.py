"""Is it English? Function words first, which is quick and sure for prose; py3langid only where they leave a doubt."""

import re

_FUNCTION_WORDS = """
the of and to in a is that for it on with as was be by at he have from this are not but had his they
were which an or she we their has been one all who would there will its if more about into after
over said than
"""
ENGLISH = frozenset(_FUNCTION_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
SURE, DOUBT = 0.22, 0.10


def is_english(text: str) -> tuple[bool, str]:
    """Say whether the text is to be read as English, and in what language it seems to be (ISO 639-1).

    A text of fewer than four words is taken as English: there is nothing to tell it by, and nothing to lose.
    """
    words = _WORD.findall(text[:6000].lower())
    if len(words) < 4:
        return True, "en"
    share = sum(word in ENGLISH for word in words) / len(words)
    if share >= SURE:
        return True, "en"
    language = _classify(text[:3000])
    if language == "en":
        return True, "en"
    return (share >= DOUBT and len(words) < 40), language


def _classify(text: str) -> str:
    import py3langid  # noqa: PLC0415 - a second of loading, seldom needed

    return str(py3langid.classify(text)[0])
