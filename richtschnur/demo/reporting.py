"""The example's answers that went elsewhere, a reading aid, and the report of participation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.demo.source import read
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import (
    add_reply,
    check_answer_translation,
    pass_on,
    release_report,
    write_report_texts,
)
from richtschnur.evaluation.states import Decision


def give_account(
    consultation: Consultation,
    sent: dict[str, Contribution],
    officer: User,
    reviewer: User,
    *,
    at: datetime,
) -> None:
    """What was passed on, replied, put into English; then the report, written and released."""
    _follow_up(sent, officer, at)
    _report(consultation, officer, reviewer, at - timedelta(days=14))


def _follow_up(sent: dict[str, Contribution], officer: User, now: datetime) -> None:
    """Say when points were passed on, add two replies, and one answer in English."""
    for row in read("report.json")["passed_on"]:
        _pass_on(row, sent[row["contribution"]], officer, now)
    for row in read("report.json")["translations"]:
        contribution = sent[row["contribution"]]
        response = Response.objects.filter(point__comment__contribution=contribution).latest("pk")
        assert response.released_at is not None
        at = response.released_at + timedelta(days=1)
        check_answer_translation(
            response=response,
            language=contribution.language,
            text=row["text"],
            checker=row["checker"],
            author=officer,
            by=officer.actor(at.date()),
            at=at,
        )


def _pass_on(row: dict[str, Any], contribution: Contribution, officer: User, now: datetime) -> None:
    response = _answer(row, contribution)
    at = min(response.written_at + timedelta(days=row["after_days"]), now)
    about: dict[str, Any] = {"point": response.point, "author": officer}
    pass_on(
        receiver=response.forwarded_to,
        channel=row["channel"],
        forwarded_on=localtime(at).date(),
        by=officer.actor(at.date()),
        at=at,
        **about,
    )
    if reply := row.get("reply"):
        at = min(at + timedelta(days=reply["after_days"]), now)
        day = localtime(at).date()
        add_reply(text=reply["text"], replied_on=day, by=officer.actor(day), at=at, **about)


def _answer(row: dict[str, Any], contribution: Contribution) -> Response:
    """The answer that says it is not the county's task, to the point that begins so."""
    points = Point.objects.filter(comment__contribution=contribution)
    for response in Response.objects.filter(
        point__in=points, decision=Decision.NOT_RESPONSIBLE
    ).order_by("point", "-version"):
        begins = row["starts_with"]
        if begins is None or response.point.text.startswith(begins):
            return response
    raise LookupError(f"no such answer: {row}")


def _report(consultation: Consultation, officer: User, reviewer: User, at: datetime) -> None:
    texts = read("report.json")["texts"]
    by = officer.actor(at.date())
    write_report_texts(
        consultation=consultation, texts=texts, seen={}, author=officer, by=by, at=at
    )
    at += timedelta(hours=2)
    release_report(consultation=consultation, by=reviewer.actor(at.date()), at=at)
