"""The one way in: form, letter, spreadsheet and example data all pass here."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.analysis.language import recognise
from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.consultation.operations import answer_invitation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import (
    Answer,
    Basket,
    Comment,
    Contribution,
    Sender,
    digest,
)
from richtschnur.contributions.operations.attaching import NewFile, delete_sent, prepared
from richtschnur.contributions.operations.consenting import keep_consents
from richtschnur.contributions.operations.receipting import queue_receipt
from richtschnur.contributions.rules import (
    check_answers,
    check_suggestion,
    check_text,
    say_why,
)
from richtschnur.contributions.states import Channel
from richtschnur.journal import commitments
from richtschnur.journal.actors import Actor
from richtschnur.journal.kinds import LeafKind
from richtschnur.journal.log import new_leaf
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.journal.writing import insert, insert_first, one_trip
from richtschnur.strategy.models import Passage

NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class NewComment:
    """What is said, and to which passage (None: to the whole paper), or as answer to a question.

    `suggestion` is the passage as it should read, "" for none.
    """

    text: str
    passage: Passage | None = None
    suggestion: str = ""
    question: Question | None = None


@dataclass(frozen=True)
class NewAnswer:
    """One value chosen for a question; "any of several" has one of these for each."""

    question: Question
    value: str


@dataclass(frozen=True)
class Person:
    """Who sends it, as far as they say so."""

    name: str = ""
    organisation: str = ""
    email: str = ""


@dataclass(frozen=True)
class Submitted:
    """A stored contribution with the receipt's secret; `is_new` is False for a repeat."""

    contribution: Contribution
    secret: str
    is_new: bool


