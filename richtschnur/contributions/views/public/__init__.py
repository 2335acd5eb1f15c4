"""From the first word to the receipt: comment, basket, receipt; and what the draft's page shows."""

from richtschnur.contributions.views.public.basket import basket
from richtschnur.contributions.views.public.comment import comment, whole
from richtschnur.contributions.views.public.office import nil_return, office_answers, office_sent
from richtschnur.contributions.views.public.questions import questions, questions_link
from richtschnur.contributions.views.public.receipt import receipt
from richtschnur.contributions.views.public.receipt_files import (
    office_receipt_file,
    office_receipt_pdf,
    receipt_file,
    receipt_pdf,
)
from richtschnur.contributions.views.public.returned import returned
from richtschnur.contributions.views.public.sharing import carry_on, share
from richtschnur.contributions.views.public.slots import basket_bar, comment_link

__all__ = [
    "basket",
    "basket_bar",
    "carry_on",
    "comment",
    "comment_link",
    "nil_return",
    "office_answers",
    "office_receipt_file",
    "office_receipt_pdf",
    "office_sent",
    "questions",
    "questions_link",
    "receipt",
    "receipt_file",
    "receipt_pdf",
    "returned",
    "share",
    "whole",
]
