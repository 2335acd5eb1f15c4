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
    made_secret,
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
from richtschnur.consultation.operations.ready_questions import READY_SETS
from richtschnur.consultation.operations.reminding import remind_offices, remind_when_due
from richtschnur.consultation.operations.rounds import open_next_round
from richtschnur.consultation.operations.translating import (
    check_question_words,
    discard_question_words,
    order_question_drafts,
    work_off_question_orders,
    write_question,
)
from richtschnur.consultation.operations.wording import (
    Shown,
    is_ready_in,
    parts_of,
    shown_all,
    source_of,
)

__all__ = [
    "READY_SETS",
    "Guest",
    "NewQuestion",
    "Shown",
    "add_questions",
    "answer_invitation",
    "change_question",
    "check_question_words",
    "close_consultation",
    "colleague_secret_of",
    "discard_question_words",
    "extend_deadline",
    "forget_contact",
    "invite_offices",
    "is_ready_in",
    "made_secret",
    "move_question",
    "open_consultation",
    "open_invitation",
    "open_next_round",
    "order_question_drafts",
    "parts_of",
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
    "shown_all",
    "source_of",
    "start_round",
    "withdraw_invitation",
    "work_off_question_orders",
    "write_question",
]
