"""Mails as they came, and how far a mailbox is read."""

from __future__ import annotations

from django.db import models

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models.original import Contribution
from richtschnur.contributions.states import MailState
from richtschnur.files.models import StoredFile
from richtschnur.journal.guards import guard


@guard(frozen=("key", "file", "received_at", "fetched_at"))
class IncomingMail(models.Model):
    """A mail as it came, before and after it was made a contribution.

    `key` is by what a mail is known again; `received_at` the moment at which the mailbox took it.
    One that was set aside (`aside_at`) is erased after the county's time.
    Personal data: `sender_name`, `sender_email`, `subject`.
    """

    key = models.CharField(max_length=64, unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=200, blank=True)
    sender_email = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    fetched_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=MailState.choices, default=MailState.WAITING, db_index=True
    )
    aside_at = models.DateTimeField(null=True, blank=True)
    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contribution = models.OneToOneField(
        Contribution, null=True, blank=True, on_delete=models.PROTECT, related_name="mail"
    )

    class Meta:
        ordering = ["received_at", "id"]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_erased(self) -> bool:
        """Whether its time was over, or two people have had it erased with its contribution."""
        return self.state == MailState.ERASED or not self.file.name


class MailCursor(models.Model):
    """How far a mailbox is read: numbers of mails (UIDs) count within one `validity`."""

    account = models.CharField(max_length=200, unique=True)
    validity = models.BigIntegerField()
    uid = models.BigIntegerField()

    def __str__(self) -> str:
        return self.account
