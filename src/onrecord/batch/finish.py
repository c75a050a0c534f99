"""When all shards are complete: find what was read in more than one place, so that the views show it once."""

from pathlib import Path

from onrecord.keep import lake as lakes


def repeats(lake: Path) -> int:
    """Write down which articles stand in several shards; return how many further readings there are."""
    return lakes.find_repeats(lake)
