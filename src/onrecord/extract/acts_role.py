"""Who stands in a role: an actor reference with what is known of it, and what it rests on."""

import re
import unicodedata

import msgspec

from onrecord.model.mention import ActorRef

BY_STATE = "acts.inferred-state"
BY_SIDE = "acts.inferred-side"
CODE = re.compile(r"[A-Z][A-Z0-9]{1,6}")
_SLUG = re.compile(r"[^a-z0-9]+")


class Role(msgspec.Struct, frozen=True):
    """An actor reference, whether it is of the world of politics and conflict, and the inference that it rests on."""

    ref: ActorRef
    political: bool
    named: bool = True
    inferred: str | None = None


def same_person(one: str, other: str) -> bool:
    """Say whether two ids are of one name, in full or as a last name."""
    return one == other or one.endswith(f"-{other}") or other.endswith(f"-{one}")


def slug(name: str) -> str:
    """Return a name as an id: folded, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _SLUG.sub("-", plain).strip("-") or "unnamed"
