"""Direct quotations: which are whole utterances, and which cue each belongs to.

Comes in: a scene. Goes out: drafts of the quotations that have a cue or a speaker who speaks on, and the quotations
that look like utterances but have none. Quotations inside a clause are left to the clause.
"""

import bisect
import re

from onrecord.extract import clause
from onrecord.extract.speech_scene import Draft, Hit, Scene
from onrecord.model.reading import Quote

_ENDS_INSIDE = frozenset(",.?!…—–-;")
_LEADS = frozenset(".!?:…\"”’'»)")
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET"})
_SIGNATURE = re.compile(r"\s*(?P<dash>[―—–]|--?(?=\s))[ \t\xa0]*(?P<who>[^\n―—–]+?)[ \t\xa0]*(?=\n|$)")
_SIGNED_WORDS = 14
_MARKS = "\"“”„‟＂«»‘’‚‛'`‹›"


class Direct:
    """One pass over the quotations of a scene."""

    def __init__(self, scene: Scene) -> None:
        """Take the scene; `run` does the work."""
        self.scene = scene
        self.drafts: list[Draft] = []
        self.by_anchor: dict[int, Draft] = {}
        self.orphans: list[Quote] = []
        self.taken: set[int] = set()

    def run(self) -> None:
        """Fill `drafts` (in order of the text), `by_anchor`, `orphans`, and `taken` (starts of quotations used)."""
        before: tuple[Quote, Draft | None] | None = None
        for quote in self.scene.outer:
            if not self._is_utterance(quote):
                continue
            self.taken.add(quote.start)
            draft = self._signed(quote)
            hit = None if draft is not None else self._cue_after(quote) or self._cue_before(quote)
            if draft is not None:
                self.drafts.append(draft)
            elif hit is not None:
                draft = self._with_cue(quote, hit)
            elif before is not None and before[1] is not None and self._speaks_on(before[0], before[1], quote):
                draft = self._carried(quote, before[1])
            else:
                draft = None
                self.orphans.append(quote)
            before = (quote, draft)
        self.drafts.sort(key=lambda draft: draft.place)

    def _is_utterance(self, quote: Quote) -> bool:
        """Say whether the quotation stands as an utterance of its own, not as words inside a clause."""
        text = self.scene.reading.text
        inner = text[quote.start : quote.end].strip(_MARKS + " ")
        if not inner:
            return False
        start, end = self.scene.reading.paragraphs[self.scene.paragraph(quote.start)]
        ahead = text[start : quote.start].rstrip()
        behind = text[quote.end : end].lstrip()
        tail = not quote.closed or inner[-1] in _ENDS_INSIDE or not behind or behind[0] in ",.?!;:—–"
        if not tail:
            return False
        words = inner.count(" ") + 1
        if not ahead and not behind and quote.closed and not quote.continues and inner[-1] not in _ENDS_INSIDE:
            return False
        if not ahead:
            return words > 1 or inner[-1] in _ENDS_INSIDE
        if ahead[-1] in _LEADS:
            return words > 2 or inner[-1] in ",?!" or (ahead[-1] == ":" and inner[-1] in _ENDS_INSIDE)
        token = self._token_before(quote)
        if token is None:
            return False
        if ahead[-1] in ",—–":
            if self._goes_on(quote, token):
                return False
            return self._cue_between(quote, token) is not None and (words > 2 or inner[-1] in _ENDS_INSIDE)
        cues = self.scene.hits_in(token, token + 1)
        return bool(cues) and cues[0].sort == "verb" and words > 3 and self._is_clause(quote)

    def _goes_on(self, quote: Quote, token: int) -> bool:
        """Say whether the quoted words end a clause of the reporter's own ("The road, she said, “is open”")."""
        reading = self.scene.reading
        inner = reading.text[quote.start : quote.end].strip(_MARKS + " ")
        hit = self._cue_between(quote, token)
        if hit is None or not inner[:1].islower() or not quote.closed:
            return False
        first = reading.sentences[reading.sentence_of(hit.anchor)][0]
        subject = reading.child(hit.anchor, "nsubj")
        begin = min(hit.anchor, reading.subtree(subject)[0]) if subject is not None else hit.anchor
        ahead = range(first, begin - 1)
        bare = not any(self.scene.is_quoted(at) or reading.word(at) in {";", ":"} for at in ahead)
        return len(ahead) > 1 and bare and reading.word(begin - 1) == ","

    def _is_clause(self, quote: Quote) -> bool:
        reading = self.scene.reading
        first, last = reading.tokens_in(quote.start, quote.end)
        return any(
            reading.tag[at] in {"VBD", "VBP", "VBZ", "MD"} for at in range(first, min(last, first + 60))
        )  # fmt: skip

    def _token_before(self, quote: Quote) -> int | None:
        reading = self.scene.reading
        token = reading.tokens_in(quote.start, quote.end)[0] - 1
        return token if token >= 0 else None

    def _speech(self, hits: list[Hit]) -> list[Hit]:
        return [
            hit
            for hit in hits
            if hit.sort != "noun" and any("quote" in entry.shapes for entry in hit.entries) and not self._quoted(hit)
        ]

    def _quoted(self, hit: Hit) -> bool:
        return self.scene.is_quoted(hit.anchor)

    def _cue_after(self, quote: Quote) -> Hit | None:
        """Return the cue behind the quotation in the same sentence ("...," she said)."""
        reading = self.scene.reading
        inner = reading.text[quote.start : quote.end].rstrip(_MARKS + " ")
        behind = reading.text[quote.end : quote.end + 40].lstrip()
        first = reading.tokens_in(quote.start, quote.end)[1]
        if not quote.closed or first >= len(reading):
            return None
        if behind[:1] in {".", "!", "?", ";"}:
            return None
        if inner[-1:] == "." and not (behind[:1].islower() or behind[:1] == ","):
            return None
        if self.scene.paragraph(reading.start[first]) != self.scene.paragraph(quote.start):
            return None
        last = self._end_of_sentence(first)
        following = self.scene.quotes_in(quote.end, reading.end[last - 1])
        if following:
            last = min(last, reading.tokens_in(following[0].start, following[0].end)[0])
        for hit in self._speech(self.scene.hits_in(first, min(last, first + 60))):
            if hit.sort == "phrase" or reading.dep[hit.anchor] != "relcl":
                return hit
        return None

    def _signed(self, quote: Quote) -> Draft | None:
        """Read the name under a quotation that is a paragraph ("..." - Name, place) as who said it."""
        reading = self.scene.reading
        found = _SIGNATURE.match(reading.text, quote.end) if quote.closed else None
        cue = self.scene.book.plain
        begins = reading.paragraphs[self.scene.paragraph(quote.start)][0]
        if found is None or cue is None or reading.text[begins : quote.start].strip():
            return None
        first, end = reading.tokens_in(*found.span("who"))
        last = first
        while last < end and reading.pos[last] == "PROPN":
            last += 1
        if last == first or end - first > _SIGNED_WORDS or (last < end and reading.word(last) not in {",", "("}):
            return None
        head = clause.head_of(reading, reading.start[first], reading.end[last - 1])
        if head is None or any(reading.tag[at] in {"VBD", "VBZ", "VBP"} for at in range(last, end)):
            return None
        dash = reading.token_at(found.start("dash"))
        hit = Hit(dash, (dash,), (cue,), "verb") if dash is not None and dash < first else None
        return Draft(
            cue, hit, (head,), [self.inside(quote)], [(quote.start, quote.end)], direct=True, rule="speech.signed"
        )

    def _end_of_sentence(self, token: int) -> int:
        """Return the end of the sentence that the token is in; a lone mark or comma does not count as one."""
        reading = self.scene.reading
        while token < len(reading) and reading.pos[token] == "PUNCT":
            token += 1
        if token >= len(reading):
            return len(reading)
        return reading.sentences[reading.sentence_of(token)][1]

    def _cue_before(self, quote: Quote) -> Hit | None:
        token = self._token_before(quote)
        if token is None or self.scene.paragraph(self.scene.reading.start[token]) != self.scene.paragraph(quote.start):
            return None
        return self._cue_between(quote, token)

    def _cue_between(self, quote: Quote, token: int) -> Hit | None:
        """Return the cue before the quotation with no end of a sentence between ("She said: ...")."""
        reading = self.scene.reading
        last = reading.text[: quote.start].rstrip()[-1:]
        if last in {".", "!", "?", "…"}:
            return None
        first = reading.sentences[reading.sentence_of(token)][0]
        found = [
            hit
            for hit in self._speech(self.scene.hits_in(first, token + 1))
            if hit.sort == "verb" and reading.dep[hit.anchor] != "relcl"
        ]
        hit = found[-1] if found else None
        if hit is None:
            return None
        if last not in {",", ":", "—", "–"} and hit.tokens[-1] != token:
            return None
        return hit

    def _with_cue(self, quote: Quote, hit: Hit) -> Draft:
        reading = self.scene.reading
        cue = next(entry for entry in hit.entries if "quote" in entry.shapes)
        known = self.by_anchor.get(hit.anchor)
        if known is not None:
            if reading.text[: quote.start].rstrip()[-1:] in {",", "—", "–"}:
                known.content.append(self.inside(quote))
                known.raw.append((quote.start, quote.end))
                return known
            return self._carried(quote, known)
        draft = Draft(
            cue, hit, (), [self.inside(quote)], [(quote.start, quote.end)], direct=True, rule=f"{cue.id}/quote"
        )
        self.by_anchor[hit.anchor] = draft
        self.drafts.append(draft)
        return draft

    def inside(self, quote: Quote) -> tuple[int, int]:
        """Return the characters between the marks."""
        text, start, end = self.scene.reading.text, quote.start, quote.end
        while start < end and text[start] in _MARKS:
            start += 1
        while quote.closed and end > start and (text[end - 1] in _MARKS or text[end - 1].isspace()):
            end -= 1
        while end > start + 1 and (text[end - 1] == "," or text[end - 1].isspace()):
            end -= 1
        return (start, end)

    def _speaks_on(self, earlier: Quote, draft: Draft, quote: Quote) -> bool:
        """Say whether nothing but the cue's own sentence, or the break of a paragraph, lies between the two."""
        scene, reading = self.scene, self.scene.reading
        if quote.continues:
            return True
        if scene.paragraph(earlier.start) != scene.paragraph(quote.start):
            return False
        first = reading.tokens_in(earlier.start, earlier.end)[1]
        last = reading.tokens_in(quote.start, quote.end)[0]
        between = [at for at in range(first, min(last, first + 120)) if reading.pos[at] != "PUNCT"]
        if not between:
            return True
        root = draft
        while root.carried is not None:
            root = root.carried
        here = reading.sentence_of(between[0])
        if reading.sentence_of(between[-1]) != here or last - first > 120:
            return False
        return root.hit is not None and reading.sentence_of(root.hit.anchor) == here

    def _carried(self, quote: Quote, earlier: Draft) -> Draft:
        draft = Draft(
            earlier.cue, earlier.hit, (), [self.inside(quote)], [(quote.start, quote.end)], direct=True,
            rule="speech.carried", carried=earlier,
        )  # fmt: skip
        self.drafts.append(draft)
        return draft

    def adopt(self, drafts: list[Draft]) -> None:
        """Give an utterance without a cue to who spoke in the sentence before, in this paragraph or the last one."""
        spoken = sorted((draft for draft in drafts if draft.hit and not draft.cue.thought), key=_anchor)
        anchors = [_anchor(draft) for draft in spoken]
        orphans, self.orphans = self.orphans, []
        for quote in orphans:
            draft = self._led_in(quote) or self._from_before(quote, spoken, anchors)
            if draft is None:
                self.orphans.append(quote)
            else:
                self.drafts.append(draft)

    def _from_before(self, quote: Quote, spoken: list[Draft], anchors: list[int]) -> Draft | None:
        scene, reading = self.scene, self.scene.reading
        earlier = next(
            (draft for draft in reversed(self.drafts[-3:]) if 0 <= quote.start - draft.content[-1][1] <= 6), None
        )
        if earlier is not None:
            return self._carried(quote, earlier)
        token = reading.tokens_in(quote.start, quote.end)[0]
        place = bisect.bisect_left(anchors, token) - 1
        if place < 0:
            return None
        draft = spoken[place]
        start = reading.paragraphs[scene.paragraph(quote.start)][0]
        opens = not reading.text[start : quote.start].strip()
        sentence = reading.sentence_of(draft.hit.anchor) if draft.hit else -1
        before = reading.sentence_of(token - 1) if token else -1
        if sentence != before:
            return None
        apart = scene.paragraph(quote.start) - scene.paragraph(draft.place)
        return self._carried(quote, draft) if apart == 0 or (opens and apart == 1) else None

    def _led_in(self, quote: Quote) -> Draft | None:
        """Read "The minister was blunt: ..." as the words of the sentence's subject."""
        scene, reading = self.scene, self.scene.reading
        token = self._token_before(quote)
        if token is None or reading.word(token) != ":":
            return None
        first, last = reading.sentences[reading.sentence_of(token)]
        root = next((at for at in range(first, last) if reading.head[at] == at), None)
        speakers: tuple[int, ...] = ()
        if root is not None and root < token and clause.is_verb(reading, root):
            speakers = tuple(head for head in clause.subject_of(reading, root) if head < token)
        elif token - first < 6 and all(reading.pos[at] in _NAMING for at in range(first, token)):
            head = clause.head_of(reading, reading.start[first], reading.start[token])
            speakers = (head,) if head is not None and reading.pos[head] == "PROPN" else ()
        cue = scene.book.plain
        if not speakers or cue is None:
            return None
        return Draft(
            cue, None, speakers, [self.inside(quote)], [(quote.start, quote.end)], direct=True, rule="speech.led_in"
        )


def _anchor(draft: Draft) -> int:
    return draft.hit.anchor if draft.hit else -1
