"""Split by proposal: the machine's borders and places laid before a person, who takes them over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.models import Point, SplitProposal
from richtschnur.evaluation.queries import Row, open_split, split_rows
from richtschnur.evaluation.views.context import Desk, back, desk_of, sentence
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Passage
from richtschnur.ui.numbers import whole_number


@requires("evaluation.sort")
def proposal(request: Any, slug: str, pk: int) -> HttpResponse:
    """The point in paragraphs with the proposed borders; by POST it is split."""
    desk = desk_of(request, slug)
    point = desk.point(pk)
    if request.method == "POST":
        return _take_over(request, desk, point)
    return _page(request, desk, point, open_split(point))


@require_POST
@requires("evaluation.sort")
def propose(request: Any, slug: str, pk: int) -> HttpResponse:
    """Have the machine read the point."""
    desk = desk_of(request, slug)
    operations.propose_split(point=desk.point(pk), by=desk.actor, at=request.at)
    return HttpResponseRedirect(desk.address("split-proposal", pk))


@require_POST
@requires("evaluation.sort")
def decline(request: Any, slug: str, pk: int) -> HttpResponse:
    """Leave the point as it is."""
    desk = desk_of(request, slug)
    point = desk.point(pk)
    if (found := open_split(point)) is not None:
        operations.decline_split(proposal=found, by=desk.actor, at=request.at)
    return back(request, desk, pk, _("The point stays as it is."))


def _take_over(request: Any, desk: Desk, point: Point) -> HttpResponse:
    key = whole_number(request.POST.get("proposal"))
    found = SplitProposal.objects.filter(pk=key, point=point).first() if key else None
    if found is None:
        return _page(request, desk, point, open_split(point), error=_changed(), status=409)
    rows = split_rows(found, point)
    ticked = {whole_number(value) or 0 for value in request.POST.getlist("border")} - {0}
    chosen = _chosen(request, rows)
    try:
        parts = operations.split_by_proposal(
            proposal=found,
            borders=sorted(ticked),
            places=_places(rows, ticked, chosen),
            by=desk.actor,
            at=request.at,
        )
    except Forbidden:
        raise
    except Refused as error:
        point = desk.point(point.pk)
        rows = split_rows(found, point, ticked=ticked, chosen=chosen)
        waits = open_split(point)
        return _page(request, desk, point, waits, rows=rows, error=sentence(error), status=409)
    said = ngettext("There is %(n)d point now.", "There are %(n)d points now.", len(parts))
    messages.success(request, said % {"n": len(parts)})
    return HttpResponseRedirect(desk.address("point", point.pk))


def _page(
    request: Any,
    desk: Desk,
    point: Point,
    found: SplitProposal | None,
    *,
    rows: list[Row] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = (rows or split_rows(found, point)) if found else []
    context = {
        "consultation": desk.consultation,
        "point": point,
        "filter_query": desk.chosen.query(),
        "proposal": found,
        "rows": shown,
        "count": sum(row.is_ticked for row in shown[1:]) + 1,
        "error": error,
    }
    return render(request, "evaluation/staff/split_proposal.html", context, status=status)


def _chosen(request: Any, rows: list[Row]) -> dict[int, int | None]:
    """Which passage was chosen for each proposed piece; None for the whole paper."""
    given = {row.start: request.POST.get(f"place-{row.start}") for row in rows if row.piece}
    return {at: whole_number(value) or None for at, value in given.items() if value is not None}


def _places(
    rows: list[Row], ticked: set[int], chosen: dict[int, int | None]
) -> dict[int, Passage | None]:
    """The passage of each point to be; one that begins inside of a piece has that piece's."""
    offered = {
        each.passage.pk: each.passage for row in rows if row.piece for each in row.piece.places
    }
    places: dict[int, Passage | None] = {}
    current: Passage | None = None
    for n, row in enumerate(rows):
        if row.piece is not None:
            current = offered.get(chosen.get(row.start, row.piece.chosen) or 0)
        if n == 0 or row.start in ticked:
            places[row.start] = current
    return places


def _changed() -> str:
    return _(
        "The proposal was replaced or decided on already. Nothing was split; please look again."
    )
