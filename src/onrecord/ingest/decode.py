"""Bytes to text, strictly: the declared charset, then UTF-8, then a guess that is noted."""

import codecs

from onrecord.model.rejection import Rejection

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABELS = {
    "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "utf8": "utf-8", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
}  # fmt: skip
_SIGNATURES = (
    b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"BZh", b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"MZ\x90",
)  # fmt: skip


def decode(data: bytes, source: str, declared: str | None = None) -> tuple[str | None, tuple[Rejection, ...]]:
    """Return the text of these bytes with LF line ends and no byte order mark, or None; and what there is to say.

    Nothing else is changed. Tried in this order: a byte order mark; UTF-8 where the bytes can hardly be anything else,
    whatever is declared; `declared` (Latin-1 meaning windows-1252, as browsers have it); UTF-8; and last a guess by
    charset-normalizer. A guess, and a declaration that was wrong, are noted as R110.
    """
    if not data.strip():
        return None, (_no("R102", source),)
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], charset, source)
    if data.startswith(_SIGNATURES):
        return None, (_no("R103", source, "the first bytes are those of a binary format"),)
    if b"\x00" in data[:65536]:
        return None, (_no("R103", source, "it holds NUL bytes"),)
    label = (declared or "utf-8").strip().lower()
    charset = _LABELS.get(label, label)
    for tried in dict.fromkeys(("utf-8", charset) if _surely_utf8(data) else (charset, "utf-8")):
        try:
            text = data.decode(tried, "strict")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        told = codecs.lookup(tried).name != _name(charset)
        return _lines(text), (_no("R110", source, f"it says {label[:40]!r} and is {tried}"),) if told else ()
    return _guess(data, source)


def _surely_utf8(data: bytes) -> bool:
    """Say whether the bytes hold letters outside ASCII, all of them as UTF-8 writes them."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        return False
    return True


def _name(charset: str) -> str:
    try:
        return codecs.lookup(charset).name
    except (LookupError, ValueError):
        return charset


def clean_lines(text: str) -> str:
    """Return the text with CRLF and CR turned to LF and a byte order mark dropped; nothing else changed."""
    return _lines(text)


def has_surrogates(text: str) -> bool:
    """Say whether the text holds a lone surrogate, which no UTF-8 file can hold."""
    return any("\ud800" <= character <= "\udfff" for character in text) if not text.isascii() else False


def _strict(data: bytes, charset: str, source: str) -> tuple[str | None, tuple[Rejection, ...]]:
    try:
        return _lines(data.decode(charset, "strict")), ()
    except UnicodeDecodeError as error:
        return None, (_no("R104", source, f"its byte order mark says {charset}, but {error.reason}"),)


def _guess(data: bytes, source: str) -> tuple[str | None, tuple[Rejection, ...]]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only where a file is odd

    matches = from_bytes(data[:200_000])
    best = matches.best()
    # only English is read: where windows-1252 fits nearly as well, the rarer code pages are mistakes over few letters
    best = next((match for match in matches if match.encoding == "cp1252" and match.chaos < 0.1), best)
    if best is None:
        return None, (_no("R104", source, "not UTF-8, and no other encoding fits"),)
    try:
        text = data.decode(best.encoding, "strict")
    except (UnicodeDecodeError, LookupError) as error:
        return None, (_no("R104", source, f"not UTF-8, and not {best.encoding} all through: {error}"),)
    if sum(character < " " and character not in "\t\n\r\f" for character in text[:20_000]) > len(text[:20_000]) / 50:
        return None, (_no("R103", source, "mostly control characters"),)
    return _lines(text), (_no("R110", source, f"not UTF-8; read as {best.encoding}"),)


def _lines(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _no(code: str, source: str, note: str = "") -> Rejection:
    return Rejection(code=code, stage="ingest", source=source, note=note)
