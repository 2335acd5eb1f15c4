"""The end of asking: taken back, address forgotten, gone with an erased contribution."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.evaluation.models import Advice, Delegation, Point
from richtschnur.evaluation.operations.asking.delegating import held_delegation, record_about
from richtschnur.evaluation.operations.asking.mails import about
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import forget_messages


@transaction.atomic
def withdraw_delegation(*, delegation: Delegation, by: Actor, at: datetime) -> Delegation:
    """From now on the personal address leads nowhere; what was handed in stays."""
    require(by, "evaluation.delegate")
    delegation = held_delegation(delegation)
    if delegation.withdrawn_at is not None:
        raise Refused(_("This was withdrawn already."), code="repeated")
    delegation.withdrawn_at = at
    delegation.save(update_fields=["withdrawn_at"])
    forget_messages(about=about(delegation))
    record_about(delegation, "withdraw_delegation", by, at)
    return delegation


@transaction.atomic
def forget_delegate(*, delegation: Delegation, by: Actor, at: datetime) -> Delegation:
    """Delete person and e-mail address for good. Raises Refused while it is waited for."""
    require(by, "evaluation.delegate")
    delegation = held_delegation(delegation)
    if delegation.is_waiting:
        raise Refused(_("You still wait for it. Please withdraw the question first."), code="open")
    delegation.contact = delegation.email = ""
    delegation.save(update_fields=["contact", "email"])
    forget_messages(about=about(delegation))
    record_about(delegation, "forget_delegate", by, at)
    return delegation


def let_go_of_advice(points: QuerySet[Point], entry: JournalEntry) -> None:
    """Of an erased contribution: advice loses its words, and so do the questions about it.

    Who is asked about nothing else any more has nothing left to say: that is withdrawn.
    """
    advices = Advice.objects.filter(point__in=points)
    asked = list(advices.values_list("delegation", flat=True).distinct())
    if not asked:
        return
    advices.update(reason="", whose="")
    Delegation.objects.filter(pk__in=asked).update(question="")
    other = Advice.objects.filter(delegation=OuterRef("pk")).exclude(point__in=points)
    left = other.exclude(point__state=PointState.CLOSED)
    done = Delegation.objects.filter(
        ~Exists(left), pk__in=asked, handed_in_at=None, withdrawn_at=None
    )
    by = Actor(entry.actor_kind, entry.actor_id, entry.actor_role)
    for delegation in done.select_related("consultation"):
        delegation.withdrawn_at = entry.at
        delegation.save(update_fields=["withdrawn_at"])
        forget_messages(about=about(delegation))
        record_about(delegation, "withdraw_delegation", by, entry.at)
