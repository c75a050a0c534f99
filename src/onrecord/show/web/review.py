"""Review: the queue of what is worth a second look, the judgement that a form makes, and what was judged so far."""

import re
from typing import Any, NamedTuple, NoReturn
from urllib.parse import unquote, urlsplit

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.keep import judge as make
from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.model.judgement import Judgement
from onrecord.model.rulings import REVIEW, RIGHT, WRONG
from onrecord.model.vocabulary import CustodyStatus, DealStatus, Polarity, StepKind, Verdict
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking, links
from onrecord.show.web.hand import now
from onrecord.show.web.page import FORM, NAME, Desk, Page
from onrecord.show.web.shelf import Shelf

QUEUE, LOOKED_AT = 12, 400
LONGEST = 2000
# What may be put right of each kind of record; the value's shape is checked before it is kept.
FIELDS: dict[str, tuple[str, ...]] = {
    "statement": ("speaker", "date"), "act": ("date",), "step": ("step", "date", "by", "polarity"),
    "custody": ("status", "date", "holder"), "case": ("status", "holder"), "deal": ("status",),
}  # fmt: skip
WORDS = {
    ("step", "step"): words_of(StepKind), ("step", "polarity"): words_of(Polarity),
    ("custody", "status"): words_of(CustodyStatus), ("case", "status"): words_of(CustodyStatus),
    ("deal", "status"): words_of(DealStatus),
}  # fmt: skip
PEOPLE = frozenset({"speaker", "by", "holder"})
SAME = frozenset({"actor", "case", "deal", "event", "step", "custody"})
LINE = re.compile(r"[\x00-\x1f\x7f]+")


class Entry(NamedTuple):
    """One record of the queue, and why it stands there."""

    record: Any
    kind: str
    why: str


def queue(shelf: Shelf, request: Request) -> Page:
    """Show the most consequential records and the least certain ones that nobody has judged yet."""
    del request
    disputed = (("disputed", "yes"),)
    weighty = [
        *(Entry(one, "deal", _why_deal(one)) for one in shelf.found("deal", facets=disputed, limit=QUEUE)),
        *(Entry(one, "case", "the reports do not agree") for one in shelf.found("case", facets=disputed, limit=QUEUE)),
        *(
            Entry(step, "step", f"the status of “{deal.title}” rests on it alone")
            for deal in shelf.found("deal", limit=QUEUE)
            if len(deal.made_by) == 1 and (step := shelf.get(deal.made_by[0])) is not None
        ),
    ]  # fmt: skip
    unsure = shelf.found("statement", facets=(("sure", "no"),), limit=LOOKED_AT)
    doubtful = [
        *(
            Entry(one, "statement", f"confidence {one.confidence:.0%}")
            for one in sorted(unsure, key=lambda one: (one.confidence or 0, one.id))
        ),
        *(
            Entry(one, "statement", "no speaker was found")
            for one in shelf.found("statement", facets=(("named", "no"),), limit=QUEUE)
        ),
    ]  # fmt: skip
    judged = {one.left for one in shelf.view.judgements() if one.withdrawn_at is None} if _any(shelf) else set()
    values = {
        "weighty": [entry for entry in weighty if entry.record.id not in judged][:QUEUE],
        "doubtful": [entry for entry in doubtful if entry.record.id not in judged][:QUEUE],
        "judged": len(judged),
    }
    return Page("review.html", "Review", values, "review")


def history(shelf: Shelf, request: Request) -> Page:
    """Show every judgement, newest first, withdrawn ones too."""
    found, pages = asking.listed(shelf, request, Query(kind="judgement"))
    return Page("history.html", "Judgements", {"found": found, "pages": pages}, "review")


def _any(shelf: Shelf) -> bool:
    return shelf.count("judgement") > 0


def _why_deal(deal: Any) -> str:
    return "disputed between the parties" if deal.disputed else "an account speaks against its status"


