"""Who may read and record contributions; what a comment may be; the consents' words."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.rules import ADMINISTRATION, STEERING, Row, declare
from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.consultation.states import QuestionKind
from richtschnur.contributions.states import Purpose
from richtschnur.journal.refusals import Refused
from richtschnur.journal.words import name_acts

declare(
    Row("contributions.read", STEERING, "read contributions and who sent them"),
    Row("contributions.forget_sender", ADMINISTRATION, "delete who sent a contribution"),
    Row("contributions.record", ADMINISTRATION, "record letters and other ways in, also late"),
)

TEXT_LIMIT = 200_000
CONSENT_VERSION = "2026-1"
ALLOWED_CONTROLS = frozenset("\n\r\t")


def consent_wording(purpose: str) -> str:
    """The words beside a consent's box, in the language in force (version CONSENT_VERSION)."""
    return {
        Purpose.PUBLISH_NAME: _(
            "You may publish my name (and my organisation) together with my contribution."
        ),
        Purpose.CONTACT: _("You may contact me with questions about my contribution."),
        Purpose.NEWSLETTER: _("Please send me news about this strategy paper by e-mail."),
        Purpose.TAKE_PART: _(
            "I would like to take part in the work, for example in a working group. You may keep"
            " my name and address for that."
        ),
    }[Purpose(purpose)]


def check_text(text: str) -> str:
    """The text as it may be stored: line ends unified, else untouched.

    Raises ValidationError for too much text, control characters, and characters that were lost
    on the way (wrong encoding).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > TEXT_LIMIT:
        raise ValidationError(
            _(
                "This text has %(length)s characters; %(limit)s fit here. Please shorten it, or"
                " split it into several comments."
            ),
            code="overlong",
            params={"length": len(text), "limit": TEXT_LIMIT},
        )
    for place, character in enumerate(text):
        if character in ALLOWED_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs"):
            continue
        raise ValidationError(
            _(
                "Character %(place)s of your text is an invisible control character that can't be"
                " stored, often from copying. Please delete it, or type that part anew."
            ),
            code="control-character",
            params={"place": place + 1},
        )
    if "\ufffd" in text:
        raise ValidationError(
            _(
                "Some characters of your text did not arrive readably (shown as �). Please"
                " replace them and send again."
            ),
            code="wrong-encoding",
        )
    return text


def check_answers(consultation: Consultation, given: Mapping[Question, Collection[str]]) -> None:
    """Raise Refused when a question is of another consultation, or can't be answered so."""
    for question, values in given.items():
        if question.consultation_id != consultation.pk:
            raise Refused(
                _("A question belongs to another consultation. Please open the page again."),
                code="stale",
            )
        allowed, most = question.values, question.kind == QuestionKind.CHOICES
        if set(values) - set(allowed) or (len(values) > 1 and not most):
            raise Refused(
                _("This is no answer to “%(question)s”. Please choose one that stands there.")
                % {"question": question.text},
                code="no-such-answer",
            )


def check_release(invitation: Invitation) -> None:
    """Raise Refused for who came by the address of colleagues: they write, another one sends."""
    if not invitation.may_release:
        raise Refused(
            _("You write along; it is sent by the person in your office who was invited."),
            code="not-released",
        )


def check_required(questions: Iterable[Question], answered: Collection[int | None]) -> None:
    """Raise Refused when a question that must be answered is not among these keys."""
    for question in questions:
        if question.is_required and question.pk not in answered:
            raise Refused(
                _("Please answer this question first: “%(question)s”")
                % {"question": question.text},
                code="unanswered",
            )


name_acts(
    {
        "contributions.submit_contribution": gettext_lazy("a contribution arrived"),
        "contributions.revoke_consent": gettext_lazy("a consent was taken back"),
        "contributions.forget_sender": gettext_lazy("a sender's name was deleted"),
    }
)
