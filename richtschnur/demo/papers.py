"""The example's papers, consultations and contributions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime, make_aware
from django.utils.translation import override

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import (
    NewComment,
    NewFile,
    Person,
    submit_contribution,
)
from richtschnur.demo.source import DATA, read
from richtschnur.journal.actors import VISITOR
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import import_draft

RECORDED_AFTER = timedelta(hours=20)


def open_paper(row: dict[str, Any], officer: User, *, at: datetime) -> Consultation:
    """Import the paper and open its consultation, as many days ago as the example says."""
    opens_at = make_aware(
        datetime.combine(localtime(at).date() - timedelta(days=row["opened_days_ago"]), time(8))
    )
    last_day = localtime(opens_at).date() + timedelta(days=row["runs_days"])
    imported_at = opens_at - timedelta(days=6)
    edition = import_draft(
        path=DATA / row["file"],
        title=row["title"]["de"],
        by=officer.actor(imported_at.date()),
        at=imported_at,
    )
    return open_consultation(
        on=edition,
        title=row["title"]["de"],
        opens_at=opens_at,
        closes_at=make_aware(datetime.combine(last_day, time(18))),
        audience=row["audience"],
        publication=Publication.NAMES_BY_CONSENT,
        answers_by_on=last_day + timedelta(days=56),
        by=officer.actor(opens_at.date()),
        at=opens_at - timedelta(hours=2),
    )


def passage_beginning(edition: Edition, beginning: str) -> Passage:
    """The one passage that begins so. Raises ValueError when there is none, or more than one."""
    found = [p for p in edition.passages.all() if p.text.startswith(beginning)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} passages begin with {beginning!r}")
    return found[0]


def contribute(
    consultation: Consultation,
    rows: list[dict[str, Any]],
    officer: User,
    as_file: Callable[..., NewFile],
) -> dict[str, Contribution]:
    """Send all contributions in the order of their moments; by key.

    `as_file` makes the paper of those that came as one.
    """
    sent = {}
    for row in sorted(rows, key=lambda row: (row["day"], row["time"])):
        files = [as_file(row, at=consultation.opens_at)] if row.get("as_file") else []
        sent[row["key"]] = _send(consultation, row, officer, files)
    return sent


def _send(
    consultation: Consultation, row: dict[str, Any], officer: User, files: list[NewFile]
) -> Contribution:
    opened_on = localtime(consultation.opens_at).date()
    hour = time.fromisoformat(row["time"])
    received_at = make_aware(datetime.combine(opened_on + timedelta(days=row["day"]), hour))
    received_at = max(received_at, consultation.opens_at + timedelta(minutes=7))
    came_by_web = row["channel"] == "web"
    recorded_at = received_at if came_by_web else received_at + RECORDED_AFTER
    edition = consultation.edition
    assert edition is not None
    comments = [_comment(edition, comment) for comment in row["comments"]]
    shown_in = row["language"] if row["language"] in dict(settings.LANGUAGES) else "de"
    with override(shown_in):
        submitted = submit_contribution(
            consultation=consultation,
            comments=comments,
            kind=row["kind"],
            idempotency_key=f"example:{row['key']}",
            person=Person(row.get("name", ""), row.get("organisation", ""), row.get("email", "")),
            consents=row["consents"],
            channel=row["channel"],
            language=row["language"],
            is_nil_return=row["nil_return"],
            received_at=received_at,
            files=files,
            by=VISITOR if came_by_web else officer.actor(recorded_at.date()),
            at=recorded_at,
        )
    return submitted.contribution


def _comment(edition: Edition, said: dict[str, Any]) -> NewComment:
    """One comment; `reads` is what shall stand in the passage instead of some of its words."""
    if not said["passage"]:
        return NewComment(said["text"])
    passage = passage_beginning(edition, said["passage"])
    if "reads" not in said:
        return NewComment(said["text"], passage)
    if said["instead_of"] not in passage.text:
        raise ValueError(f"the passage does not say {said['instead_of']!r}")
    words = passage.text.replace(said["instead_of"], said["reads"])
    return NewComment(said["text"], passage, suggestion=words)


def contributions_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one consultation's contributions."""
    rows: list[dict[str, Any]] = read(row["contributions"])
    return rows
