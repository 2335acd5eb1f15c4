"""Reminding offices that have not answered: at a click, and by the schedule before the deadline."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations.mails import Occasion, write_to
from richtschnur.consultation.queries import waiting_invitations
from richtschnur.consultation.states import Audience, Phase
from richtschnur.journal.actors import SYSTEM, Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused

RESTS_FOR = timedelta(hours=1)
DAYS_BEFORE = timedelta(days=3)
LEFT_ALONE_FOR = timedelta(days=1)


@transaction.atomic
def remind_offices(
    *,
    consultation: Consultation,
    address: str,
    by: Actor,
    at: datetime,
    only: Collection[int] | None = None,
) -> list[Invitation]:
    """Mail to all that have not answered, or to those of them with these keys; says to whom.

    Nobody gets two mails within RESTS_FOR. `address` holds "{secret}". Raises Refused when the
    deadline is over, or nobody is left to remind.
    """
    require(by, "consultation.invite")
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("strategy")
    consultation = rows.get(pk=consultation.pk)
    if consultation.phase(at) == Phase.CLOSED:
        raise Refused(_("The deadline of this round is over."), code="closed")
    waiting = _not_since(waiting_invitations(consultation), at - RESTS_FOR).exclude(email="")
    if only is not None:
        waiting = waiting.filter(pk__in=list(only))
    chosen = list(waiting)
    if not chosen:
        raise Refused(
            _("Nobody is left to remind: all have answered, or got a mail within the last hour."),
            code="empty",
        )
    _remind(consultation, chosen, address, by, at)
    return chosen


def _not_since(invitations: QuerySet[Invitation], moment: datetime) -> QuerySet[Invitation]:
    """Those that got no mail since then."""
    return invitations.annotate(mailed_at=Coalesce("reminded_at", "invited_at")).filter(
        mailed_at__lte=moment
    )


def _remind(
    consultation: Consultation, chosen: list[Invitation], address: str, by: Actor, at: datetime
) -> None:
    keys = [invitation.pk for invitation in chosen]
    Invitation.objects.filter(pk__in=keys).update(reminded_at=at)
    mails = write_to(consultation, chosen, address=address, occasion=Occasion.REMINDER, at=at)
    record(
        act="consultation.remind_offices",
        subject=f"consultation:{consultation.slug}",
        by=by,
        at=at,
        data={"invitations": keys, "mails": mails},
    )


def remind_when_due(*, at: datetime, address: Callable[[str], str]) -> int:
    """Remind once within DAYS_BEFORE of a deadline; says how many. Bears repeating.

    Left alone is who was invited or reminded in these days, or within LEFT_ALONE_FOR.
    `address(language)` gives the personal address with "{secret}" in it.
    """
    ending = Consultation.objects.filter(
        audience=Audience.INTERNAL,
        opens_at__lte=at,
        closes_at__gt=at,
        closes_at__lte=at + DAYS_BEFORE,
        closed_at__isnull=True,
    )
    return sum(_remind_one(pk, at, address) for pk in ending.values_list("pk", flat=True))


@transaction.atomic
def _remind_one(pk: int, at: datetime, address: Callable[[str], str]) -> int:
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("strategy")
    consultation = rows.get(pk=pk)
    window = consultation.closes_at - DAYS_BEFORE
    not_yet = Q(reminded_at__isnull=True) | Q(reminded_at__lt=window)
    left = waiting_invitations(consultation).filter(not_yet).exclude(email="")
    chosen = list(_not_since(left, at - LEFT_ALONE_FOR).order_by(F("name"), "pk"))
    if chosen:
        language = consultation.strategy.language
        _remind(consultation, chosen, address(language), SYSTEM, at)
    return len(chosen)
