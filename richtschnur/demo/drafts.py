"""The example's draft that is still being looked over."""

from __future__ import annotations

from datetime import datetime, timedelta

from richtschnur.accounts.models import User
from richtschnur.demo.source import DATA
from richtschnur.documents.structure import correcting_elements
from richtschnur.documents.structure.as_data import from_data
from richtschnur.documents.structure.draft import Draft
from richtschnur.strategy.operations import Correction, begin_preview, correct_preview

READ_AGO = timedelta(days=1, hours=3)
GUIDING_GOAL = "Jedes Kind in Lindwehr"


def look_over_a_draft(officer: User, *, at: datetime) -> None:
    """Read a working group's draft and confirm its guiding goal; the rest waits."""
    read_at = at - READ_AGO
    by = officer.actor(read_at.date())
    path = DATA / "strategy-looked-over.md"
    preview = begin_preview(path=path, name="Handlungsplan-Entwurf.md", by=by, at=read_at)
    places = from_data(preview.outline).places()
    goal = next(one.key for one in places if one.text.startswith(GUIDING_GOAL))

    def confirm(draft: Draft) -> None:
        correcting_elements.confirm_place(draft, goal)

    correction = Correction("right", confirm, goal)
    confirmed_at = read_at + timedelta(minutes=4)
    correct_preview(preview=preview, correction=correction, by=by, at=confirmed_at)
