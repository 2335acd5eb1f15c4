"""When two organisations of the register become one, what they were asked follows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from richtschnur.evaluation.models import Delegation
from richtschnur.network.models import Organization
from richtschnur.network.operations import Reference


def _count(gone: Organization) -> int:
    return Delegation.objects.filter(organization=gone).count()


def _move(kept: Organization, gone: Organization) -> None:
    Delegation.objects.filter(organization=gone).update(organization=kept)


DELEGATIONS = Reference("evaluation.Delegation", _("Questions about points"), _count, _move)
