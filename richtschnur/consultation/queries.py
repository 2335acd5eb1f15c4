"""Reading consultations."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Audience
from richtschnur.journal.refusals import Refused


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
