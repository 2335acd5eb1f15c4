"""One consultation: what is asked about, whom, and until when; and who was asked by name."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q

from richtschnur.accounts.models import Office
from richtschnur.consultation.states import (
    Audience,
    InvitationState,
    Phase,
    Publication,
    QuestionKind,
    Step,
)
from richtschnur.journal.guards import guard
from richtschnur.network.models import Organization
from richtschnur.strategy.models import Edition, Passage, Strategy


def invitation_key() -> str:
    """A secret of 160 bits for the address of a consultation that is not public."""
    return secrets.token_urlsafe(20)


class Consultation(models.Model):
    """Beteiligung: on an edition, or (without one) a gathering of ideas for a paper.

    `opens_at` and `closes_at` are moments; the whole second of `closes_at` still counts.
    `closed_at` is set when it is closed early, `questions_sealed_at` soon after the opening:
    from then on the database keeps its questions as they are. `follows` is the round before.
    """

    slug = models.SlugField(max_length=100, unique=True)
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=300)
    introduction = models.TextField(blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.INTERNAL)
    publication = models.CharField(
        max_length=20, choices=Publication.choices, default=Publication.NOT
    )
    key = models.CharField(max_length=40, default=invitation_key, unique=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    answers_by_on = models.DateField(null=True, blank=True)
    questions_sealed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="consultation_period"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """The moment whose second is the last that counts."""
        return min(self.closes_at, self.closed_at) if self.closed_at else self.closes_at

    def phase(self, at: datetime) -> Phase:
        """Where it stands at a moment."""
        at = at.astimezone(UTC)  # moments of one zone are compared by what clocks show
        if at < self.opens_at:
            return Phase.PLANNED
        if self.closed_at is not None and at >= self.closed_at:
            return Phase.CLOSED
        return Phase.OPEN if at.replace(microsecond=0) <= self.closes_at else Phase.CLOSED

    def is_text_shown(self, at: datetime) -> bool:
        """Whether the draft may be read at a moment: before the opening only a published one."""
        if self.edition is None:
            return False
        return self.edition.is_published or self.phase(at) != Phase.PLANNED

    def is_open(self, at: datetime) -> bool:
        return self.phase(at) == Phase.OPEN


_SEALED = (
    "(SELECT questions_sealed_at IS NOT NULL FROM consultation_consultation"
    " WHERE id = {row}.consultation_id)"
)


@guard(when=_SEALED)
class Question(models.Model):
    """Frage beside the draft, or alone; never changes once the consultation is open.

    `options` are the steps of a scale or what can be chosen, in the paper's language, none for
    an open question. `passage` is what it is about (None: the whole). `ready` names where it came
    from ("actors.2"), so that its words can be shown in other languages.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="questions"
    )
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    text = models.CharField(max_length=500)
    explanation = models.TextField(blank=True)
    options = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ready = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        """Whether it is answered in own words."""
        return self.kind == QuestionKind.OPEN

    @property
    def values(self) -> list[str]:
        """What can be answered, in order; of a scale the numbers of its steps, from "1"."""
        if self.kind == QuestionKind.SCALE:
            return [str(step) for step in range(1, len(self.options) + 1)]
        return list(self.options)


@guard()
class Extension(models.Model):
    """Fristverlängerung: from which deadline to which later one, and why; everyone reads it."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="extensions"
    )
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__gt=F("from_at")) & Q(to_at__gt=F("at")) & ~Q(reason=""),
                name="extension_is_later_and_reasoned",
            )
        ]

    def __str__(self) -> str:
        return self.reason[:60]


def new_nonce() -> str:
    """160 random bits from which, with the installation's key, a personal address is made."""
    return secrets.token_hex(20)


def digest(secret: str) -> str:
    """SHA-256 of a personal address's secret, as it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Invitation(models.Model):
    """Einladung: an office or a body asked by name, which answers by a personal address.

    The secret of the address is not stored, only its SHA-256; the installation's key and `nonce`
    make it again for a reminder. With a second address (`colleague_digest`) colleagues write, but
    don't send: `may_release` tells which one somebody came by. `remark_count` is how many remarks
    were sent with it: answered and 0 is a nil return. Personal data: `contact` and `email`.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="invitations"
    )
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    nonce = models.CharField(max_length=40, default=new_nonce)
    secret_digest = models.CharField(max_length=64, unique=True)
    colleague_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    remark_count = models.PositiveIntegerField(default=0)
    may_release = True

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "office"],
                condition=Q(withdrawn_at__isnull=True),
                name="invitation_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> InvitationState:
        """How far this office is."""
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        if self.answered_at is not None:
            return InvitationState.ANSWERED if self.remark_count else InvitationState.NIL
        return InvitationState.OPENED if self.opened_at else InvitationState.INVITED

    @property
    def is_waiting(self) -> bool:
        """Whether its answer is still waited for."""
        return self.answered_at is None and self.withdrawn_at is None


class Timetable(models.Model):
    """Zeitplan of a paper, counted back from the day on which the county council meets.

    `days` says how many days lie between a step and the next one ({"evaluation": 14, …}), `land`
    whose holidays are avoided; what comes before `first_step` is done already; `made_on` is the
    day on which it was last set.
    """

    strategy = models.OneToOneField(Strategy, on_delete=models.PROTECT, related_name="+")
    council_on = models.DateField()
    land = models.CharField(max_length=2, blank=True)
    first_step = models.CharField(max_length=20, choices=Step.choices, default=Step.MANDATE)
    days = models.JSONField(default=dict)
    made_on = models.DateField()

    class Meta:
        ordering = ["council_on", "id"]

    def __str__(self) -> str:
        return f"{self.strategy_id}: {self.council_on}"
