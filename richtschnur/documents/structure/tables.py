"""Fact sheets: tables whose rows or columns are labelled "Ziel", "Maßnahme", "Zuständig"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from richtschnur.documents.cells import Cell, cells_of
from richtschnur.documents.labels import Label, LabelKind, label
from richtschnur.documents.structure import lists
from richtschnur.documents.structure.marks import Marks
from richtschnur.documents.structure.outline import ElementKind

_KINDS: Final[dict[LabelKind, ElementKind]] = {
    "guideline": "guideline",
    "baseline": "baseline",
    "goal": "goal",
    "measure": "measure",
    "title": "measure",
    "responsibility": "responsibility",
    "period": "period",
    "indicator": "indicator",
}
_OF_A_MEASURE: Final = {"responsibility", "period", "indicator"}
_ITEM: Final = re.compile(r"\s*•\s*")


class _Field(NamedTuple):
    """A labelled cell; `start` is where its words begin."""

    kind: LabelKind
    cell: Cell
    start: int
    is_one: bool
    is_sure: bool


def mark_table(marks: Marks, section: int, passage: int, *, parent: int | None) -> set[LabelKind]:
    """Mark the cells of a labelled table; the kinds of label that were found."""
    rows = cells_of(marks.text(section, passage))
    fields, certainty = _by_rows(rows), 0.85
    groups = [fields]
    if not fields:
        groups, certainty = _by_columns(rows), 0.8
    found: set[LabelKind] = set()
    marker = _Marker(marks, section, passage, parent, certainty)
    for group in groups:
        marker.mark(_titled(group))
        found |= {one.kind for one in group}
    return {"measure" if kind == "title" else kind for kind in found}


def _by_rows(rows: list[list[Cell]]) -> list[_Field]:
    """Rows "Zuständig | Bauamt"; a first row that names the measure may span them."""
    labels = [_label_of(row[0]) for row in rows]
    whole = [found for found in labels if found and found.whole]
    if len(whole) < 2:
        return []
    fields: list[_Field] = []
    kinds = {found.kind for found in whole}
    for at, (row, found) in enumerate(zip(rows, labels, strict=True)):
        others = [cell for cell in row[1:] if cell.text.strip()]
        if found and found.whole:
            fields += [_Field(found.kind, cell, cell.start, found.is_one, True) for cell in others]
        elif found and not others:
            fields.append(_Field(found.kind, row[0], row[0].start + found.start, True, True))
        elif at == 0 and not others and "measure" not in kinds and kinds & _OF_A_MEASURE:
            fields.append(_Field("measure", row[0], row[0].start, True, "title" in kinds))
        elif at == 0 and not found and "measure" not in kinds and _is_code(row[0]):
            fields += [_Field("measure", cell, cell.start, True, True) for cell in others[:1]]
    return fields


def _by_columns(rows: list[list[Cell]]) -> list[list[_Field]]:
    """A head "Maßnahme | Zuständig | Zeitraum" and below it one row a measure."""
    head = [_label_of(cell) for cell in rows[0]]
    kinds = [found.kind if found and found.whole else None for found in head]
    known = [kind for kind in kinds if kind]
    if len(known) < 2 or not any(kind in _KINDS for kind in known):
        return []
    if "measure" in known or "goal" in known:
        kinds = [None if kind == "title" else kind for kind in kinds]
    return [
        [
            _Field(kind, cell, cell.start, True, True)
            for kind, cell in zip(kinds, row, strict=False)
            if kind and cell.text.strip()
        ]
        for row in rows[1:]
    ]


def _titled(fields: list[_Field]) -> list[_Field]:
    """ "Titel" names the measure unless something else does."""
    if any(one.kind == "measure" for one in fields):
        return [one for one in fields if one.kind != "title"]
    about = any(one.kind in _OF_A_MEASURE for one in fields)
    return [one for one in fields if one.kind != "title" or about]


def _label_of(cell: Cell) -> Label | None:
    return label(cell.text.strip(), dash=True)


def _is_code(cell: Cell) -> bool:
    return re.fullmatch(r"(?:M\s?)?\d{1,3}(?:\.\d{1,3})*\.?", cell.text.strip()) is not None


class _Marker:
    def __init__(
        self, marks: Marks, section: int, passage: int, parent: int | None, certainty: float
    ) -> None:
        self._marks = marks
        self._place = (section, passage)
        self._parent = parent
        self._is_inside = parent is not None
        self._certainty = certainty

    def mark(self, fields: list[_Field]) -> None:
        """The elements of one measure: what it is first, so that the others hang on it."""
        measure: int | None = None
        order = sorted(fields, key=lambda one: one.kind not in {"guideline", "measure", "title"})
        count = sum(1 for one in fields if one.kind in {"measure", "title"})
        for one in order:
            kind = _KINDS.get(one.kind)
            if not kind or (kind == "guideline" and self._is_inside):
                continue
            spans = self._spans(one)
            for span in spans:
                hangs = measure if one.kind in _OF_A_MEASURE and count == 1 else None
                parent = self._parent if hangs is None else hangs
                added = self._marks.add(
                    kind,
                    *self._place,
                    span[:2],
                    parent=None if kind == "guideline" else parent,
                    certainty=span.certainty,
                )
                self._parent = added if kind == "guideline" else self._parent
                if kind == "measure":
                    measure = added if len(spans) == 1 else None

    def _spans(self, one: _Field) -> list[lists.Span]:
        text = self._marks.text(*self._place)
        cell, certainty = one.cell, self._certainty if one.is_sure else 0.6
        spans = [lists.trimmed(text, one.start, cell.end, certainty)]
        if "•" in cell.text and one.kind != "title":
            edges = [one.start]
            for sign in _ITEM.finditer(text, one.start, cell.end):
                edges += [sign.start(), sign.end()]
            edges.append(cell.end)
            pairs = zip(edges[::2], edges[1::2], strict=True)
            spans = [lists.trimmed(text, a, b, certainty) for a, b in pairs]
        elif one.kind == "measure" and not one.is_one:
            spans, unsure = lists.measures(text, one.start, cell.end)
            if unsure:
                self._marks.doubt("list-ambiguous", cell.text)
            spans = [span._replace(certainty=min(span.certainty, certainty)) for span in spans]
        return [span for span in spans if span.end > span.start]
