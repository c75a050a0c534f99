"""B-cubed (Bagga and Baldwin 1998): how well one clustering of the same things agrees with another."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def b_cubed(documents: Iterable[tuple[Sequence[Hashable], Sequence[Hashable]]]) -> dict[str, float]:
    """Return precision, recall and F1 in per cent over (gold, predicted) labels of each document's mentions."""
    precision = recall = 0.0
    count = 0
    for gold, predicted in documents:
        if len(gold) != len(predicted):
            message = f"{len(gold)} gold labels against {len(predicted)} predicted"
            raise ValueError(message)
        left, right = Counter(gold), Counter(predicted)
        both = Counter(zip(gold, predicted, strict=True))
        for pair, shared in both.items():
            precision += shared * shared / right[pair[1]]
            recall += shared * shared / left[pair[0]]
        count += len(gold)
    precision, recall = (100 * value / count if count else 0.0 for value in (precision, recall))
    both_ways = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 1),
        "recall": round(recall, 1),
        "f1": round(both_ways, 1),
        "mentions": count,
    }
