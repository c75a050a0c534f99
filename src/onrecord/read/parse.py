"""The only place that knows spaCy: a document in, a `Reading` of plain arrays out.

Each paragraph is parsed on its own. Skipped lines, the dateline and what lies beyond the limit have no tokens. A
sentence may begin only after a mark that can end one, so that a quotation's inner marks do not cut a sentence in two.
"""

import contextlib
import itertools
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.errors import MissingResource
from onrecord.lexicon import Lexicon
from onrecord.model.reading import Attributed, Name, Quote, Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document
from onrecord.read import dateline, quotes, recase
from onrecord.read.clean import lines
from onrecord.read.load import load
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.read.tagger import Tagger

type Pair = tuple[int, int]
type Asking = Callable[[Sequence[tuple[str, tuple[Pair, ...], tuple[Pair, ...]]]], list[dict[str, float]]]

LONGEST = 4000  # characters of one piece: longer paragraphs are parsed in pieces, cut where a sentence ends
WARM = 20  # sessions of which the words are kept
MOST_REMEMBERED = 100_000  # lemmas
LONGEST_RUN = 250  # characters without a blank: longer runs (addresses, garbage) are parsed in pieces
_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")
_CUT = re.compile(r"[.!?][\"”’)]*\s")
_ENDS = frozenset(".!?…:;")
_CLOSES = frozenset("\"”’')]»")


