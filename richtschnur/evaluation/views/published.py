"""A published state of the overview: its rows, its checksum, its files."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from richtschnur.accounts.middleware import public
from richtschnur.consultation.queries import visible_consultation
from richtschnur.consultation.states import Publication
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.evaluation.exports.columns import decision_word
from richtschnur.evaluation.exports.kept import published_file
from richtschnur.evaluation.models import SynopsisState
from richtschnur.evaluation.queries import SynopsisRow, public_page_of, public_rows, state_of
from richtschnur.evaluation.states import FORMATS, Order
from richtschnur.journal.refusals import Refused

PER_PAGE = 100


@public
def state(request: Any, slug: str, number: int) -> HttpResponse:
    """The rows by passage, or by topic where topics are shown."""
    shown = _published(request, slug, number)
    by_topic = shown.shows_topics and request.GET.get("order") == Order.TOPIC
    kept = public_page_of(shown, by_topic=by_topic)
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": shown.consultation,
        "state": shown,
        "by_topic": by_topic,
        "formats": FORMATS,
        "page": page,
        "query": "order=topic&" if by_topic else "",
        "groups": _groups(public_rows(shown, list(page.object_list)), by_topic),
        "open": shown.public_counts["left_out"],
        "total": shown.public_counts["rows"] + shown.public_counts["left_out"],
    }
    return render(request, "evaluation/public/state.html", context)


@public
def state_file(request: Any, slug: str, number: int, format: str) -> FileResponse:
    """The public version as a file."""
    if format not in FORMATS:
        raise Http404
    shown = _published(request, slug, number)
    order = request.GET.get("order")
    order = order if order in Order.values else Order.PASSAGE
    file = published_file(shown, format, order, at=request.at)
    response = FileResponse(file, content_type=MEDIA_TYPES[format])
    name = f"{slug}-{shown.number}-{shown.public_sha256[:8]}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-cache"
    return response


def _groups(rows: list[SynopsisRow], by_topic: bool) -> list[dict[str, Any]]:
    """Rows under what their heading says: a topic or a section, "" without one."""
    found = []
    for title, of_title in groupby(rows, key=_topic if by_topic else _section):
        shown = [{"row": row, "decision": decision_word(row.decision)} for row in of_title]
        found.append({"title": title, "rows": shown})
    return found


def _topic(row: SynopsisRow) -> str:
    return row.topics[0] if row.topics else ""


def _section(row: SynopsisRow) -> str:
    return row.section


def _published(request: Any, slug: str, number: int) -> SynopsisState:
    consultation = visible_consultation(request, slug)
    try:
        found = state_of(consultation, number)
    except Refused:
        raise Http404 from None
    if found.published_at is None or consultation.publication == Publication.NOT:
        raise Http404
    return found
