"""What goes elsewhere, a reading aid, and the report of participation of the closed paper."""

from __future__ import annotations

from datetime import datetime, timedelta

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import (
    add_reply,
    check_answer_translation,
    pass_on,
    release_report,
    write_report_texts,
)

FOREWORD = "Danke an alle, die geschrieben haben.\n\nDieser Bericht zeigt, was daraus wurde."
REPLY = "Wir prüfen das bis zum Frühjahr und melden uns bei den Schreibenden."


def give_account(consultation: Consultation, officer: User, reviewer: User, at: datetime) -> None:
    """Pass on what is not the county's task; put an answer into Arabic; release the report."""
    by = officer.actor(at.date())
    passed = Response.objects.get(
        decision="not_responsible", point__comment__contribution__consultation=consultation
    )
    about = {"point": passed.point, "author": officer, "by": by, "at": at}
    day = at.date() - timedelta(days=1)
    pass_on(receiver="das Land", channel="letter", forwarded_on=day, **about)  # type: ignore[arg-type]
    add_reply(text=REPLY, replied_on=at.date(), **about)  # type: ignore[arg-type]
    arabic = Point.objects.get(
        comment__contribution__consultation=consultation, comment__contribution__language="ar"
    )
    check_answer_translation(
        response=arabic.responses.get(),
        language="ar",
        text="نعم، سنفعل ذلك.",
        checker="Integrationsbüro",
        author=officer,
        by=by,
        at=at,
    )
    texts = {"foreword": FOREWORD, "time": "Es ging schneller als beim letzten Mal."}
    write_report_texts(
        consultation=consultation, texts=texts, seen={}, author=officer, by=by, at=at
    )
    release_report(consultation=consultation, by=reviewer.actor(at.date()), at=at)