def receipt_secret(idempotency_key: str) -> str:
    """The receipt's secret (192 bits), the same for every repeat of one submission."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"receipt:" + idempotency_key.encode(), hashlib.sha256).hexdigest()[:48]


def submit_contribution(
    *,
    consultation: Consultation,
    comments: Sequence[NewComment],
    kind: str,
    idempotency_key: str,
    by: Actor,
    at: datetime,
    person: Person = Person(),
    consents: Sequence[str] = (),
    channel: str = Channel.WEB,
    language: str = "",
    is_nil_return: bool = False,
    received_at: datetime | None = None,
    basket: Basket | None = None,
    files: Sequence[NewFile] = (),
    receipt_address: str = "",
    invitation: Invitation | None = None,
    answers: Sequence[NewAnswer] = (),
) -> Submitted:
    """Store one contribution with all its comments, or find the one that a repeat stands for.

    Visitors are held to the period; staff and the CLI may record what came another way at
    `received_at`, late things included (marked). `receipt_address` holds "{secret}" and goes
    into the mail to whoever left an address. Without a `language` it is recognised. With an
    `invitation` it is that office's answer, or adds to it. `files` were looked at and are held
    (`receive_file`). Raises Refused or ValidationError, storing nothing.
    """
    secret = receipt_secret(idempotency_key)
    key_digest = digest(idempotency_key)
    # What was sent took its basket with it: one that is still there was not sent yet.
    earlier = _earlier(key_digest) if basket is None else None
    if earlier is not None:
        return Submitted(earlier, secret, False)
    if by.kind == "visitor":
        check_open(consultation, at)
    else:
        require(by, "contributions.record")
    texts = [_checked(c) for c in comments if c.text.strip() or c.suggestion.strip()]
    # In the order in which they are read again: the commitment stands for it.
    answers = sorted(dict.fromkeys(answers), key=lambda answer: answer.question.position)
    _check_content(consultation, texts, answers, is_nil_return)
    if files and not texts and by.kind == "visitor":
        raise Refused(_("Please say in a comment what your files are about."), code="no-words")
    received = received_at or at
    contribution = Contribution(
        consultation=consultation,
        invitation=invitation,
        number=_number(),
        secret_digest=digest(secret),
        idempotency_digest=key_digest,
        kind=kind,
        channel=channel,
        language=language or recognise("\n".join(text.text for text in texts)),
        is_nil_return=is_nil_return,
        is_late=received.astimezone(UTC).replace(microsecond=0) > consultation.ends_at,
        received_at=received,
        recorded_at=at,
        recorded_by="" if by.kind == "visitor" else by.id,
        salt=secrets.token_bytes(commitments.SALT_BYTES),
    )
    try:
        # Whoever holds the basket is the only one who sends it: nothing has to be saved half-way.
        with transaction.atomic(savepoint=basket is None), one_trip():
            if invitation is not None:
                remarks = len(texts) or len({answer.question.pk for answer in answers})
                answer_invitation(invitation=invitation, remarks=remarks, at=received)
            _keep(contribution, texts, answers, person, consents, by, at, files)
            if person.email and receipt_address:
                address = receipt_address.format(secret=secret)
                queue_receipt(contribution, to=person.email, address=address, at=at)
            if basket is not None:
                delete_sent(basket)
    except IntegrityError:
        earlier = _earlier(key_digest) if basket is None else None
        if earlier is None:
            raise
        return Submitted(earlier, secret, False)
    return Submitted(contribution, secret, True)


def _earlier(key_digest: str) -> Contribution | None:
    return Contribution.objects.filter(idempotency_digest=key_digest).first()


def _checked(comment: NewComment) -> NewComment:
    suggestion = check_suggestion(comment.suggestion, comment.passage)
    return replace(comment, text=check_text(comment.text), suggestion=suggestion)


def _check_content(
    consultation: Consultation,
    comments: list[NewComment],
    answers: Sequence[NewAnswer],
    is_nil_return: bool,
) -> None:
    if not comments and not answers and not is_nil_return:
        raise Refused(_("There is no comment yet. Please write at least one."), code="empty")
    for comment in comments:
        if not comment.text.strip():
            raise Refused(say_why(), code="no-reason")
        if comment.passage and comment.passage.edition_id != consultation.edition_id:
            raise Refused(
                _("A comment belongs to another edition. Please open the draft again."),
                code="stale",
            )
    given: dict[Question, list[str]] = {}
    for comment in comments:
        if comment.question is not None:
            given.setdefault(comment.question, [])
    for answer in answers:
        given.setdefault(answer.question, []).append(answer.value)
    check_answers(consultation, given)


def _keep(
    contribution: Contribution,
    comments: list[NewComment],
    answers: Sequence[NewAnswer],
    person: Person,
    consents: Sequence[str],
    by: Actor,
    at: datetime,
    files: Sequence[NewFile] = (),
) -> None:
    rows = [
        Comment(
            contribution=contribution,
            position=i,
            passage=c.passage,
            question=c.question,
            text=c.text,
            suggestion=c.suggestion,
        )
        for i, c in enumerate(comments)
    ]
    chosen = [
        Answer(contribution=contribution, question=a.question, value=a.value) for a in answers
    ]
    attachments = prepared(contribution, files, at)
    content = contribution.content(rows, attachments, chosen)
    contribution.commitment = commitments.commit(content, salt=bytes(contribution.salt))
    for row, key in zip(rows, insert_first(contribution, Comment, len(rows)), strict=True):
        row.pk = key
    insert(rows, numbered=True)
    insert(chosen)
    insert(attachments)
    sender = Sender(
        contribution=contribution,
        name=person.name,
        organisation=person.organisation,
        email=person.email,
    )
    insert([sender])
    keep_consents(contribution, consents, at)
    new_leaf(
        kind=LeafKind.LATE if contribution.is_late else LeafKind.RECEIVED,
        commitment=contribution.commitment,
        subject=contribution.subject,
        by=by,
        at=at,
    )
    record(
        act="contributions.submit_contribution",
        subject=contribution.subject,
        by=by,
        at=at,
        data={
            "commitment": contribution.commitment,
            "comments": len(rows),
            **({"answers": len(chosen)} if chosen else {}),
            "late": contribution.is_late,
            "channel": contribution.channel,
        }
        | ({"files": len(attachments)} if attachments else {}),
        made=(contribution, rows),
    )


def _number() -> str:
    drawn, letters = secrets.randbelow(len(NUMBER_ALPHABET) ** 8), []
    for _place in range(8):
        drawn, letter = divmod(drawn, len(NUMBER_ALPHABET))
        letters.append(NUMBER_ALPHABET[letter])
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"