async def judge(desk: Desk, request: Request) -> Response:
    """Take a judgement from a form, keep it, and lead back to where it was made."""
    if not desk.hand.writes:
        raise HTTPException(403, "This record is published to be read: nothing can be judged here.")
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > 40_000:
        raise HTTPException(413, "That is too long for a form.")
    async with request.form(max_files=0, max_fields=20) as form:
        fields = {name: LINE.sub(" ", str(value)).strip() for name, value in form.items()}
    if not desk.access.is_ours(request.cookies.get(FORM, ""), fields.get("form", "")):
        raise HTTPException(403, "That form was out of date, or not one of ours. Please go back and try again.")
    try:
        with open_view(desk.store) as view:
            made = judgement_of(Shelf(view), fields)
    except UsageError as error:
        raise HTTPException(400, str(error)) from error
    done = await run_in_threadpool(desk.hand.judge, made)
    back = _own(fields.get("back", "")) or "/history"
    answer = RedirectResponse(links.with_values(back, {}, judged=made.id if done else "later") + "#judgements", 303)
    name = fields.get("by", "")
    if name:
        answer.set_cookie(NAME, name.encode("ascii", "ignore").decode()[:80], httponly=True, samesite="lax")
    return answer


def judgement_of(shelf: Shelf, fields: dict[str, str]) -> Judgement:
    """Return the judgement that these fields make; UsageError says in words what is missing.

    `withdraw` the id of a judgement; or `record` with `because` and one of: `review` (right, wrong), `field` and
    `value`, or `verdict` (same, different, unsure) and `other`.
    """
    if any(len(value) > LONGEST for value in fields.values()):
        _refuse(f"a field can have {LONGEST} characters at most")
    at = now()
    by = fields.get("by", "")[:80] or "a reader"
    if by.lower().startswith("onrecord"):
        _refuse("that name is the program's own")
    if fields.get("withdraw"):
        found = shelf.get(fields["withdraw"])
        if not isinstance(found, Judgement):
            _refuse("there is no such judgement")
        return make.withdrawn(found, at)
    record, because = fields.get("record", ""), fields.get("because", "")
    found = shelf.get(record)
    if found is None or isinstance(found, Judgement) or not record:
        _refuse(f"there is no record “{record[:80]}”")
    if not because:
        _refuse("a judgement needs a reason")
    kind = str(found.__struct_config__.tag)
    if fields.get("review"):
        if fields["review"] not in {RIGHT, WRONG}:
            _refuse("a record can be right or wrong")
        return make.corrected(record=record, field=REVIEW, value=fields["review"], because=because, by=by, at=at)
    if fields.get("field"):
        value = checked(shelf, kind, fields["field"], fields.get("value", ""))
        return make.corrected(record=record, field=fields["field"], value=value, because=because, by=by, at=at)
    other = _id_of(fields.get("other", ""))
    if fields.get("verdict") in {"same", "different", "unsure"} and kind in SAME:
        if type(shelf.get(other)) is not type(found):
            _refuse(f"there is no {kind} “{other[:80]}” to compare it with")
        verdict: Verdict = msgspec.convert(fields["verdict"], Verdict)
        return make.judged(left=record, verdict=verdict, right=other, because=because, by=by, at=at)
    return _refuse("say what is to be judged: right or wrong, a field, or whether two records are the same")


def checked(shelf: Shelf, kind: str, field: str, value: str) -> str:
    """Return the value as a judgement keeps it, in JSON where the field holds more than a word."""
    if field not in FIELDS.get(kind, ()):
        _refuse(f"a {kind} has no field “{field[:40]}” that can be put right here")
    words = WORDS.get((kind, field))
    if words is not None:
        if value not in words:
            _refuse(f"“{field}” can be one of {', '.join(words)}")
        return value
    if field == "date":
        day = asking.iso(value)
        return msgspec.json.encode({"since": day, "until": day, "precision": "day"}).decode() if day else "null"
    if not value:
        return "null"
    known = shelf.get(value)
    if known is None or not hasattr(known, "sort"):
        named = shelf.found("actor", who=value, limit=20)
        known = next((one for one in named if one.name.casefold() == value.casefold()), None)
    if known is not None:
        return msgspec.json.encode({"actor": known.id, "name": known.name, "country": known.country}).decode()
    slug = re.sub(r"[\W_]+", "-", value.casefold()).strip("-")
    return msgspec.json.encode({"actor": slug or "unnamed", "name": value[:300]}).decode()


def _refuse(message: str) -> NoReturn:
    raise UsageError(message)


def _own(address: str) -> str:
    """Return an address of this site without its query, "" for any other."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return parts.path if plain and not parts.netloc else ""


def _id_of(said: str) -> str:
    """Return a record's id, also from the address of its page."""
    return unquote(urlsplit(said).path.rstrip("/").rpartition("/")[2]) if "/" in said else said
