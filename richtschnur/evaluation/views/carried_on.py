"""What goes on later or elsewhere, by paper: lists for staff, and files for the stages to come."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.documents.paper import Sheet, Value
from richtschnur.documents.writing import MEDIA_TYPES, write_table
from richtschnur.evaluation.models import Response
from richtschnur.evaluation.queries.carried_on import CARRIED_ON
from richtschnur.evaluation.queries.carried_on import carried_on as answers_with
from richtschnur.evaluation.states import Decision

PER_PAGE = 50


@requires("evaluation.carried_on")
def carried_on(request: Any, slug: str) -> HttpResponse:
    """One of the three lists of the paper; `?what=` names the decision."""
    consultation = consultation_by_slug(slug)
    chosen = str(request.GET.get("what", CARRIED_ON[0].value))
    if chosen not in [decision.value for decision in CARRIED_ON]:
        raise Http404
    actor = actor_of(request)
    lists = [(d, answers_with(consultation.strategy, d)) for d in CARRIED_ON]
    page = Paginator(dict(lists)[Decision(chosen)], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": consultation,
        "tabs": [
            {"decision": d, "count": rows.count(), "is_current": d.value == chosen}
            for d, rows in lists
        ],
        "chosen": Decision(chosen),
        "page": page,
        "query": f"what={chosen}&",
        "may_carry_out": may(actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(actor, "evaluation.boilerplates"),
    }
    return render(request, "evaluation/staff/carried_on.html", context)


@requires("evaluation.carried_on")
def carried_on_file(request: Any, slug: str, decision: str) -> FileResponse:
    """One of the lists as CSV."""
    if decision not in [each.value for each in CARRIED_ON]:
        raise Http404
    strategy = consultation_by_slug(slug).strategy
    with override(strategy.language):
        rows = list(_rows(answers_with(strategy, decision)))
        sheet = Sheet(str(Decision(decision).label), _head(), rows, strategy.language, request.at)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write_table(sheet, "csv", path)
        # The open file outlives its folder.
        response = FileResponse(path.open("rb"), content_type=MEDIA_TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{strategy.slug}-{decision}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _head() -> list[str]:
    return [
        _("Consultation"), _("Contribution"), _("Section"), _("Passage"), _("What was said"),
        _("Topics"), _("Reason"), _("Released on"), _("Passed on to"), _("Passed on on"),
    ]  # fmt: skip


def _rows(responses: Iterable[Response]) -> Iterator[list[Value]]:
    for response in responses:
        point = response.point
        passage, contribution = point.comment.passage, point.comment.contribution
        forwarding = getattr(point, "forwarding", None)
        yield [
            contribution.consultation.title,
            contribution.number,
            str(passage.section) if passage else "",
            passage.number if passage else None,
            point.text,
            ", ".join(topic.name for topic in point.topics.all()),
            response.reason,
            localtime(response.released_at).date() if response.released_at else None,
            forwarding.receiver if forwarding else response.forwarded_to,
            forwarding.forwarded_on if forwarding else None,
        ]
