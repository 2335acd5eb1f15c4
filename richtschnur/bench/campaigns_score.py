"""How well groups agree with the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

SMALL = range(2, 11)


def score(truth: Sequence[int], label: Sequence[int]) -> dict[str, float]:
    """Pairwise precision and recall, B-cubed F1, and the share of campaigns of 2–10 found whole.

    Both give each text the number of its group. Whole is a campaign that is a group of its own:
    all its texts and no other one.
    """
    true, told = Counter(truth), Counter(label)
    both = Counter(zip(truth, label, strict=True))
    shared = _pairs(both)
    precision = sum(count * count / told[one] for (_, one), count in both.items()) / len(truth)
    recall = sum(count * count / true[one] for (one, _), count in both.items()) / len(truth)
    small = [one for one, count in true.items() if count in SMALL]
    whole = {one for (one, other), count in both.items() if count == true[one] == told[other]}
    return {
        "precision": round(shared / max(1, _pairs(told)), 5),
        "recall": round(shared / max(1, _pairs(true)), 5),
        "bcubed_f1": round(2 * precision * recall / (precision + recall), 5),
        "small_recall": round(sum(one in whole for one in small) / max(1, len(small)), 5),
    }


def _pairs(counts: Counter[int] | Counter[tuple[int, int]]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
