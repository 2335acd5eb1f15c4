"""What waits: reports, checks that are due, and what a merge would move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from richtschnur.network.models import (
    ChangeReport,
    Check,
    Contact,
    Membership,
    Organization,
    digest,
)
from richtschnur.network.states import ReportState

YEAR = timedelta(days=365)


def open_reports() -> QuerySet[ChangeReport]:
    """Reports that nobody has decided on, the oldest first."""
    rows = ChangeReport.objects.filter(state=ReportState.OPEN)
    return rows.select_related("organization").order_by("received_at", "id")


def open_report_count() -> int:
    """How many of them there are."""
    return ChangeReport.objects.filter(state=ReportState.OPEN).count()


def check_by_secret(secret: str) -> Check | None:
    """The check that a personal address opens; None when it has ended."""
    rows = Check.objects.filter(secret_digest=digest(secret), ended_at__isnull=True)
    rows = rows.filter(organization__archived_at__isnull=True)
    rows = rows.select_related("organization")
    return rows.prefetch_related("organization__facets", "organization__contact_points").first()


def due_for_check(at: datetime) -> QuerySet[Organization]:
    """Those that nobody has confirmed or asked within a year, with the ways to them."""
    since = at - YEAR
    asked = Check.objects.filter(organization=OuterRef("pk"), asked_at__gte=since)
    rows = Organization.objects.filter(archived_at__isnull=True, created_at__lt=since)
    rows = rows.filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=since))
    rows = rows.exclude(Exists(asked))
    return rows.order_by("sort_name", "id").prefetch_related("contact_points")


def seats_of(organization: Organization) -> QuerySet[Membership]:
    """Its seats in bodies, with the persons who hold them."""
    rows = Membership.objects.filter(organization=organization)
    return rows.select_related("body", "contact").order_by("body__name", "id")


@dataclass(frozen=True)
class MergePart:
    """How much of one kind a merge would move; `kind` is a code for the page's words."""

    kind: str
    count: int


def merge_parts(gone: Organization) -> list[MergePart]:
    """What belongs to the organisation that would be gone."""
    counts = {
        "contacts": Contact.objects.filter(organization=gone).count(),
        "memberships": Membership.objects.filter(organization=gone).count(),
        "reports": ChangeReport.objects.filter(organization=gone).count(),
    }
    return [MergePart(kind, count) for kind, count in counts.items() if count]


def current_seats(body_id: int, on: date) -> list[Membership]:
    """The seats of a body that are held on a day."""
    rows = Membership.objects.filter(body_id=body_id).select_related("organization", "contact")
    return [row for row in rows.order_by("id") if row.is_current(on)]
