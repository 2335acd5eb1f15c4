"""A table's cells as fields; rows and columns come and go without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.models import actor_of
from richtschnur.documents.cells import join_rows
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Passage
from richtschnur.strategy.operations import change_passage, notation_of

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 300, 20, 5_000
Grid = list[list[str]]


def edit(request: Any, passage: Passage, context: dict[str, Any]) -> HttpResponse:
    """The table's page; each button keeps what was typed."""
    grid, caption = passage.rows, passage.caption or passage.section.title
    base = notation_of(passage)
    errors: list[str] = []
    status = 200
    if request.method == "POST":
        grid, caption = grid_of(request.POST), request.POST.get("caption", "")
        base = request.POST.get("base", "").replace("\r\n", "\n")
        act = request.POST.get("act", "save")
        if act != "save":
            grid = changed(grid, act)
        else:
            errors = _faults(grid, caption)
            if not errors:
                try:
                    return _saved(request, passage, grid, caption, base)
                except Forbidden:
                    raise
                except Refused as refusal:
                    errors, status = [str(refusal)], 409
                    passage.refresh_from_db()
                    context["present"] = passage
                    base = notation_of(passage)
    context |= {
        "is_proposed": not passage.caption,
        "grid": grid,
        "caption": caption,
        "base": base,
        "errors": errors,
    }
    return render(request, "strategy/staff/table.html", context, status=status)


def grid_of(posted: Any) -> Grid:
    """The cells as they were sent: fields "c0-0", "c0-1" … within `rows` and `columns`."""
    rows = _bounded(posted.get("rows"), MOST_ROWS)
    columns = _bounded(posted.get("columns"), MOST_COLUMNS)
    return [
        [posted.get(f"c{row}-{column}", "")[:LONGEST_CELL] for column in range(columns)]
        for row in range(rows)
    ]


def _bounded(number: str | None, most: int) -> int:
    found = int(number) if number and number.isascii() and number.isdigit() else 1
    return max(1, min(found, most))


def changed(grid: Grid, act: str) -> Grid:
    """The grid after a button: "row-below:2", "row-gone:2", "column-right:0", "column-gone:0"."""
    what, _colon, place = act.partition(":")
    at = _bounded(place, MOST_ROWS) if place != "0" else 0
    width = len(grid[0])
    if what == "row-below" and len(grid) < MOST_ROWS:
        return [*grid[: at + 1], [""] * width, *grid[at + 1 :]]
    if what == "row-gone" and len(grid) > 1:
        return grid[:at] + grid[at + 1 :]
    if what == "column-right" and width < MOST_COLUMNS:
        return [[*row[: at + 1], "", *row[at + 1 :]] for row in grid]
    if what == "column-gone" and width > 1:
        return [row[:at] + row[at + 1 :] for row in grid]
    return grid


def _faults(grid: Grid, caption: str) -> list[str]:
    faults = []
    if not caption.strip():
        faults.append(_("Please say in the caption what the table shows."))
    if not any(cell.strip() for row in grid for cell in row):
        faults.append(_("The table is empty. To remove it, please choose “Drop this passage”."))
    return faults


def _saved(request: Any, passage: Passage, grid: Grid, caption: str, base: str) -> HttpResponse:
    change_passage(
        passage=passage,
        text=join_rows(grid),
        marks=(),
        caption=caption,
        base=base,
        by=actor_of(request),
        at=request.at,
    )
    messages.success(request, _("The table is saved."))
    edition = passage.edition
    return redirect(
        "strategy:passage_edit", edition.strategy.slug, edition.number, passage.identity
    )
