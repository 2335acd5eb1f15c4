"""Points about which an office or an outside body was asked, and what it advises."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from richtschnur.accounts.models import Office, User
from richtschnur.consultation.models import Consultation, new_nonce
from richtschnur.evaluation.models.points import Point
from richtschnur.evaluation.states import Decision, DelegationState
from richtschnur.journal.guards import guard
from richtschnur.network.models import Organization

IS_HANDED_IN = "{row}.handed_in_at IS NOT NULL"
ADVICE_IS_HANDED_IN = (
    "EXISTS (SELECT 1 FROM evaluation_delegation WHERE evaluation_delegation.id ="
    " {row}.delegation_id AND evaluation_delegation.handed_in_at IS NOT NULL)"
)
OF_CONTRIBUTION = (
    "(SELECT 'contribution:' || contributions_comment.contribution_id FROM evaluation_point"
    " JOIN contributions_comment ON contributions_comment.id = evaluation_point.comment_id"
    " WHERE evaluation_point.id = {row}.point_id)"
)


@guard(
    frozen=("consultation", "name", "asked_by", "asked_at", "due_on", "handed_in_at"),
    when=IS_HANDED_IN,
)
class Delegation(models.Model):
    """Delegation: an office or a body that is asked about some points, by a personal address.

    The address's secret is made as that of an invitation and is stored as its SHA-256 only. It
    takes advice until the end of the day `due_on`. Personal data: `contact` and `email`; `question`
    may repeat words of a contribution and is emptied with it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    question = models.TextField()
    due_on = models.DateField()
    nonce = models.CharField(max_length=40, default=new_nonce)
    secret_digest = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="delegation_waiting",
                condition=Q(handed_in_at__isnull=True, withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> DelegationState:
        """How far it is."""
        if self.handed_in_at is not None:
            return DelegationState.HANDED_IN
        if self.withdrawn_at is not None:
            return DelegationState.WITHDRAWN
        return DelegationState.OPENED if self.opened_at else DelegationState.ASKED

    @property
    def is_waiting(self) -> bool:
        """Whether its advice is still waited for."""
        return self.handed_in_at is None and self.withdrawn_at is None

    def is_overdue(self, on: date) -> bool:
        """Whether nothing came in time."""
        return self.is_waiting and self.due_on < on


@guard(
    frozen=("delegation", "point", "decision", "is_not_ours", "reason", "whose"),
    when=ADVICE_IS_HANDED_IN,
    erasable=("reason", "whose"),
    permit=OF_CONTRIBUTION,
)
class Advice(models.Model):
    """Empfehlung: what somebody who was asked would answer to one point; never the answer itself.

    `is_not_ours` returns it: `reason` says why, `whose` who it could be. Frozen once it is handed
    in; its words go with the contribution that two people have erased.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="advices")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="advices")
    position = models.PositiveIntegerField()
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    is_not_ours = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    whose = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["delegation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "point"], name="advice_once"),
            models.CheckConstraint(
                condition=Q(is_not_ours=False) | Q(decision=""), name="advice_or_not_ours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.point}"

    @property
    def is_in(self) -> bool:
        """Whether it was handed in: only then officers see it."""
        return self.delegation.handed_in_at is not None
