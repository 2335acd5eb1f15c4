"""Reading aids: answers in the submitter's language, points in German; the original binds.

The machine is the one of the settings; none of this leaves the house while there is none. Words
of contributions are sent to it only where `reads_contributions` says so, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import require
from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import AnswerTranslation, Point, ReadingAid, Response
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.translation.machine import MachineFailed, Translator, machine_of
from richtschnur.translation.machine.plain import translated_words
from richtschnur.ui.languages import BY_CODE

GERMAN = "de"
PATIENCE = 20  # seconds that a person waits for the machine


def answer_machine() -> Translator | None:
    """What drafts answers in other languages; None while it is off."""
    return _machine(settings.TRANSLATION)


def reading_machine() -> Translator | None:
    """What may be given words of contributions; None unless the settings say so expressly."""
    is_allowed = settings.TRANSLATION.get("reads_contributions") is True
    return _machine(settings.TRANSLATION) if is_allowed else None


def _machine(options: Mapping[str, Any]) -> Translator | None:
    try:
        patience = min(PATIENCE, float(options.get("timeout", PATIENCE)))
        return machine_of({**options, "timeout": patience})
    except (MachineFailed, TypeError, ValueError):
        return None


def read_in_german(*, point: Point, by: Actor, at: datetime) -> ReadingAid:
    """Let the machine put a point into German, for staff alone. Raises Refused when it can't."""
    require(by, "evaluation.read_in_german")
    machine = reading_machine()
    if machine is None:
        raise Refused(_("No machine may read contributions here. Please ask the administration."))
    language = point.comment.contribution.language.partition("-")[0]
    if not point.text or language in ("", GERMAN):
        raise Refused(_("Only what was written in another language can be put into German."))
    text = _asked(machine, point.text, language, GERMAN)
    with transaction.atomic():
        about = {"start": point.start, "end": point.end, "language": language, "text": text}
        about |= {"method": machine.name[:120], "made_at": at}
        aid, _is_new = ReadingAid.objects.update_or_create(point=point, defaults=about)
        data = {"method": machine.name, "language": language}
        record(
            act="evaluation.read_in_german", subject=f"point:{point.pk}", by=by, at=at, data=data
        )
    return aid


def aid_of(point: Point) -> ReadingAid | None:
    """The reading aid of these very words, or None; one query."""
    return ReadingAid.objects.filter(point=point, start=point.start, end=point.end).first()


def draft_translation(
    *, response: Response, language: str, author: User, by: Actor, at: datetime
) -> AnswerTranslation:
    """Let the machine draft a released answer in another language; nobody outside sees it."""
    require(by, "evaluation.translate")
    _check(response, language)
    machine = answer_machine()
    if machine is None:
        raise Refused(_("No translating machine is set up. Please ask the administration."))
    text = _asked(machine, response.reason, GERMAN, language)
    return _keep(response, language, text, machine.name[:120], author, by, at)


def write_translation(
    *, response: Response, language: str, text: str, author: User, by: Actor, at: datetime
) -> AnswerTranslation:
    """Keep what a person wrote; it has to be checked anew before anybody outside sees it."""
    require(by, "evaluation.translate")
    _check(response, language)
    words = check_text(text).strip()
    if not words:
        raise Refused(_("A translation needs text."), code="text")
    held = AnswerTranslation.objects.filter(response=response, language=language).first()
    if held is not None and held.text == words:
        return held
    return _keep(response, language, words, "", author, by, at)


@transaction.atomic
def check_answer_translation(
    *, response: Response, language: str, text: str, checker: str, author: User, by: Actor,
    at: datetime,
) -> AnswerTranslation:  # fmt: skip
    """Say that somebody who knows the language has read these very words beside the German ones.

    From now on it is shown under the answer, marked as a reading aid. `checker` is public.
    """
    if not checker.strip():
        raise Refused(_("Please say who checked it: the public can read this."), code="checker")
    held = write_translation(
        response=response, language=language, text=text, author=author, by=by, at=at
    )
    held.checker, held.checked_at, held.checked_by = checker.strip()[:200], at, author
    held.save(update_fields=["checker", "checked_at", "checked_by"])
    _record("evaluation.check_translation", held, by, at)
    return held


@transaction.atomic
def _keep(
    response: Response, language: str, text: str, machine: str, author: User, by: Actor,
    at: datetime,
) -> AnswerTranslation:  # fmt: skip
    unchecked = {"checker": "", "checked_at": None, "checked_by": None}
    given = {"text": text, "machine": machine, "written_at": at, "written_by": author}
    held, _is_new = AnswerTranslation.objects.update_or_create(
        response=response, language=language, defaults=given | unchecked
    )
    _record("evaluation.translate_answer", held, by, at)
    return held


def _check(response: Response, language: str) -> None:
    if not response.is_released:
        raise Refused(_("An answer is translated when it is released."))
    if language not in BY_CODE or language.partition("-")[0] == GERMAN:
        raise Refused(_("Answers are translated into one of the other languages of this platform."))


def _asked(machine: Translator, text: str, source: str, target: str) -> str:
    try:
        return translated_words(machine, text, source, target)
    except MachineFailed as failure:
        if failure.problem == "language":
            said = _("The machine does not know this language.")
        elif failure.is_lasting:
            said = _("The machine refused. Please ask the administration to look at its settings.")
        else:
            said = _("The machine does not answer. Please try again in some minutes.")
        raise Refused(said, code="machine") from None


def _record(act: str, held: AnswerTranslation, by: Actor, at: datetime) -> None:
    data = {"language": held.language, "machine": held.machine}
    subject = f"point:{held.response.point_id}"
    record(act=act, subject=subject, by=by, at=at, data=data)
