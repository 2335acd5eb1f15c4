"""The example's round of the offices: four answers in four states, the others not yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime, make_aware
from django.utils.translation import override

from richtschnur.accounts.models import User
from richtschnur.accounts.queries import office_contacts
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations import (
    Guest,
    open_invitation,
    remind_offices,
    start_round,
)
from richtschnur.contributions.operations import (
    NewComment,
    kind_of,
    person_of,
    send_nil_return,
    submit_contribution,
)
from richtschnur.demo.papers import passage_beginning
from richtschnur.demo.source import DATA, read
from richtschnur.journal.actors import VISITOR
from richtschnur.strategy.operations import import_draft


def hold_round(officer: User, *, at: datetime) -> Consultation:
    """Send a paper round the offices, as many days ago as the example says."""
    row = read("county.json")["round"]
    by = officer.actor(at.date())
    first_day = localtime(at).date() - timedelta(days=row["started_days_ago"])
    started_at = make_aware(datetime.combine(first_day, time(9, 10)))
    last_day = localtime(at).date() + timedelta(days=row["ends_in_days"])
    edition = import_draft(
        path=DATA / row["file"], title=row["paper"], by=by, at=started_at - timedelta(days=2)
    )
    consultation = start_round(
        edition=edition,
        guests=[Guest(c.office.name, c.name, c.email, c.office) for c in office_contacts()],
        closes_at=make_aware(datetime.combine(last_day, time(18))),
        title=row["title"],
        introduction=row["introduction"],
        answers_by_on=last_day + timedelta(days=14),
        address=_address(),
        by=by,
        at=started_at,
    )
    invitations = {i.office.short: i for i in consultation.invitations.all() if i.office}
    for answer in row["answers"]:
        _answer(invitations[answer["office"]], answer, started_at)
    reminded = [invitations[short].pk for short in row["reminded"]]
    reminded_at = started_at + timedelta(days=row["started_days_ago"] - 1)
    remind_offices(
        consultation=consultation, only=reminded, address=_address(), by=by, at=reminded_at
    )
    return consultation


def _address() -> str:
    with override("de"):
        path = reverse("consultation:office", args=["SECRET"]).replace("SECRET", "{secret}")
    return f"{settings.PUBLIC_URL}{path}"


def _answer(invitation: Invitation, row: dict[str, object], started_at: datetime) -> None:
    """The office opens its address and perhaps sends remarks or a nil return."""
    at = started_at + timedelta(days=float(str(row["after_days"])), hours=2)
    open_invitation(invitation=invitation, at=at)
    if row["state"] == "nil":
        send_nil_return(invitation=invitation, language="de", at=at + timedelta(minutes=4))
    elif row["state"] == "answered":
        _remark(invitation, row["remarks"], at + timedelta(minutes=35))


def _remark(invitation: Invitation, remarks: object, at: datetime) -> None:
    edition = invitation.consultation.edition
    assert edition is not None
    assert isinstance(remarks, list)
    submit_contribution(
        consultation=invitation.consultation,
        comments=[
            NewComment(
                remark["text"],
                passage_beginning(edition, remark["passage"]) if remark["passage"] else None,
            )
            for remark in remarks
        ],
        kind=kind_of(invitation),
        idempotency_key=f"example:round:{invitation.name}",
        person=person_of(invitation, remarks[0].get("name", "")),
        language="de",
        invitation=invitation,
        by=VISITOR,
        at=at,
    )
