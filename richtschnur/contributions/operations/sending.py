"""Sending a basket: what lies in it becomes one contribution, exactly once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from hmac import compare_digest
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.contributions.models import (
    Basket,
    BasketComment,
    BasketFile,
    Contribution,
    digest,
    opened_by,
)
from richtschnur.contributions.operations.attaching import NewFile, files_in
from richtschnur.contributions.operations.submission import (
    NewAnswer,
    NewComment,
    Person,
    Submitted,
    receipt_secret,
    submit_contribution,
)
from richtschnur.contributions.rules import check_release, check_required
from richtschnur.contributions.states import Kind
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.asking import Standing
from richtschnur.journal.refusals import Refused


def sending_key(basket: Basket) -> str:
    """The idempotency key of one basket: every retry has it, the next basket another one.

    All devices on which a basket is continued have the same.
    """
    return hashlib.sha256(f"send:{basket.pk}:{basket.secret_digest}".encode()).hexdigest()


def state_of(
    basket: Basket, comments: Iterable[BasketComment], files: Iterable[NewFile | BasketFile]
) -> str:
    """What a basket holds, in short: another one as soon as something is changed, by whomever."""
    parts: list[Any] = [[c.pk, c.version] for c in sorted(comments, key=BasketComment.place)]
    parts += [file.key for file in files]
    held = json.dumps([parts, basket.answers], sort_keys=True)
    return hashlib.sha256(held.encode()).hexdigest()[:32]


def _named(key: str) -> str:
    """What strangers send as a key never opens what an import or the staff has recorded."""
    return f"basket:{key}"


@transaction.atomic
def send_basket(
    *,
    consultation: Consultation,
    secret: str,
    key: str,
    seen: str = "",
    kind: str,
    at: datetime,
    person: Person | None = None,
    consents: Sequence[str] = (),
    language: str = "",
    receipt_address: str = "",
    invitation: Invitation | None = None,
) -> Submitted:
    """Turn the basket that `secret` opens into a contribution; `key` stood in the form.

    `seen` is the state (`state_of`) that the sender looked at: nothing unseen is sent.

    A double click, a reload and a retry find the one that was stored first, even when the basket
    is gone. Raises Refused when there is nothing to send, or the basket is another by now.
    """
    if invitation is not None:
        check_release(invitation)
    # First the basket is locked, then its comments are read: in one query, PostgreSQL would not
    # see a comment that was written while it waited for the lock.
    basket = _locked(consultation, secret)
    if basket is None or not compare_digest(key.encode(), sending_key(basket).encode()):
        return _sent_before(consultation, key, is_empty=basket is None)
    comments = sorted(_comments(basket.pk), key=BasketComment.place)
    files = files_in(basket)
    if (seen or invitation is not None) and seen != state_of(basket, comments, files):
        raise _changed()
    answers: list[NewAnswer] = []
    if basket.asks:
        questions = list(consultation.questions.all())
        answers = chosen_in(basket, questions)
        answered = {c.question_id for c in comments} | {a.question.pk for a in answers}
        check_required(questions, answered)
    return submit_contribution(
        consultation=consultation,
        comments=[
            NewComment(c.text, c.passage, suggestion=c.suggestion, question=c.question)
            for c in comments
        ],
        answers=answers,
        kind=kind,
        idempotency_key=_named(key),
        by=VISITOR,
        at=at,
        person=person or Person(),
        consents=consents,
        language=language,
        basket=basket,
        files=files,
        receipt_address=receipt_address,
        invitation=invitation,
    )


def _rows_to_send(consultation: int) -> QuerySet[Any]:
    asks = Exists(Question.objects.filter(consultation=OuterRef("consultation")))
    rows = Basket.objects.select_for_update(of=("self",)).annotate(asks=asks)
    rows = rows.only("consultation", "secret_digest", "holds_files", "answers")
    return rows.filter(consultation_id=consultation).order_by()


# What is looked at when it is sent; all else is asked for where it is needed after all.
_OF_PASSAGE = [
    f"passage__{name}" for name in ("edition", "identity", "position", "number", "kind", "text")
]
_OF_QUESTION = [
    f"question__{name}"
    for name in ("consultation", "position", "kind", "text", "options", "is_required")
]
_own = Standing(lambda at, secret: _rows_to_send(at).filter(secret_digest=secret), int, str)
_shared = Standing(lambda at, secret: _rows_to_send(at).filter(share_digest=secret), int, str)
_comments = Standing(
    lambda basket: (
        BasketComment.objects.filter(basket_id=basket)
        .order_by()
        .select_related("passage", "question")
        .only("basket", "text", "suggestion", *_OF_PASSAGE, *_OF_QUESTION)
    ),
    int,
)


def _locked(consultation: Consultation, secret: str) -> Any:
    """The basket that the secret opens, until the transaction ends; None when there is none."""
    ((name, known_by),) = opened_by(secret).items()
    ask = _shared if name == "share_digest" else _own
    return next(iter(ask(consultation.pk, known_by)), None) if secret else None


def chosen_in(basket: Basket, questions: Iterable[Question]) -> list[NewAnswer]:
    """What was chosen for these questions and lies in the basket."""
    return [
        NewAnswer(question, value)
        for question in questions
        for value in basket.answers.get(str(question.pk), ())
    ]


@transaction.atomic
def send_nil_return(
    *, invitation: Invitation, at: datetime, language: str = "", receipt_address: str = ""
) -> Submitted:
    """The office has no remarks; a second click finds the first. Raises Refused after remarks."""
    check_release(invitation)
    return submit_contribution(
        consultation=invitation.consultation,
        comments=[],
        kind=kind_of(invitation),
        idempotency_key=f"nil:{invitation.consultation.slug}:{invitation.pk}",
        by=VISITOR,
        at=at,
        person=person_of(invitation),
        language=language,
        is_nil_return=True,
        receipt_address=receipt_address,
        invitation=invitation,
    )


def kind_of(invitation: Invitation) -> Kind:
    """As whom an invited office, organisation or body speaks."""
    if invitation.organization is not None:
        return Kind(invitation.organization.kind)
    return Kind.AUTHORITY if invitation.office_id else Kind.OTHER


def person_of(invitation: Invitation, name: str = "") -> Person:
    """Who answers for an invited office: `name`, else whom the invitation named."""
    return Person(name or invitation.contact, invitation.name, invitation.email)


def _sent_before(consultation: Consultation, key: str, *, is_empty: bool) -> Submitted:
    named = _named(key)
    sent = Contribution.objects.filter(consultation=consultation, idempotency_digest=digest(named))
    earlier = sent.first()
    if earlier is not None:
        return Submitted(earlier, receipt_secret(named), False)
    if is_empty:
        raise Refused(_("Your basket is empty. Please write a comment first."), code="empty")
    raise _changed()


def _changed() -> Refused:
    return Refused(
        _("Your basket has changed since you opened this page. Please look at it and send again."),
        code="stale",
    )
