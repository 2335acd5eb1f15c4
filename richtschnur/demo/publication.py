"""The example's public list: the clean is out, one withheld against an objection, others wait."""

from __future__ import annotations

import random
from datetime import timedelta

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Attachment
from richtschnur.contributions.operations import (
    count_answers,
    object_to_withholding,
    publish_clean,
    publish_comment,
    release_file,
    withhold_comment,
)
from richtschnur.contributions.queries.publication import HELD, comments_to_review
from richtschnur.contributions.rules import is_clean, marks_of
from richtschnur.contributions.states import Age, Gender, Ground
from richtschnur.county.queries import the_county
from richtschnur.journal.actors import VISITOR

LEFT_WAITING = 4
OBJECTION = "Meine Nachbarin ist einverstanden, ich habe sie gefragt. Ohne sie versteht es niemand."
LANGUAGES = ("de", "de", "de", "de", "uk", "ar", "fa", "tr", "en", "")


def publish_some(consultation: Consultation, officer: User) -> None:
    """Look through what waits: all that is clean, and half of what is marked, blacked out."""
    held = list(comments_to_review(consultation, HELD))
    if len(held) <= LEFT_WAITING:
        return
    read, by = held[:-LEFT_WAITING], officer.actor(held[-1].contribution.recorded_at.date())
    at = held[-1].contribution.recorded_at + timedelta(hours=2)
    publish_clean(comments=[each for each in read if is_clean(each)], by=by, at=at)
    for attachment in Attachment.objects.filter(contribution__consultation=consultation)[:1]:
        release_file(attachment=attachment, by=by, at=at)
    marked = [each for each in read if marks_of(each)]
    for comment in marked[::2]:
        spans = [(mark.start, mark.end) for mark in marks_of(comment) if mark.is_personal]
        publish_comment(comment=comment, by=by, at=at, black_out=spans)
    for comment in marked[1:2]:
        note = "Bitte schreiben Sie es noch einmal, ohne von Ihrer Nachbarin zu erzählen."
        withhold_comment(comment=comment, ground=Ground.PERSONAL, note=note, by=by, at=at)
        object_to_withholding(
            comment=comment, text=OBJECTION, by=VISITOR, at=at + timedelta(days=1)
        )


def tell_about_people(consultation: Consultation, people: int) -> None:
    """Some who took part have said something about themselves; invented, always the same."""
    chance = random.Random(consultation.slug)  # noqa: S311 – an example, nothing secret
    towns = [*the_county().municipality_names[:6], ""]
    for _person in range(people):
        answers = {
            "age": chance.choice(["", *Age.values]),
            "gender": chance.choice([Gender.WOMAN, Gender.WOMAN, Gender.MAN, ""]),
            "municipality": chance.choice(towns),
            "first_language": chance.choice(LANGUAGES),
        }
        count_answers(consultation=consultation, answers=answers)
