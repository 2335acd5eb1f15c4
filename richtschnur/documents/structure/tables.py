"""Fact sheets: tables whose rows or columns are labelled "Ziel", "Maßnahme", "Zuständig"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from richtschnur.documents.labels import LabelKind, label
from richtschnur.documents.structure import lists
from richtschnur.documents.structure.marks import Marks
from richtschnur.documents.structure.outline import ElementKind

_KINDS: Final[dict[LabelKind, ElementKind]] = {
    "guideline": "guideline",
    "baseline": "baseline",
    "goal": "goal",
    "measure": "measure",
    "responsibility": "responsibility",
}
_ITEM: Final = re.compile(r"\s*•\s*")


class Cell(NamedTuple):
    start: int
    end: int
    text: str


def mark_table(marks: Marks, section: int, passage: int, *, parent: int | None) -> set[LabelKind]:
    """Mark the cells of a labelled table; the kinds of label that were found."""
    rows = list(_rows(marks.text(section, passage)))
    labels = [_label_of(row[0]) for row in rows if row]
    if sum(1 for kind in labels if kind) >= 2:
        pairs = [(kind, row[1:]) for kind, row in zip(labels, rows, strict=True) if kind]
        return _mark(marks, section, passage, parent, pairs, 0.85)
    head = [_label_of(cell) for cell in rows[0]] if rows else []
    if sum(1 for kind in head if kind) >= 2:
        pairs = [
            (kind, [cell])
            for row in rows[1:]
            for kind, cell in zip(head, row, strict=False)
            if kind
        ]
        return _mark(marks, section, passage, parent, pairs, 0.8)
    return set()


def _rows(text: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    at = 0
    for line in text.split("\n"):
        cells: list[Cell] = []
        for cell in line.split(" | "):
            cells.append(Cell(at, at + len(cell), cell))
            at += len(cell) + 3
        at = at - 3 + 1
        rows.append(cells)
    return rows


def _label_of(cell: Cell) -> LabelKind | None:
    found = label(cell.text.strip())
    return found.kind if found and found.whole else None


def _mark(
    marks: Marks,
    section: int,
    passage: int,
    parent: int | None,
    pairs: list[tuple[LabelKind, list[Cell]]],
    certainty: float,
) -> set[LabelKind]:
    text = marks.text(section, passage)
    found: set[LabelKind] = set()
    for kind, cells in pairs:
        element_kind = _KINDS.get(kind)
        if not element_kind or (kind == "guideline" and parent is not None):
            continue
        for cell in cells:
            for span in _spans(marks, text, cell, kind, certainty):
                added = marks.add(
                    element_kind,
                    section,
                    passage,
                    span[:2],
                    parent=None if kind == "guideline" else parent,
                    certainty=span.certainty,
                )
                parent = added if kind == "guideline" else parent
                found.add(kind)
    return found


def _spans(
    marks: Marks, text: str, cell: Cell, kind: LabelKind, certainty: float
) -> list[lists.Span]:
    if not cell.text.strip():
        return []
    if "•" in cell.text:
        edges = [cell.start]
        for sign in _ITEM.finditer(text, cell.start, cell.end):
            edges += [sign.start(), sign.end()]
        edges.append(cell.end)
        pairs = zip(edges[::2], edges[1::2], strict=True)
        spans = [lists.trimmed(text, a, b, certainty) for a, b in pairs]
    elif kind == "measure":
        spans, unsure = lists.measures(text, cell.start, cell.end)
        if unsure:
            marks.doubt("list-ambiguous", cell.text)
        spans = [span._replace(certainty=min(span.certainty, certainty)) for span in spans]
    else:
        spans = [lists.trimmed(text, cell.start, cell.end, certainty)]
    return [span for span in spans if span.end > span.start]
