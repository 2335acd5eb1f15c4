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
from richtschnur.consultation.operations.personal import (
    colleague_secret_of,
    personal_address,
    secret_of,
    shared_basket_secret,
)
from richtschnur.consultation.operations.planning import set_timetable
from richtschnur.consultation.operations.questions import (
    NewQuestion,
    add_questions,
    change_question,
    move_question,
    ready_questions,
    remove_question,
    seal_questions,
)
from richtschnur.consultation.operations.ready_questions import READY_SETS, shown_in
from richtschnur.consultation.operations.reminding import remind_offices, remind_when_due
from richtschnur.consultation.operations.rounds import open_next_round

__all__ = [
    "READY_SETS",
    "Guest",
    "NewQuestion",
    "add_questions",
    "answer_invitation",
    "change_question",
    "close_consultation",
    "colleague_secret_of",
    "extend_deadline",
    "forget_contact",
    "invite_offices",
    "move_question",
    "open_consultation",
    "open_invitation",
    "open_next_round",
    "personal_address",
    "ready_questions",
    "remind_offices",
    "remind_when_due",
    "remove_question",
    "seal_questions",
    "secret_of",
    "send_link_again",
    "set_timetable",
    "shared_basket_secret",
    "shown_in",
    "start_round",
    "withdraw_invitation",
]
