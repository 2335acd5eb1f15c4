"""Questions in further languages: written, checked, discarded, and drafts from a machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations.wording import is_ready_in, source_of
from richtschnur.consultation.queries import all_consultations, questions_of
from richtschnur.documents.cells import join_rows
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.operations.translating import usable_machine
from richtschnur.translation import operations as translation
from richtschnur.translation import orders
from richtschnur.translation.models import DraftOrder, Translation
from richtschnur.translation.sources import Source

ABOUT = "consultation:"


def write_question(
    *,
    question: Question,
    read: str,
    language: str,
    lines: Sequence[str],
    by: Actor,
    at: datetime,
) -> Translation:
    """Keep a question's words in another language: text, explanation if it has one, options.

    `read` is the fingerprint of the words that the page showed. Raises Refused when they have
    changed meanwhile, or a line is empty.
    """
    require(by, "consultation.translate")
    source = source_of(question)
    if read != source.fingerprint:
        raise Refused(
            _("The question was changed since you opened this page. Please compare."), code="stale"
        )
    if len(lines) != 1 + bool(question.explanation) + len(question.options) or not all(
        line.strip() for line in lines
    ):
        raise Refused(_("Please translate every line: a choice with a gap can't be answered."))
    return translation.keep_translation(
        source=source,
        language=language,
        text=join_rows([line] for line in lines),
        by=by,
        at=at,
    )


def check_question_words(
    *, held: Translation, version: str, checker: str, by: Actor, at: datetime
) -> Translation:
    """Say that somebody who knows the language has read it beside the original."""
    require(by, "consultation.translate")
    return translation.check_translation(
        translation=held, version=version, checker=checker, by=by, at=at
    )


def discard_question_words(*, held: Translation, by: Actor, at: datetime) -> None:
    """Take a translation away: readers see the original."""
    require(by, "consultation.translate")
    translation.discard_translation(translation=held, by=by, at=at)


def sources_in(consultation: Consultation, language: str) -> list[Source]:
    """The questions that a ready set does not already say in this language."""
    asked = questions_of(consultation)
    return [source_of(question) for question in asked if not is_ready_in(question, language)]


def order_question_drafts(
    *, consultation: Consultation, language: str, by: Actor, at: datetime
) -> DraftOrder:
    """Order machine drafts of what has no translation yet. Raises Refused without a machine."""
    require(by, "consultation.order_translation")
    if usable_machine() is None:
        raise Refused(_("No translating machine is set up. Please ask the administration."))
    return orders.order_drafts(
        about=f"{ABOUT}{consultation.slug}",
        language=language,
        sources=sources_in(consultation, language),
        by=by,
        at=at,
    )


def work_off_question_orders(*, at: datetime) -> int:
    """One batch of the next order, by the background worker; says how many drafts were kept."""
    order = orders.claim_order(about=ABOUT, at=at)
    if order is None:
        return 0
    consultation = all_consultations().filter(slug=order.about.removeprefix(ABOUT)).first()
    sources = sources_in(consultation, order.language) if consultation else []
    return orders.work_off(order, sources, usable_machine(), at=at)
