"""Answers to questions gather in the basket, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import Basket, BasketComment
from richtschnur.contributions.operations.basket import touched_basket
from richtschnur.contributions.rules import check_answers, check_text


@transaction.atomic
def put_answers(
    *,
    consultation: Consultation,
    secret: str,
    texts: Mapping[Question, str],
    values: Mapping[Question, Sequence[str]],
    at: datetime,
) -> Basket:
    """Put all answers into the basket, in place of those that lay there; empty ones go.

    `texts` answer open questions, `values` the others. Raises Refused or ValidationError.
    """
    check_open(consultation, at)
    check_answers(consultation, {**dict.fromkeys(texts, ()), **values})
    said = {question: check_text(text) for question, text in texts.items() if text.strip()}
    basket = touched_basket(consultation, secret, at)
    asked = [*texts, *values]
    basket.comments.filter(question__in=asked).delete()
    for question, text in said.items():
        BasketComment.objects.create(
            basket=basket, question=question, passage=question.passage, text=text, written_at=at
        )
    kept = {key: chosen for key, chosen in basket.answers.items() if key not in map(_key, asked)}
    basket.answers = kept | {_key(q): list(chosen) for q, chosen in values.items() if chosen}
    basket.save(update_fields=["answers"])
    return basket


def _key(question: Question) -> str:
    return str(question.pk)
