"""Every write of the stage: the period, and who is asked by name."""

from richtschnur.consultation.operations.answering import answer_invitation, open_invitation
from richtschnur.consultation.operations.extending import extend_deadline
from richtschnur.consultation.operations.forgetting import forget_contact
from richtschnur.consultation.operations.inviting import (
    Guest,
    invite_offices,
    send_link_again,
    start_round,
    withdraw_invitation,
)
from richtschnur.consultation.operations.opening import close_consultation, open_consultation
from richtschnur.consultation.operations.personal import personal_address, secret_of
from richtschnur.consultation.operations.reminding import remind_offices, remind_when_due

__all__ = [
    "Guest",
    "answer_invitation",
    "close_consultation",
    "extend_deadline",
    "forget_contact",
    "invite_offices",
    "open_consultation",
    "open_invitation",
    "personal_address",
    "remind_offices",
    "remind_when_due",
    "secret_of",
    "send_link_again",
    "start_round",
    "withdraw_invitation",
]
