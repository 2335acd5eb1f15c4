"""A table comes in: preview with row report and proposals first, nothing is stored before."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.documents.blocks import Unreadable
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.forms import TableForm
from richtschnur.network.models import LISTS, Entry, entry_of, field_label
from richtschnur.network.operations import Decision, foreseen, import_organizations
from richtschnur.network.queries import (
    Person,
    Plan,
    PlannedRow,
    TableRow,
    Verdict,
    plan_import,
    read_register,
    table_trouble,
)
from richtschnur.network.views.shown import shown_values

SALT = "network.import"
MOST_ROWS = 5000
MOST_SHOWN = 60  # of each kind; a form with more fields is not taken, nor read by anybody
SHOWN_NEW = 30


@requires("network.import")
def upload(request: Any) -> HttpResponse:
    """Choose the table; it is read and looked over, nothing is stored."""
    form = TableForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        try:
            rows = _read(form.cleaned_data["file"])
        except Unreadable as error:
            form.add_error("file", table_trouble(error, name))
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, rows, name)
    return render(request, "network/staff/import.html", {"form": form})


def _read(file: Any) -> list[TableRow]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        rows = read_register(path)
    if not rows:
        raise Unreadable("empty")
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("This page takes %(n)s rows at once. Please split the table.") % {"n": MOST_ROWS}
        )
    return rows


@dataclass(frozen=True)
class Difference:
    """One field in which a row and an organisation differ; `is_ticked` where nothing is lost.

    Of lists `said` is only what is new: it is added to the present values.
    """

    name: str
    label: str
    present: list[str]
    said: list[str]
    is_ticked: bool
    is_added: bool


@dataclass(frozen=True)
class Proposal:
    """A row for the page, with what it would change."""

    planned: PlannedRow
    differences: list[Difference]


def _preview(request: Any, rows: list[TableRow], name: str) -> HttpResponse:
    plan = plan_import(rows)
    doubtful, updates = plan.of(Verdict.DOUBTFUL), plan.of(Verdict.UPDATE)
    new = plan.of(Verdict.NEW)
    context = {
        "name": name,
        "report": foreseen(plan),
        "bad": plan.of(Verdict.BAD),
        "doubtful": [_proposal(planned) for planned in doubtful[:MOST_SHOWN]],
        "doubtful_left": max(0, len(doubtful) - MOST_SHOWN),
        "updates": [_proposal(planned) for planned in updates[:MOST_SHOWN]],
        "updates_left": max(0, len(updates) - MOST_SHOWN),
        "new": new[:SHOWN_NEW],
        "new_left": max(0, len(new) - SHOWN_NEW),
        "same": plan.count(Verdict.SAME),
        "packed": _packed(rows),
        "can_import": bool(doubtful or updates or new),
    }
    return render(request, "network/staff/import_preview.html", context)


def _proposal(planned: PlannedRow) -> Proposal:
    if planned.target is None:
        return Proposal(planned, [])
    present, is_sure = entry_of(planned.target), planned.verdict == Verdict.UPDATE
    said = planned.row.entry
    return Proposal(
        planned, [_difference(name, present, said, is_sure) for name in planned.changes]
    )


def _difference(name: str, present: Entry, said: Entry, is_sure: bool) -> Difference:
    before, after = getattr(present, name), getattr(said, name)
    is_list = name in LISTS
    new = tuple(value for value in after if value not in before) if is_list else after
    return Difference(
        name,
        field_label(name),
        shown_values(name, before),
        shown_values(name, new),
        is_ticked=is_sure or is_list or not before,
        is_added=is_list,
    )


def _packed(rows: list[TableRow]) -> str:
    """The rows as the page carries them to the next step: signed, so that they stay as read."""
    data = [
        [r.number, r.entry.as_data(), r.given, r.identity, [vars(p) for p in r.persons], r.trouble]
        for r in rows
    ]
    return signing.dumps(data, salt=SALT, compress=True)


def _unpacked(text: str) -> list[TableRow]:
    return [
        TableRow(
            number,
            Entry.from_data(data),
            tuple(given),
            identity,
            tuple(Person(**person) for person in persons),
            trouble,
        )
        for number, data, given, identity, persons, trouble in signing.loads(text, salt=SALT)
    ]


@requires("network.import")
@require_POST
def decide(request: Any) -> HttpResponse:
    """Take in what was decided, and say what became of each row."""
    packed = request.POST.get("rows", "")
    try:
        rows = _unpacked(packed)
    except signing.BadSignature:
        return redirect("network:import")
    try:
        report = import_organizations(
            rows=rows,
            decisions=_decisions(request.POST, plan_import(rows)),
            key=packed,
            by=actor_of(request),
            at=request.at,
        )
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("network:work")
    return render(request, "network/staff/import_done.html", {"report": report})


def _decisions(given: Any, plan: Plan) -> dict[int, Decision]:
    """By row; a doubtful row without a choice has none, and is left out."""
    decisions = {}
    for planned in plan.of(Verdict.DOUBTFUL, Verdict.UPDATE):
        number = planned.row.number
        choice = given.get(f"row_{number}", "")
        fields = tuple(given.getlist(f"take_{number}"))
        if planned.verdict == Verdict.UPDATE:
            if f"shown_{number}" in given and planned.target is not None:
                decisions[number] = Decision(same=planned.target.pk, fields=fields)
        elif choice == "new":
            decisions[number] = Decision(is_new=True)
        elif choice.isdecimal() and len(choice) < 16:
            decisions[number] = Decision(same=int(choice), fields=fields)
    return decisions
