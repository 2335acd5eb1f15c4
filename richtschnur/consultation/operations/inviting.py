"""Asking offices by name: the whole round at once, more of them later, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import Office
from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations.mails import Occasion, about, write_to
from richtschnur.consultation.operations.opening import open_consultation
from richtschnur.consultation.operations.personal import renew_secret
from richtschnur.consultation.rules import check_waiting
from richtschnur.consultation.states import Audience, Phase, Publication
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import forget_messages
from richtschnur.network.models import Organization
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.states import EditionState


@dataclass(frozen=True)
class Guest:
    """Who is asked: an office, an organisation of the register, or a body by its name.

    Without `email` a letter is printed.
    """

    name: str
    contact: str = ""
    email: str = ""
    office: Office | None = None
    organization: Organization | None = None


@transaction.atomic
def start_round(
    *,
    edition: Edition,
    guests: Sequence[Guest],
    closes_at: datetime,
    address: str,
    by: Actor,
    at: datetime,
    title: str = "",
    introduction: str = "",
    answers_by_on: date | None = None,
) -> Consultation:
    """Freeze the edition as circulated, open it to the offices from now on, and invite them.

    All or nothing. `address` holds "{secret}". Raises Refused while another round runs on it.
    """
    require(by, "consultation.invite")
    Strategy.objects.select_for_update().get(pk=edition.strategy_id)  # a second click waits
    edition = Edition.objects.select_related("strategy").get(pk=edition.pk)
    _check_none_runs(edition, at)
    consultation = open_consultation(
        on=edition,
        opens_at=at.replace(microsecond=0),
        closes_at=closes_at,
        audience=Audience.INTERNAL,
        publication=Publication.NOT,
        title=title,
        introduction=introduction,
        answers_by_on=answers_by_on,
        frozen_as=EditionState.CIRCULATED,
        by=by,
        at=at,
    )
    invite_offices(consultation=consultation, guests=guests, address=address, by=by, at=at)
    return consultation


def _check_none_runs(edition: Edition, at: datetime) -> None:
    for known in Consultation.objects.filter(edition=edition, audience=Audience.INTERNAL):
        if known.phase(at) != Phase.CLOSED:
            raise Refused(
                _("A round runs on this edition already: “%(title)s”. Invite more offices there.")
                % {"title": known.title},
                code="repeated",
            )


@transaction.atomic
def invite_offices(
    *,
    consultation: Consultation,
    guests: Sequence[Guest],
    address: str,
    by: Actor,
    at: datetime,
) -> list[Invitation]:
    """Ask all of these by a mail with their personal address; all or none.

    Raises Refused when nobody is named, somebody is asked already or twice, the consultation is
    public, or its deadline is over.
    """
    require(by, "consultation.invite")
    consultation = _held(consultation)
    if consultation.audience == Audience.PUBLIC:
        raise Refused(_("Everyone may take part here; nobody needs a personal address."))
    if consultation.phase(at) == Phase.CLOSED:
        raise Refused(_("The deadline of this round is over."), code="closed")
    if not guests:
        raise Refused(_("Please choose at least one office."), code="empty")
    _check_asked_once(consultation, guests)
    rows = [_new(consultation, guest, at) for guest in guests]
    for row in rows:
        row.save(force_insert=True)
    mails = write_to(consultation, rows, address=address, occasion=Occasion.INVITATION, at=at)
    data = {"invitations": [row.pk for row in rows], "mails": mails}
    _record(consultation, "consultation.invite_offices", by, at, data)
    return rows


def _held(consultation: Consultation) -> Consultation:
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("strategy")
    return rows.get(pk=consultation.pk)


def _new(consultation: Consultation, guest: Guest, at: datetime) -> Invitation:
    invitation = Invitation(
        consultation=consultation,
        office=guest.office,
        organization=guest.organization,
        name=guest.name,
        contact=guest.contact,
        email=guest.email,
        invited_at=at,
    )
    renew_secret(invitation)
    return invitation


def _check_asked_once(consultation: Consultation, guests: Sequence[Guest]) -> None:
    live = consultation.invitations.filter(withdrawn_at__isnull=True)
    known = {name.casefold() for name in live.values_list("name", flat=True)}
    for guest in guests:
        if guest.name.casefold() in known:
            raise Refused(
                _("“%(name)s” is asked already. Please leave it out.") % {"name": guest.name},
                code="repeated",
            )
        known.add(guest.name.casefold())


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """From now on the personal address leads nowhere; what was sent with it stays."""
    require(by, "consultation.invite")
    invitation = _held_invitation(invitation)
    if invitation.withdrawn_at is not None:
        raise Refused(_("This invitation was withdrawn already."), code="repeated")
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    forget_messages(about=about(invitation))
    data = {"invitation": invitation.pk}
    _record(invitation.consultation, "consultation.withdraw_invitation", by, at, data)
    return invitation


@transaction.atomic
def send_link_again(
    *, invitation: Invitation, address: str, by: Actor, at: datetime, email: str | None = None
) -> Invitation:
    """Make another personal address and mail it, perhaps to another `email`; the old one ends.

    Without an e-mail address ("") there is a letter to print.

    Raises Refused when the invitation was withdrawn or the deadline is over.
    """
    require(by, "consultation.invite")
    invitation = _held_invitation(invitation)
    check_waiting(invitation, at)
    if email is not None:
        invitation.email = email
    renew_secret(invitation)
    invitation.save(update_fields=["email", "nonce", "secret_digest", "colleague_digest"])
    forget_messages(about=about(invitation))
    consultation = invitation.consultation
    mails = write_to(
        consultation, [invitation], address=address, occasion=Occasion.INVITATION, at=at
    )
    data = {"invitation": invitation.pk, "mails": mails}
    _record(consultation, "consultation.send_link_again", by, at, data)
    return invitation


def _held_invitation(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("consultation__strategy").get(pk=invitation.pk)


def _record(
    consultation: Consultation, act: str, by: Actor, at: datetime, data: dict[str, Any]
) -> None:
    record(act=act, subject=f"consultation:{consultation.slug}", by=by, at=at, data=data)
