"""Today: what whoever is logged in has to do, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.desk.forms import NoteForm
from richtschnur.desk.queries import Today, Waiting, places, today_of
from richtschnur.network.queries import open_report_count
from richtschnur.ui.templatetags.ui import day
from richtschnur.ui.words import capfirst


@requires("desk.use")
def today(request: Any) -> HttpResponse:
    """One page, one sentence on top, then what waits."""
    by = actor_of(request)
    found = today_of(request.user, by, request.at)
    notes = [*found.notes_due, *found.notes_undated, *found.notes_done]
    known = places(notes)
    for note in notes:
        note.place = known.get(note.subject)  # type: ignore[attr-defined]
    context = {
        "today": found,
        "reports": open_report_count() if may(by, "network.check") else 0,
        "on": localdate(request.at),
        "sentences": sentences(found),
        "may_import": may(by, "strategy.import"),
        "may_sort": may(by, "evaluation.sort"),
        "form": NoteForm(initial={"back": request.path}, auto_id="note_%s"),
        "tomorrow": localdate(request.at) + timedelta(days=1),
    }
    return render(request, "desk/staff/today.html", context)


def sentences(found: Today) -> list[str]:
    """What is owed, in words: "You owe three answers; the first by Friday."."""
    said = []
    if found.answers:
        said.append(_owed(found.answers))
    if found.releases:
        said.append(
            ngettext(
                "%(n)s answer waits for your release.",
                "%(n)s answers wait for your release.",
                found.releases.count,
            )
            % {"n": in_words(found.releases.count)}
        )
    said += [_offices_left(row) for row in found.rounds[:1]]
    if found.notes_due:
        count = len(found.notes_due)
        said.append(
            ngettext("%(n)s note comes back today.", "%(n)s notes come back today.", count)
            % {"n": in_words(count)}
        )
    return [capfirst(sentence) for sentence in said]


def _offices_left(consultation: Consultation) -> str:
    count = consultation.offices_left  # type: ignore[attr-defined]
    return ngettext(
        "%(n)s office has not answered yet; the round ends on %(day)s.",
        "%(n)s offices have not answered yet; the round ends on %(day)s.",
        count,
    ) % {"n": count, "day": day(consultation.ends_at)}


def _owed(answers: Waiting) -> str:
    count, first = answers.count, answers.first_due_on
    words: dict[str, object] = {"n": in_words(count), "day": day(first)}
    if first is None:
        return ngettext("You owe %(n)s answer.", "You owe %(n)s answers.", count) % words
    if answers.is_overdue:
        return (
            ngettext(
                "You owe %(n)s answer; it was due on %(day)s.",
                "You owe %(n)s answers; the first was due on %(day)s.",
                count,
            )
            % words
        )
    return (
        ngettext(
            "You owe %(n)s answer; it is due by %(day)s.",
            "You owe %(n)s answers; the first by %(day)s.",
            count,
        )
        % words
    )


def in_words(count: int) -> str:
    """Numbers up to twelve as words."""
    words = [
        _("no"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
    ]
    return words[count] if 0 <= count < len(words) else str(count)
