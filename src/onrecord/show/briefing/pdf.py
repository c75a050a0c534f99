"""A briefing as PDF 1.7, written here: A4, Helvetica, numbered footnotes at the end, text that can be copied.

The font is one of those that every reader has, so it is not embedded. Letters get codes as they occur, by the names of
the Adobe Glyph List, with a ToUnicode map; a letter past the 200th kind becomes a question mark.
"""

import unicodedata
import zlib
from collections.abc import Iterator

from onrecord.show.briefing.content import Briefing, Note

WIDTH, HEIGHT, MARGIN = 595, 842, 56
# Widths of ASCII 32 to 126 in thousandths, from Adobe's metrics of Helvetica.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *[556] * 10, 278, 278, 584, 584,
    584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611,
    722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_NAMED = {
    "“": ("quotedblleft", 333), "”": ("quotedblright", 333), "‘": ("quoteleft", 222), "’": ("quoteright", 222),
    "–": ("endash", 556), "—": ("emdash", 1000), "…": ("ellipsis", 1000), "€": ("Euro", 556), "£": ("sterling", 556),
    "•": ("bullet", 350), "ı": ("dotlessi", 222), "ø": ("oslash", 611), "Ø": ("Oslash", 778), "ł": ("lslash", 222),
    "Ł": ("Lslash", 556), "đ": ("dcroat", 556), "Đ": ("Dcroat", 722), "ð": ("eth", 556), "þ": ("thorn", 556),
    "æ": ("ae", 889), "Æ": ("AE", 1000), "œ": ("oe", 944), "ß": ("germandbls", 611), "«": ("guillemotleft", 556),
    "»": ("guillemotright", 556), "°": ("degree", 400), "§": ("section", 556), "İ": ("Idotaccent", 278),
}  # fmt: skip
_MARKS = {
    0x300: "grave", 0x301: "acute", 0x302: "circumflex", 0x303: "tilde", 0x304: "macron", 0x306: "breve",
    0x307: "dotaccent", 0x308: "dieresis", 0x30A: "ring", 0x30B: "hungarumlaut", 0x30C: "caron", 0x327: "cedilla",
    0x328: "ogonek",
}  # fmt: skip
_FIRST, _LAST = 128, 255  # codes given to letters outside ASCII
_BOLD = 1.08  # how much wider bold is taken to be


class _Letters:
    """Codes for letters, given as they occur."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def encode(self, text: str) -> bytes:
        return bytes(self._code(letter) for letter in text)

    def _code(self, letter: str) -> int:
        if " " <= letter <= "~":
            return ord(letter)
        if letter not in self.codes:
            if _FIRST + len(self.codes) > _LAST:
                return ord("?")
            self.codes[letter] = _FIRST + len(self.codes)
        return self.codes[letter]

    def differences(self) -> str:
        return " ".join(f"{code} /{_glyph(letter)}" for letter, code in self.codes.items())

    def widths(self) -> str:
        return " ".join(map(str, [*_WIDTHS, 0, *(_width(letter) for letter in self.codes)]))

    def unicode(self) -> bytes:
        pairs = [f"<{code:02X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, code in self.codes.items()]
        pairs += [f"<{code:02X}> <{code:04X}>" for code in range(32, 127)]
        blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        inside = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /onrecord def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <FF> endcodespacerange\n{inside}\nendcmap end end"
        ).encode()


def write(briefing: Briefing) -> bytes:
    """Return the file."""
    letters = _Letters()
    pages = list(_pages(briefing, letters))
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>", b""]
    first = 7
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    for name in ("Helvetica", "Helvetica-Bold"):
        last = 127 + len(letters.codes)
        objects.append(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /FirstChar 32 /LastChar {last}"
            f" /Widths [{letters.widths()}] /Encoding 5 0 R /ToUnicode 6 0 R >>".encode()
        )
    objects.append(f"<< /Type /Encoding /Differences [{letters.differences()}] >>".encode())
    objects.append(_stream(letters.unicode()))
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {first + 2 * at + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(_stream(page))
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _pages(briefing: Briefing, letters: _Letters) -> Iterator[bytes]:
    """Yield the drawing of each page: lines from the top down, a new page where one is full."""
    page, height = bytearray(), float(HEIGHT - MARGIN)
    for text, size, indent, bold in _lines(briefing):
        step = size * 1.4
        if height - step < MARGIN:
            yield bytes(page)
            page, height = bytearray(), HEIGHT - MARGIN
        height -= step
        if text:
            shown = letters.encode(text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            font = 2 if bold else 1
            page += f"BT /F{font} {size} Tf {MARGIN + indent} {height:.1f} Td (".encode() + shown + b") Tj ET\n"
    yield bytes(page)


def _lines(briefing: Briefing) -> Iterator[tuple[str, int, int, bool]]:
    yield from _wrapped(briefing.title, 18, 0, bold=True)
    yield from _wrapped(briefing.about, 10, 0)
    for section in briefing.sections:
        yield ("", 8, 0, False)
        yield from _wrapped(section.title, 13, 0, bold=True)
        for said in section.sentences:
            marks = "".join(f" [{number}]" for number in said.notes)
            yield from _wrapped(f"• {said.text}{marks}", 10, 10)
    if not briefing.sections:
        yield from _wrapped("The record holds nothing on this. That is no evidence that nothing happened.", 10, 0)
    if briefing.notes:
        yield ("", 8, 0, False)
        yield from _wrapped("Notes", 13, 0, bold=True)
        for number, note in enumerate(briefing.notes, start=1):
            yield from _wrapped(f"[{number}] {_note(note)}", 8, 0)


def _note(note: Note) -> str:
    told = ", ".join(filter(None, [f"“{note.words}”", note.title, note.outlet, note.published]))
    return f"{told}. {note.document} [{note.start}, {note.end}). {note.source}"


def _wrapped(text: str, size: int, indent: int, *, bold: bool = False) -> Iterator[tuple[str, int, int, bool]]:
    room = (WIDTH - 2 * MARGIN - indent) * 1000 / size / (_BOLD if bold else 1)
    line, used = "", 0
    for word in unicodedata.normalize("NFC", text).split():
        for part in _pieces(word, room):
            width = sum(map(_width, part))
            if line and room < used + width + _WIDTHS[0]:
                yield (line, size, indent, bold)
                line, used = "", 0
            line, used = (f"{line} {part}", used + width + _WIDTHS[0]) if line else (part, width)
    if line:
        yield (line, size, indent, bold)


def _pieces(word: str, room: float) -> Iterator[str]:
    """Yield a word, in pieces where it is wider than the line (an address)."""
    piece, used = "", 0
    for letter in word:
        if room < used + _width(letter):
            yield piece
            piece, used = "", 0
        piece, used = piece + letter, used + _width(letter)
    yield piece


def _width(letter: str) -> int:
    if " " <= letter <= "~":
        return _WIDTHS[ord(letter) - 32]
    if letter in _NAMED:
        return _NAMED[letter][1]
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS[ord(base) - 32] if " " <= base <= "~" else 600


def _glyph(letter: str) -> str:
    if letter in _NAMED:
        return _NAMED[letter][0]
    apart = unicodedata.normalize("NFD", letter)
    if len(apart) == 2 and apart[0].isascii() and apart[0].isalpha() and ord(apart[1]) in _MARKS:
        return apart[0] + _MARKS[ord(apart[1])]
    return f"uni{ord(letter):04X}" if ord(letter) < 0x10000 else f"u{ord(letter):X}"
