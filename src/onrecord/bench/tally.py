"""Counting: found, predicted and gold for precision and recall; right of all for shares."""

from collections import Counter
from typing import Any


class Tally:
    """Counts by name; `report` turns them into percentages with the counts beside them."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.found: Counter[str] = Counter()
        self.predicted: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.of: Counter[str] = Counter()

    def matches(self, name: str, *, found: int, predicted: int, gold: int) -> None:
        """Add to a precision and recall."""
        self.found[name] += found
        self.predicted[name] += predicted
        self.gold[name] += gold

    def share(self, name: str, right: bool) -> None:
        """Add one to a share."""
        self.right[name] += right
        self.of[name] += 1

    def add(self, other: "Tally") -> None:
        """Add another's counts."""
        for name in ("found", "predicted", "gold", "right", "of"):
            getattr(self, name).update(getattr(other, name))

    def report(self) -> dict[str, Any]:
        """Return percentages to one decimal, with counts."""
        made: dict[str, Any] = {}
        for name in sorted(self.gold.keys() | self.predicted.keys()):
            precision = 100 * self.found[name] / self.predicted[name] if self.predicted[name] else 0.0
            recall = 100 * self.found[name] / self.gold[name] if self.gold[name] else 0.0
            both = precision + recall
            made[name] = {
                "precision": round(precision, 1),
                "recall": round(recall, 1),
                "f1": round(2 * precision * recall / both, 1) if both else 0.0,
                "found": self.found[name],
                "predicted": self.predicted[name],
                "gold": self.gold[name],
            }
        for name in sorted(self.of):
            made[name] = {
                "share": round(100 * self.right[name] / self.of[name], 1),
                "right": self.right[name],
                "of": self.of[name],
            }
        return made
