"""Answers: written in versions, handed in, returned or released by a second person.

Points that are grouped, or chosen together, are answered by one act: all of them or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import require
from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations.holding import locked_points
from richtschnur.evaluation.operations.points import say_if_answered
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
from richtschnur.journal.operations import record_each
from richtschnur.journal.refusals import Refused


class Wording(NamedTuple):
    """What an answer says."""

    decision: str = ""
    reason: str = ""
    forwarded_to: str = ""


def write_response(*, point: Point, seen_version: int | None = None, **answer: Any) -> Response:
    """Write the next version of a point's answer, and of all that are grouped with it.

    `seen_version` is the version that the author had before her (0: none); what else is given
    stands at `write_responses`.
    """
    seen = None if seen_version is None else {point.pk: seen_version}
    written = write_responses(points=[point], seen=seen, **answer)
    return next(response for response in written if response.point_id == point.pk)


@transaction.atomic
def write_responses(
    *,
    points: Iterable[Point],
    author: User,
    by: Actor,
    at: datetime,
    decision: str = "",
    reason: str = "",
    forwarded_to: str = "",
    hand_in: bool = False,
    seen: Mapping[int, int] | None = None,
) -> list[Response]:
    """Write one answer as the next version for each of these points and of those grouped with them.

    As a draft, or handed in for release. `seen` tells for points by key which version the author
    had before her. Raises Refused when one was answered since, or something is missing for handing
    in; then nothing is written at all.
    """
    held = locked_points(points)
    for point in held:
        check_may_answer(point, by, author.office_id)
        check_not_closed(point)
    last = last_versions(held)
    check_version(held, last, seen or {})
    wording = worded(decision, reason, forwarded_to, hand_in=hand_in)
    return write_each(held, last, wording, author=author, by=by, at=at, hand_in=hand_in)


def worded(decision: str, reason: str, forwarded_to: str, *, hand_in: bool) -> Wording:
    """The words of an answer as they are kept. Raises Refused when something is missing."""
    if hand_in:
        check_complete(decision, reason, forwarded_to)
    return Wording(decision, check_text(reason).strip(), forwarded_to.strip())


def write_each(
    held: Sequence[Point],
    last: Mapping[int, Response],
    wording: Wording,
    *,
    author: User,
    by: Actor,
    at: datetime,
    hand_in: bool,
) -> list[Response]:
    """The next version for each of these points, which are held and may be answered."""
    before = {point.pk: point.state for point in held}
    responses = Response.objects.bulk_create(
        Response(
            point=point,
            version=last[point.pk].version + 1 if point.pk in last else 1,
            author=author,
            written_at=at,
            handed_in_at=at if hand_in else None,
            **wording._asdict(),
        )
        for point in held
    )
    _move(held, PointState.HANDED_IN if hand_in else PointState.DRAFT)
    about = [
        (point, _written(response, hand_in, before[point.pk]))
        for point, response in zip(held, responses, strict=True)
    ]
    _record("evaluation.write_response", by, at, about)
    return responses


def release_response(
    *, point: Point, by: Actor, at: datetime, version: int | None = None
) -> Response:
    """Release the answer that waits, of the point and of all that are grouped with it.

    Its authors can't, and a deputy releases for somebody. `version` is the version that was read;
    a newer one must be read first.
    """
    seen = {} if version is None else {point.pk: version}
    released = release_responses(points=[point], by=by, at=at, seen=seen)
    return next(response for response in released if response.point_id == point.pk)


@transaction.atomic
def release_responses(
    *, points: Iterable[Point], by: Actor, at: datetime, seen: Mapping[int, int]
) -> list[Response]:
    """Release the answers that wait, each of them or none; `seen` names versions by point."""
    require(by, "evaluation.release")
    held, last = _waiting(points, seen)
    authors: dict[int, set[int]] = {point.pk: set() for point in held}
    wrote = Response.objects.filter(point__in=authors).values_list("point", "author")
    for point_id, author_id in wrote:
        authors[point_id].add(author_id)
    for point in held:
        check_release(last[point.pk], point, authors[point.pk], by)
    return release_each(held, last, by=by, at=at)


def stood_in_for(by: Actor) -> str | None:
    """The id of the reviewer for whom a deputy releases."""
    return dict(by.stands_in_for).get("reviewer") if by.role != "reviewer" else None


def release_each(
    held: Sequence[Point], last: Mapping[int, Response], *, by: Actor, at: datetime
) -> list[Response]:
    """Release what waits for each of these points, which are held and may be released."""
    stood_in = stood_in_for(by)
    for point in held:
        response = last[point.pk]
        response.released_at, response.released_by_id = at, int(by.id)
        response.released_for_id = int(stood_in) if stood_in else None
    responses = [last[point.pk] for point in held]
    Response.objects.bulk_update(
        responses, ["released_at", "released_by", "released_for"], batch_size=200
    )
    _move(held, PointState.RELEASED)
    about = [(point, _released(last[point.pk], stood_in)) for point in held]
    entries = _record("evaluation.release_response", by, at, about)
    for point, entry in zip(held, entries, strict=True):
        log_decision(point, entry, by, at)
        say_if_answered(point.comment)
        tell_sender(point.comment.contribution, at)
    return responses


def _written(response: Response, handed_in: bool, before: str) -> dict[str, object]:
    return {
        "version": response.version,
        "decision": response.decision,
        "handed_in": handed_in,
        "before": before,
    }


def _version_of(response: Response) -> dict[str, object]:
    return {"version": response.version}


def _released(response: Response, stood_in: str | None) -> dict[str, object]:
    return {
        "version": response.version,
        "decision": response.decision,
        "for": stood_in,
        "answer": digest_of(response),
    }


@transaction.atomic
def return_response(
    *, point: Point, note: str, by: Actor, at: datetime, version: int | None = None
) -> Response:
    """Give an answer that waits back to its author, with a note on what is missing."""
    require(by, "evaluation.release")
    held, last = _waiting([point], {} if version is None else {point.pk: version})
    return_each(held, last, note=asked_for(note), by=by, at=at)
    last[point.pk].refresh_from_db()
    return last[point.pk]


def asked_for(note: str) -> str:
    """What should be changed. Raises Refused when nothing is said."""
    if not note.strip():
        raise Refused(_("Please say what should be changed."))
    return note.strip()


def return_each(
    held: Sequence[Point], last: Mapping[int, Response], *, note: str, by: Actor, at: datetime
) -> None:
    """Give back what waits for each of these points, which are held."""
    Response.objects.filter(pk__in=[last[each.pk].pk for each in held]).update(
        returned_at=at, return_note=note
    )
    _move(held, PointState.DRAFT)
    about = [(each, _version_of(last[each.pk])) for each in held]
    _record("evaluation.return_response", by, at, about)


def _waiting(
    points: Iterable[Point], seen: Mapping[int, int]
) -> tuple[list[Point], dict[int, Response]]:
    held = locked_points(points)
    last = last_versions(held, standing=True)
    if any(each.state != PointState.HANDED_IN or each.pk not in last for each in held):
        raise Refused(_("This answer is not waiting for release."), code="transition")
    if any(last[pk].version != version for pk, version in seen.items()):
        raise Refused(
            _("The answer was changed since you opened it. Please read it again."), code="stale"
        )
    return held, last


def last_versions(points: Sequence[Point], *, standing: bool = False) -> dict[int, Response]:
    """The last version of each point's answer, where there is one; one query.

    `standing` leaves out what its author has taken back.
    """
    rows = Response.objects.filter(point__in=points).order_by("version")
    if standing:
        rows = rows.filter(taken_back_at=None)
    return {response.point_id: response for response in rows}


def check_version(
    points: Sequence[Point], last: Mapping[int, Response], seen: Mapping[int, int]
) -> None:
    """Raise Refused when one of them has another version than the author had before her."""
    for point in points:
        version = last[point.pk].version if point.pk in last else 0
        if seen.get(point.pk, version) != version:
            raise Refused(
                _(
                    "Somebody else has answered this point since you opened it. Your text is still"
                    " here; please compare it with theirs and save again."
                )
                if len(points) == 1
                else _(
                    "Nothing was saved: somebody has answered a point of %(number)s since you"
                    " opened this page. Please look at it and choose again."
                )
                % {"number": point.comment.contribution.number},
                code="stale",
            )


def _move(points: Sequence[Point], state: PointState) -> None:
    Point.objects.filter(pk__in=[point.pk for point in points]).update(state=state)
    for point in points:
        point.state = state


def _record(
    act: str, by: Actor, at: datetime, about: Sequence[tuple[Point, dict[str, object]]]
) -> list[JournalEntry]:
    subjects = [(f"point:{point.pk}", data) for point, data in about]
    return record_each(act=act, by=by, at=at, about=subjects)
