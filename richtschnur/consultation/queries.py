"""Reading consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.rules import may_see
from richtschnur.consultation.states import Audience
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage


def consultation_by_slug(slug: str) -> Consultation:
    """The consultation that a call or an address names. Raises Refused when there is none."""
    found = all_consultations().filter(slug=slug).first()
    if found is None:
        raise Refused(_("There is no consultation “%(ref)s”.") % {"ref": slug}, code="not-found")
    return found


def all_consultations() -> QuerySet[Consultation]:
    """With paper and edition loaded, the latest first."""
    return Consultation.objects.select_related("strategy", "edition", "edition__strategy")


def public_consultations() -> QuerySet[Consultation]:
    """Those that everyone is asked in."""
    return all_consultations().filter(audience=Audience.PUBLIC)


def closing_after(at: datetime) -> QuerySet[Consultation]:
    """Open or planned ones, the next deadline first."""
    running = Q(closes_at__gte=at) & (Q(closed_at__isnull=True) | Q(closed_at__gte=at))
    return all_consultations().filter(running).order_by("closes_at")


def of_edition(edition_id: int) -> QuerySet[Consultation]:
    """Consultations on one edition."""
    return all_consultations().filter(edition_id=edition_id)


def visible_consultation(request: Any, slug: str) -> Consultation:
    """The consultation at an address, for those who may see it; for all others there is none.

    An invitation that was followed in this browser counts. Raises Http404.
    """
    found = all_consultations().filter(slug=slug).first()
    if found is None:
        raise Http404
    if found.audience != Audience.PUBLIC:
        invited_to = request.session.get(invitation_name(found), "")
        if not may_see(found, actor_of(request), invited_to):
            raise Http404
    return found


def invitation_name(consultation: Consultation) -> str:
    """Under which name the session keeps the key of an invitation."""
    return f"invitation-{consultation.pk}"


@dataclass(frozen=True)
class Place:
    """Where something can be said: what the slot "consultation.passage" is given.

    Without a passage it is the whole paper; `is_open` says whether something may be sent now.
    """

    consultation: Consultation
    passage: Passage | None
    is_open: bool
