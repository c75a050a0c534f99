"""First stub; replaced by its owner."""

from typing import Any

from onrecord.model.cast import Cast


def run(*, document: Any, reading: Any, candidates: Any, lexicon: Any) -> tuple[Cast, tuple[()]]:
    """Return an empty cast."""
    return Cast(members=()), ()
