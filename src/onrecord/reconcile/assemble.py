"""First stub; replaced by its owner."""

from typing import Any


def run(articles: Any, judgements: Any) -> Any:
    """Return nothing yet."""
    return ()