class Parser:
    """An English spaCy pipeline, and the learned reader where it is asked for, behind one door."""

    def __init__(self, pipeline: Any, tagger: "Tagger | None" = None, judge: "Asking | None" = None) -> None:
        """Take a loaded pipeline; `load` makes one. `judge` says which PLOVER root sentences tell, where it runs."""
        from spacy import attrs  # noqa: PLC0415

        self._pipeline = pipeline
        self._tagger = tagger
        self.judge = judge
        self._strings = pipeline.vocab.strings
        self._columns = [
            attrs.IDX, attrs.LENGTH, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.HEAD, attrs.DEP, attrs.SENT_START,
            attrs.IS_SPACE,
        ]  # fmt: skip
        self._words: dict[int, str] = {}
        self._lemmas: dict[int, str] = {}
        self._caches = [part.cache for _, part in pipeline.components if isinstance(getattr(part, "cache", None), dict)]
        self._turn = threading.RLock()
        self._warm = 0
        self._inside = False

    @classmethod
    def load(cls, settings: Settings) -> "Parser":
        """Load the pipeline that the settings name, and the learned reader unless they say `rules`."""
        with ThreadPoolExecutor(1) as beside:  # the model loads outside of the interpreter's lock while spaCy loads
            waiting = beside.submit(_tagger) if settings.reader == "learned" else None
            pipeline = load(settings.parser)
            tagger = waiting.result() if waiting is not None else None
        _register()
        _part(pipeline)
        pipeline.add_pipe(_GUARD, before="parser")
        return cls(pipeline, tagger, _judge() if tagger is not None else None)

    def read(self, document: Document, settings: Settings, lexicon: Lexicon | None = None) -> Reading:
        """Parse every paragraph that is to be read; with a lexicon, a text in one case is given its capitals first."""
        text, pieces = document.text, tuple(_pieces(document, document.text, settings.max_characters))
        if lexicon is not None and (restored := recase.wording(text, lexicon, pieces)) is not text:
            text, pieces = restored, tuple(_pieces(document, restored, settings.max_characters))
        columns = _Columns()
        with self.session():
            parsed = self._pipeline.pipe([text[start:end] for start, end in pieces], batch_size=64)
            for (offset, _), piece in zip(pieces, parsed, strict=True):
                self._take(piece, offset, columns)
        paragraphs = lines(text)
        return Reading(
            text=text, start=tuple(columns.start), end=tuple(columns.end), lemma=tuple(columns.lemma),
            pos=tuple(columns.pos), tag=tuple(columns.tag), head=tuple(columns.head), dep=tuple(columns.dep),
            sentences=tuple(columns.sentences), paragraphs=paragraphs, names=tuple(columns.names),
            quotes=tuple(_quotes(text, document, paragraphs)),
        )  # fmt: skip

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Read several articles with one memory of their words, freed at the end; what they give is the same.

        The words of the first sessions are kept for good, so that the common ones are never made again. Threads take
        turns: the parser has one memory.
        """
        with self._turn:
            if self._inside:
                yield
                return
            self._inside = True
            zone = self._pipeline.memory_zone() if self._warm >= WARM else contextlib.nullcontext()
            try:
                with zone:
                    yield
            finally:
                self._inside = False
                self._warm += 1
                self._words.clear()
                self._lemmas.clear()
                for cache in self._caches:
                    if len(cache) > MOST_REMEMBERED:
                        cache.clear()

    def attribute(self, document: Document, reading: Reading, hints: tuple[Attributed, ...]) -> tuple[Attributed, ...]:
        """Let the learned reader mark the parsed part of the document; nothing where there is none."""
        if self._tagger is None or not len(reading):
            return ()
        return _outside(self._tagger.tag(reading.text[: reading.end[-1]], reading, hints), document)

    def _take(self, piece: Any, offset: int, columns: "_Columns") -> None:
        rows = piece.to_array(self._columns).tolist()
        place: dict[int, int] = {}
        for index, row in enumerate(rows):
            if not row[8]:
                place[index] = len(columns.start) + len(place)
        first = len(columns.start)
        for index, (at, length, lemma, pos, tag, head, dep, opens, is_space) in enumerate(rows):
            if is_space:
                continue
            here = len(columns.start)
            if opens == 1 and here > first:
                columns.sentences.append((first, here))
                first = here
            columns.start.append(offset + at)
            columns.end.append(offset + at + length)
            columns.lemma.append(self._lemma(lemma))
            columns.pos.append(self._word(pos))
            columns.tag.append(self._word(tag))
            columns.dep.append(self._word(dep))
            above = index + _signed(head)
            columns.head.append(place.get(above, here))
        if len(columns.start) > first:
            columns.sentences.append((first, len(columns.start)))
        for entity in piece.ents:
            inside = [place[index] for index in range(entity.start, entity.end) if index in place]
            if inside:
                columns.names.append(Name(inside[0], inside[-1] + 1, entity.label_))

    def _word(self, key: int) -> str:
        word = self._words.get(key)
        if word is None:
            word = self._words[key] = self._strings[key] if key else ""
        return word

    def _lemma(self, key: int) -> str:
        word = self._lemmas.get(key)
        if word is None:
            word = self._lemmas[key] = self._strings[key].lower() if key else ""
        return word


class _Columns:
    """The arrays while they grow."""

    def __init__(self) -> None:
        self.start: list[int] = []
        self.end: list[int] = []
        self.lemma: list[str] = []
        self.pos: list[str] = []
        self.tag: list[str] = []
        self.head: list[int] = []
        self.dep: list[str] = []
        self.sentences: list[tuple[int, int]] = []
        self.names: list[Name] = []


def run(
    *, document: Document, parser: Parser, settings: Settings, lexicon: Lexicon | None = None
) -> tuple[Reading, tuple[Rejection, ...]]:
    """Return the reading of the document, and what there is to say.

    Said is where capitals were restored, and each quotation mark that is never closed.
    """
    reading = parser.read(document, settings, lexicon)
    said = [Rejection(code="R311", stage="read", document=document.id)] if reading.text != document.text else []
    unclosed = [quote for quote in reading.quotes if not quote.closed and not quote.level]
    said += [
        Rejection(code="R310", stage="read", document=document.id, span=document.cite(quote.start, quote.start + 1))
        for quote in unclosed[:20]
    ]
    return reading, tuple(said)


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= (1 << 63) else number


def _quotes(text: str, document: Document, paragraphs: tuple[tuple[int, int], ...]) -> Iterator[Quote]:
    """Yield the quotations; none goes on from one entry of a live blog into another."""
    for _, together in itertools.groupby(paragraphs, key=lambda one: document.piece_at(one[0])):
        yield from quotes.pair(text, together)


def _pieces(document: Document, text: str, limit: int) -> Iterator[tuple[int, int]]:
    paragraphs = lines(text)
    skipped = {span.start for span in document.skipped}
    line = dateline.find(text, paragraphs)
    for start, end in paragraphs:
        if start >= limit:
            return
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        if first in skipped:
            continue
        begin = line.end if line is not None and start <= line.start < end else first
        last = min(end, limit)
        while last - begin > LONGEST:
            cut = begin
            for found in _CUT.finditer(text, begin + LONGEST // 2, begin + LONGEST):
                cut = found.end()
            if cut == begin:
                blank = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
                cut = blank + 1 if blank >= 0 else begin + LONGEST
            yield from _short_runs(text, begin, cut)
            begin = cut
        if text[begin:last].strip():
            yield from _short_runs(text, begin, last)


def _short_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretch in pieces without long runs of characters: the tokeniser's time is quadratic in them."""
    for found in _RUN.finditer(text, start, end):
        for cut in range(found.start() + LONGEST_RUN, found.end(), LONGEST_RUN):
            yield start, cut
            start = cut
    yield start, end


