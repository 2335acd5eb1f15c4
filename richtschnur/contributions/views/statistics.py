"""Who took part, once a consultation is over: tables for everyone, and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from richtschnur.accounts.middleware import public
from richtschnur.analysis.disclosure import LEAST
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import visible_consultation
from richtschnur.consultation.states import Phase
from richtschnur.contributions.forms.statistics import NAMES, questions
from richtschnur.contributions.queries.statistics import Table, tables_of
from richtschnur.county.queries import the_county


def _tables(request: Any, consultation: Consultation) -> list[Table]:
    """While it runs nothing is shown: two looks would tell what one person added."""
    if consultation.phase(request.at) != Phase.CLOSED:
        return []
    return tables_of(consultation, questions(the_county().municipality_names))


@public
def statistics(request: Any, slug: str) -> HttpResponse:
    """Tables of what was told voluntarily."""
    consultation = visible_consultation(request, slug)
    context = {
        "consultation": consultation,
        "is_over": consultation.phase(request.at) == Phase.CLOSED,
        "tables": [(NAMES[table.name], table) for table in _tables(request, consultation)],
        "least": LEAST,
    }
    return render(request, "contributions/public/statistics.html", context)


@public
def statistics_file(request: Any, slug: str) -> HttpResponse:
    """The same tables as CSV; cells that are not shown are empty."""
    consultation = visible_consultation(request, slug)
    tables = _tables(request, consultation)
    if not tables:
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("question", "answer", "people"))
    for table in tables:
        for words, count in table.rows:
            writer.writerow((table.name, words, "" if count is None else count))
        writer.writerow((table.name, "total", table.total))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{consultation.slug}-people.csv"'
    return response
