"""Who took part, as tables in which nobody can be found; only when the consultation is over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from richtschnur.analysis.disclosure import hidden_cells, is_sum_shown
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import StatisticCount


@dataclass(frozen=True)
class Table:
    """One question: what was answered and how often; None where it is not shown."""

    name: str
    rows: tuple[tuple[str, int | None], ...]
    total: int


def tables_of(
    consultation: Consultation, questions: dict[str, list[tuple[str, Any]]]
) -> list[Table]:
    """A table for each question with its choices (value, words); one query.

    What was chosen from a list that has changed since counts as "". Empty where too few answered.
    """
    rows = list(StatisticCount.objects.filter(consultation=consultation))
    tables = []
    for name, choices in questions.items():
        values = {value for value, _words in choices}
        counted: Counter[str] = Counter()
        for row in rows:
            value = getattr(row, name)
            counted[value if value in values else ""] += row.count
        counts = [counted[value] for value, _words in choices]
        if not is_sum_shown(counts):
            continue
        hidden = hidden_cells(counts)
        cells = tuple(
            (str(words), None if place in hidden else counts[place])
            for place, (_value, words) in enumerate(choices)
        )
        tables.append(Table(name, cells, sum(counts)))
    return tables