def _outside(found: Sequence[Any], document: Document) -> tuple[Attributed, ...]:
    """Leave out what the learned reader saw in skipped stretches."""
    skipped = document.skipped
    return tuple(
        Attributed(item.source, item.cue, item.content, item.confidence)
        for item in found
        if not any(
            span.start < end and start < span.end
            for span in skipped
            for start, end in (*item.source, *item.cue, *item.content)
        )
    )


def _judge() -> "Asking":
    from onrecord.read.plover import Judge, Question  # noqa: PLC0415

    try:
        judge = Judge.load()
    except FileNotFoundError as error:
        message = f"the files of the judge of acts are not installed ({error}); use --reader rules"
        raise MissingResource(message) from error

    def ask(rows: "Sequence[tuple[str, tuple[Pair, ...], tuple[Pair, ...]]]") -> list[dict[str, float]]:
        return judge.judge([Question(*row) for row in rows])

    return ask


def _tagger() -> "Tagger":
    from onrecord.read.tagger import Tagger  # noqa: PLC0415

    try:
        return Tagger.load()
    except FileNotFoundError as error:
        message = f"the learned reader's files are not installed ({error}); use --reader rules"
        raise MissingResource(message) from error


def guard_sentences(doc: Any) -> Any:
    """Forbid a sentence to begin after anything but a mark that can end one (closing quotes and brackets skipped).

    A word in lower case never begins one.
    """
    from spacy import attrs  # noqa: PLC0415

    may = True
    starts: list[int] = []
    for token in doc:
        text = token.text
        blank = text.isspace()
        starts.append((-1 if not blank and (not may or text[0].islower()) else 0) if starts else 1)
        if text[-1] in _ENDS or (blank and "\n" in text):
            may = True
        elif not (may and (blank or text in _CLOSES)):
            may = False
    return doc.from_array([attrs.SENT_START], np.array(starts, dtype=np.int64).astype(np.uint64))


_GUARD = "onrecord_sentence_guard"
_BAR = "―"  # a dash that spaCy leaves glued to the closing mark before it


def _part(pipeline: Any) -> None:
    from spacy.util import compile_suffix_regex  # noqa: PLC0415

    pipeline.tokenizer.suffix_search = compile_suffix_regex([*pipeline.Defaults.suffixes, _BAR]).search


def _register() -> None:
    from spacy.language import Language  # noqa: PLC0415

    if not Language.has_factory(_GUARD):
        Language.component(_GUARD, func=guard_sentences)
