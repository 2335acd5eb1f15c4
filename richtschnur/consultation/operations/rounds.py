"""The next round after a consultation, with its questions and its guests carried over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations.inviting import Guest, invite_offices
from richtschnur.consultation.operations.opening import open_consultation
from richtschnur.consultation.operations.questions import NewQuestion
from richtschnur.consultation.operations.wording import source_of
from richtschnur.consultation.queries import questions_of
from richtschnur.consultation.states import Audience
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Passage, Strategy
from richtschnur.strategy.states import EditionState
from richtschnur.translation.operations import carry_over


@transaction.atomic
def open_next_round(
    *,
    former: Consultation,
    on: Edition | Strategy,
    audience: str,
    by: Actor,
    at: datetime,
    with_questions: bool = False,
    with_invitations: bool = False,
    address: str = "",
    **period: Any,
) -> Consultation:
    """Open another round of the same paper; `period` is what `open_consultation` takes.

    Questions keep their words and translations, and their passage where the new edition still has
    it. Who was asked by name and is not withdrawn gets a new personal address by mail; `address`
    holds "{secret}". All or nothing. Raises Refused as the acts that it is made of.
    """
    require(by, "consultation.open")
    strategy = on.strategy if isinstance(on, Edition) else on
    if strategy.pk != former.strategy_id:
        raise Refused(_("This edition belongs to another paper."), code="paper")
    edition = on if isinstance(on, Edition) else None
    consultation = open_consultation(
        on=on,
        audience=audience,
        frozen_as=_frozen_as(edition, audience),
        questions=list(_carried(former, edition)) if with_questions else (),
        follows=former,
        by=by,
        at=at,
        **period,
    )
    if with_questions:
        both = zip(questions_of(former), questions_of(consultation), strict=True)
        carry_over((source_of(old), source_of(new)) for old, new in both)
    guests = _guests(former) if with_invitations else []
    if guests:
        invite_offices(consultation=consultation, guests=guests, address=address, by=by, at=at)
    return consultation


def _frozen_as(edition: Edition | None, audience: str) -> EditionState:
    if edition is not None and edition.state == EditionState.CIRCULATED:
        return EditionState.CIRCULATED
    is_working = edition is not None and edition.is_working
    if is_working and audience == Audience.INTERNAL:
        return EditionState.CIRCULATED
    return EditionState.CONSULTED


def _guests(former: Consultation) -> list[Guest]:
    rows = former.invitations.filter(withdrawn_at__isnull=True).select_related("office")
    return [Guest(row.name, row.contact, row.email, row.office) for row in rows]


def _carried(former: Consultation, edition: Edition | None) -> Iterator[NewQuestion]:
    asked = list(questions_of(former))
    identities = [question.passage.identity for question in asked if question.passage]
    there: dict[Any, Passage] = {}
    if edition is not None and identities:
        rows = edition.passages.filter(identity__in=identities)
        there = {passage.identity: passage for passage in rows}
    for question in asked:
        passage = there.get(question.passage.identity) if question.passage else None
        yield _copy(question, passage)


def _copy(question: Question, passage: Passage | None) -> NewQuestion:
    return NewQuestion(
        kind=question.kind,
        text=question.text,
        explanation=question.explanation,
        options=tuple(question.options),
        is_required=question.is_required,
        passage=passage,
        ready=question.ready,
    )
