"""What the books of deals and custody share: rules by the first word of each of their words."""

from collections.abc import Iterable


def by_first_word[Rule](
    entries: Iterable[tuple[str, Rule, Iterable[str]]],
) -> dict[tuple[str, str], tuple[tuple[Rule, tuple[str, ...]], ...]]:
    """Return (sort, first word) -> rules with the words that follow, from (sort, rule, its words), in order."""
    found: dict[tuple[str, str], list[tuple[Rule, tuple[str, ...]]]] = {}
    for sort, rule, words in entries:
        for word in words:
            first, *rest = word.split()
            found.setdefault((sort, first), []).append((rule, tuple(rest)))
    return {key: tuple(rules) for key, rules in found.items()}
