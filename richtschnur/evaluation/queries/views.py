"""The saved views that a person sees above the queue."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import SavedView
from richtschnur.journal.refusals import Refused


def views_of(consultation: Consultation, user: User) -> QuerySet[SavedView]:
    """Her own and the shared ones, by name; `is_default` is true of the one that opens first."""
    chosen = SavedView.default_for.through.objects.filter(savedview=OuterRef("pk"), user=user)
    rows = SavedView.objects.filter(Q(owner=user) | Q(is_shared=True), consultation=consultation)
    return rows.select_related("owner").annotate(is_default=Exists(chosen))


def view_of(consultation: Consultation, user: User, pk: int | None) -> SavedView:
    """One of them. Raises Refused."""
    found = views_of(consultation, user).filter(pk=pk or 0).first()
    if found is None:
        raise Refused(_("There is no such view any more."), code="not-found")
    return found
