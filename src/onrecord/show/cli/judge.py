"""`onrecord judge`: a person says who is the same as whom, or what a field should be."""

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from onrecord.errors import UsageError
from onrecord.model.vocabulary import Verdict, words
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store
from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from onrecord.keep.protocol import View
    from onrecord.model.judgement import Judgement


def judge(
    left: Annotated[str | None, typer.Argument(metavar="LEFT", help="A record's id.")] = None,
    verdict: Annotated[str | None, typer.Argument(metavar="VERDICT", help="same, different or unsure.")] = None,
    right: Annotated[str | None, typer.Argument(metavar="RIGHT", help="Another record's id.")] = None,
    correction: Annotated[
        str | None, typer.Option("--set", metavar="FIELD=VALUE", help="Correct a field of LEFT instead.")
    ] = None,
    because: Annotated[str, typer.Option("--because", help="The reason, in words.")] = "",
    by: Annotated[str | None, typer.Option("--by", help="Who judges. Default: your user name.")] = None,
    withdraw: Annotated[str | None, typer.Option("--withdraw", metavar="ID", help="Withdraw this judgement.")] = None,
    store: Store = None,
) -> None:
    """Judge that two records are the same or different, or correct a field; then what it touches is assembled anew.

    Judgements are kept beside the articles and can be withdrawn; nothing is overwritten.

    Example: onrecord judge ilse-brondum same i-brondum --because "same office, same week"

    Example: onrecord judge case-0f3c9a1b2d4e5f60 --set status=released --because "family confirmed by phone"

    Example: onrecord judge statement-0f3c9a1b2d4e5f60 --set "speaker=Ilse Brøndum" --because "the text says so"

    Example: onrecord judge --withdraw judgement-0f3c9a1b2d4e5f60
    """
    from onrecord.keep.open import open_view, open_writer
    from onrecord.show.cli import reading

    path = store_path(store)
    with open_view(path) as view:
        if withdraw is not None:
            made = _withdrawn(view, withdraw)
        else:
            made = _made(view, left, verdict, right, correction, because, by or _user())
    with open_writer(path) as writer:
        writer.judge(made)
    reading.renew(path)
    tell(f"{made.id} {'withdrawn' if made.withdrawn_at else 'kept'}")


def _made(
    view: "View",
    left: str | None,
    verdict: str | None,
    right: str | None,
    correction: str | None,
    because: str,
    by: str,
) -> "Judgement":
    from onrecord.keep.judge import corrected, judged

    at = _now()
    if correction is not None:
        field, equals, value = correction.partition("=")
        if left is None or verdict is not None or right is not None or not equals or not field.strip():
            message = "to correct a field: onrecord judge RECORD-ID --set FIELD=VALUE --because WHY"
            raise UsageError(message)
        value = _value(view, _known(view, left), field.strip(), value.strip())
        return corrected(record=left, field=field.strip(), value=value, because=because, by=by, at=at)
    if left is None or right is None or verdict not in words(Verdict):
        message = "to compare two records: onrecord judge LEFT same|different|unsure RIGHT --because WHY"
        raise UsageError(message)
    left, right = _known(view, left), _known(view, right)
    said = msgspec.convert(verdict, Verdict)
    return judged(left=left, verdict=said, right=right, because=because, by=by, at=at)


def _value(view: "View", record: str, field: str, value: str) -> str:
    """Return the value as a judgement keeps it; a `UsageError` where no such field is there or can't hold it."""
    from onrecord.model.rulings import REVIEW, fits
    from onrecord.show.web import review
    from onrecord.show.web.shelf import Shelf

    found = view.get(record)
    kind = type(found) if found is not None else msgspec.Struct
    if field not in {*kind.__struct_fields__, REVIEW}:
        message = f"{record} has no field {field!r}"
        raise UsageError(message)
    name = str(kind.__struct_config__.tag)
    if field in review.FIELDS.get(name, ()) and value[:1] not in {"{", "["}:
        value = review.checked(Shelf(view), name, field, value)
    if not fits(kind, field, value):
        message = f"{field!r} of {record} can't be set to {value!r}"
        raise UsageError(message)
    return value


def _withdrawn(view: "View", judgement: str) -> "Judgement":
    from onrecord.keep.judge import withdrawn

    found = {made.id: made for made in view.judgements()}
    if judgement not in found:
        message = f"there is no judgement {judgement!r} in this store; `onrecord show judgements` lists them"
        raise UsageError(message)
    return withdrawn(found[judgement], _now())


def _known(view: "View", record: str) -> str:
    if view.get(record) is None:
        message = f"there is no record {record!r} in this store"
        raise UsageError(message)
    return record


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
