"""The one way in: form, letter, spreadsheet and example data all pass here."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations import answer_invitation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import (
    Attachment,
    Basket,
    Comment,
    Consent,
    Contribution,
    Sender,
    digest,
)
from richtschnur.contributions.operations.attaching import NewFile, delete_sent, prepared
from richtschnur.contributions.rules import (
    CONSENT_VERSION,
    check_suggestion,
    check_text,
    consent_wording,
    say_why,
)
from richtschnur.contributions.states import Channel
from richtschnur.journal import commitments
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import queue_message
from richtschnur.strategy.models import Passage
from richtschnur.ui.moments import moment_in_words

NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class NewComment:
    """What is said, to which passage (None: to the whole paper), and how that should read."""

    text: str
    passage: Passage | None = None
    suggestion: str = ""


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
) -> Submitted:
    """Store one contribution with all its comments, or find the one that a repeat stands for.

    Visitors are held to the period; staff and the CLI may record what came another way at
    `received_at`, late things included (marked). `receipt_address` holds "{secret}" and goes
    into the mail to whoever left an address. With an `invitation` it is that office's answer, or
    adds to it. `files` were looked at and are held (`receive_file`). Raises Refused or
    ValidationError, storing nothing.
    """
    secret = receipt_secret(idempotency_key)
    key_digest = digest(idempotency_key)
    earlier = _earlier(key_digest)
    if earlier is not None:
        return Submitted(earlier, secret, False)
    if by.kind == "visitor":
        check_open(consultation, at)
    else:
        require(by, "contributions.record")
    texts = [_checked(c) for c in comments if c.text.strip() or c.suggestion.strip()]
    _check_content(consultation, texts, is_nil_return)
    received = received_at or at
    contribution = Contribution(
        consultation=consultation,
        invitation=invitation,
        number=_number(),
        secret_digest=digest(secret),
        idempotency_digest=key_digest,
        kind=kind,
        channel=channel,
        language=language,
        is_nil_return=is_nil_return,
        is_late=received.replace(microsecond=0) > consultation.ends_at,
        received_at=received,
        recorded_at=at,
        recorded_by="" if by.kind == "visitor" else by.id,
        salt=secrets.token_bytes(commitments.SALT_BYTES),
    )
    try:
        with transaction.atomic():
            if invitation is not None:
                answer_invitation(invitation=invitation, remarks=len(texts), at=received)
            _keep(contribution, texts, person, consents, by, at, files)
            if person.email and receipt_address:
                _queue_receipt(contribution, person, receipt_address.format(secret=secret), at)
            if basket is not None:
                delete_sent(basket)
    except IntegrityError:
        earlier = _earlier(key_digest)
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
    consultation: Consultation, comments: list[NewComment], is_nil_return: bool
) -> None:
    if not comments and not is_nil_return:
        raise Refused(_("There is no comment yet. Please write at least one."), code="empty")
    for comment in comments:
        if not comment.text.strip():
            raise Refused(say_why(), code="no-reason")
        if comment.passage and comment.passage.edition_id != consultation.edition_id:
            raise Refused(
                _("A comment belongs to another edition. Please open the draft again."),
                code="stale",
            )


def _keep(
    contribution: Contribution,
    comments: list[NewComment],
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
            text=c.text,
            suggestion=c.suggestion,
        )
        for i, c in enumerate(comments)
    ]
    attachments = prepared(contribution, files, at)
    content = contribution.content(rows, attachments)
    contribution.commitment = commitments.commit(content, salt=bytes(contribution.salt))
    contribution.save(force_insert=True)
    Comment.objects.bulk_create(rows)
    Attachment.objects.bulk_create(attachments)
    Sender.objects.create(
        contribution=contribution,
        name=person.name,
        organisation=person.organisation,
        email=person.email,
    )
    _keep_consents(contribution, consents, at)
    record(
        act="contributions.submit_contribution",
        subject=f"contribution:{contribution.pk}",
        by=by,
        at=at,
        data={
            "commitment": contribution.commitment,
            "comments": len(rows),
            "late": contribution.is_late,
            "channel": contribution.channel,
        }
        | ({"files": len(attachments)} if attachments else {}),
    )


def _keep_consents(contribution: Contribution, consents: Sequence[str], at: datetime) -> None:
    rows = []
    for purpose in consents:
        wording = consent_wording(purpose)
        rows.append(
            Consent(
                contribution=contribution,
                purpose=purpose,
                version=CONSENT_VERSION,
                language=contribution.language,
                wording=wording,
                wording_sha256=hashlib.sha256(wording.encode()).hexdigest(),
                given_at=at,
            )
        )
    Consent.objects.bulk_create(rows)


def _queue_receipt(contribution: Contribution, person: Person, address: str, at: datetime) -> None:
    queue_message(
        to=person.email,
        subject=_("We have your contribution %(number)s") % {"number": contribution.number},
        body=_(
            "Thank you. Your contribution to “%(title)s” arrived on %(moment)s under the number"
            " %(number)s.\n\nUnder this address you can read it again, and later our answer:\n"
            "%(address)s\n\nPlease keep this mail: whoever has the address can read it."
        )
        % {
            "title": contribution.consultation.title,
            "moment": moment_in_words(contribution.received_at),
            "number": contribution.number,
            "address": address,
        },
        about=f"contribution:{contribution.pk}",
        at=at,
    )


def _number() -> str:
    letters = [secrets.choice(NUMBER_ALPHABET) for _place in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"
