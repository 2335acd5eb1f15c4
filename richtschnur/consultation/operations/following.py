"""When two organisations of the register become one, its invitations follow."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from richtschnur.consultation.models import Invitation
from richtschnur.network.models import Organization
from richtschnur.network.operations import Reference


def _count(gone: Organization) -> int:
    return Invitation.objects.filter(organization=gone).count()


def _move(kept: Organization, gone: Organization) -> None:
    Invitation.objects.filter(organization=gone).update(organization=kept)


INVITATIONS = Reference("consultation.Invitation", _("Invitations"), _count, _move)
