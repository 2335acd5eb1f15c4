"""Originals, kept as they came; who sent them, kept apart; the basket before."""

from richtschnur.contributions.models.answer import Answer
from richtschnur.contributions.models.aside import StatisticCount, Suspicion
from richtschnur.contributions.models.attachment import Attachment, kind_in_words, present
from richtschnur.contributions.models.basket import Basket, BasketComment, BasketFile
from richtschnur.contributions.models.mail import IncomingMail, MailCursor
from richtschnur.contributions.models.original import Comment, Contribution
from richtschnur.contributions.models.published import (
    PublicComment,
    PublicCount,
    PublicFile,
    WithheldComment,
)
from richtschnur.contributions.models.secret import SHARED, digest, opened_by
from richtschnur.contributions.models.sender import Consent, Sender
from richtschnur.contributions.models.suggesting import Suggesting
from richtschnur.contributions.models.table import HeldTable
from richtschnur.contributions.models.workshop import Remark, Workshop

__all__ = [
    "SHARED",
    "Answer",
    "Attachment",
    "Basket",
    "BasketComment",
    "BasketFile",
    "Comment",
    "Consent",
    "Contribution",
    "HeldTable",
    "IncomingMail",
    "MailCursor",
    "PublicComment",
    "PublicCount",
    "PublicFile",
    "Remark",
    "Sender",
    "StatisticCount",
    "Suggesting",
    "Suspicion",
    "WithheldComment",
    "Workshop",
    "digest",
    "kind_in_words",
    "opened_by",
    "present",
]
