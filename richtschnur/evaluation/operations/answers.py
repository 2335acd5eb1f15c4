"""Answers: written in versions, handed in, returned or released by a second person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import require
from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations.points import locked_point, say_if_answered
from richtschnur.evaluation.operations.standing import digest_of, log_decision
from richtschnur.evaluation.operations.telling import tell_sender
from richtschnur.evaluation.rules import (
    check_complete,
    check_may_answer,
    check_not_closed,
    check_release,
)
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def write_response(
    *,
    point: Point,
    author: User,
    by: Actor,
    at: datetime,
    decision: str = "",
    reason: str = "",
    forwarded_to: str = "",
    hand_in: bool = False,
    seen_version: int | None = None,
) -> Response:
    """Write the next version of a point's answer, as a draft or handed in for release.

    `seen_version` is the version that the author had before her (0: none). Raises Refused when
    somebody has written another one since, or something is missing for handing in.
    """
    point = locked_point(point)
    check_may_answer(point, by, author.office_id)
    check_not_closed(point)
    last = point.responses.order_by("-version").first()
    version = last.version if last else 0
    if seen_version is not None and seen_version != version:
        raise Refused(
            _(
                "Somebody else has answered this point since you opened it. Your text is still"
                " here; please compare it with theirs and save again."
            ),
            code="stale",
        )
    if hand_in:
        check_complete(decision, reason, forwarded_to)
    response = Response.objects.create(
        point=point,
        version=version + 1,
        decision=decision,
        reason=check_text(reason).strip(),
        forwarded_to=forwarded_to.strip(),
        author=author,
        written_at=at,
        handed_in_at=at if hand_in else None,
    )
    _move(point, PointState.HANDED_IN if hand_in else PointState.DRAFT)
    data = {"version": response.version, "decision": decision, "handed_in": hand_in}
    _record(point, "evaluation.write_response", by, at, data)
    return response


@transaction.atomic
def release_response(
    *, point: Point, by: Actor, at: datetime, version: int | None = None
) -> Response:
    """Release the answer that waits; its authors can't, and a deputy releases for somebody.

    `version` is the version that was read; a newer one must be read first.
    """
    require(by, "evaluation.release")
    point, response = _waiting(point, version)
    authors = set(point.responses.values_list("author_id", flat=True))
    check_release(response, point, authors, by)
    stood_in = dict(by.stands_in_for).get("reviewer") if by.role != "reviewer" else None
    response.released_at = at
    response.released_by_id = int(by.id)
    response.released_for_id = int(stood_in) if stood_in else None
    response.save(update_fields=["released_at", "released_by", "released_for"])
    _move(point, PointState.RELEASED)
    data = {"version": response.version, "decision": response.decision, "for": stood_in}
    data["answer"] = digest_of(response)
    entry = _record(point, "evaluation.release_response", by, at, data)
    log_decision(point, entry, by, at)
    say_if_answered(point.comment)
    tell_sender(point.comment.contribution, at)
    return response


@transaction.atomic
def return_response(
    *, point: Point, note: str, by: Actor, at: datetime, version: int | None = None
) -> Response:
    """Give an answer that waits back to its author, with a note on what is missing."""
    require(by, "evaluation.release")
    point, response = _waiting(point, version)
    if not note.strip():
        raise Refused(_("Please say what should be changed."))
    response.returned_at, response.return_note = at, note.strip()
    response.save(update_fields=["returned_at", "return_note"])
    _move(point, PointState.DRAFT)
    _record(point, "evaluation.return_response", by, at, {"version": response.version})
    return response


def _waiting(point: Point, version: int | None) -> tuple[Point, Response]:
    point = locked_point(point)
    response = point.responses.order_by("-version").first()
    if response is None or point.state != PointState.HANDED_IN:
        raise Refused(_("This answer is not waiting for release."), code="transition")
    if version is not None and version != response.version:
        raise Refused(
            _("The answer was changed since you opened it. Please read it again."), code="stale"
        )
    return point, response


def _move(point: Point, state: str) -> None:
    point.state = state
    point.save(update_fields=["state"])


def _record(
    point: Point, act: str, by: Actor, at: datetime, data: dict[str, object]
) -> JournalEntry:
    return record(act=act, subject=f"point:{point.pk}", by=by, at=at, data=data)
