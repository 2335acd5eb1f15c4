"""A long point in parts: proposed by the machine, parted by a person in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.analysis.splitting import METHOD, Place, paragraphs, propose
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point, ProposedPiece, SplitProposal
from richtschnur.evaluation.operations.holding import locked_point
from richtschnur.evaluation.operations.indexing import index_again
from richtschnur.evaluation.rules import AT_ONCE, check_not_asked
from richtschnur.evaluation.states import PointState, Verdict
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.journal.writing import insert
from richtschnur.search.tokens import tokens_of
from richtschnur.strategy.models import Passage


def propose_split(*, point: Point, by: Actor, at: datetime) -> SplitProposal:
    """Have the machine read a point, and keep what it proposes; what was undecided is replaced.

    Nothing else happens. The text is read before the transaction begins. Raises Refused when an
    answer has been begun, or the point is grouped.
    """
    require(by, "evaluation.sort")
    _check_free(point)
    consultation = point.comment.contribution.consultation
    text = point.comment.text[point.start : point.end]
    language = consultation.strategy.language
    pieces = propose(text, _paper(consultation), words=lambda said: _words(said, language))
    with transaction.atomic():
        held = locked_point(point)
        _check_free(held)
        if (held.start, held.end) != (point.start, point.end):
            raise _stale()
        SplitProposal.objects.filter(point=held, verdict="").delete()
        proposal = SplitProposal.objects.create(
            point=held, start=held.start, end=held.end, method=METHOD, found_at=at
        )
        insert(
            [
                ProposedPiece(
                    proposal=proposal,
                    start=held.start + piece.start,
                    end=held.start + piece.end,
                    kind=piece.kind,
                    why=piece.why,
                    places=[
                        {"passage": p.place, "certainty": p.certainty, "method": p.method}
                        for p in piece.places
                    ],
                )
                for piece in pieces
            ]
        )
        data = {"proposal": proposal.pk, "pieces": len(pieces), "method": METHOD}
        record(act="evaluation.propose_split", subject=f"point:{held.pk}", by=by, at=at, data=data)
    return proposal


@transaction.atomic
def split_by_proposal(
    *,
    proposal: SplitProposal,
    borders: Sequence[int],
    places: Mapping[int, Passage | None],
    by: Actor,
    at: datetime,
) -> list[Point]:
    """Part a point at borders that a person has chosen, all or none; says which points there are.

    `borders` are code points of the comment at which paragraphs begin; `places` gives the passage
    of the part that begins there (the point's own start included). Each part keeps topics and
    assignment. Raises Refused when the point is no more what was proposed on.
    """
    require(by, "evaluation.sort")
    row = _undecided(proposal)
    point = locked_point(row.point)
    _check_free(point)
    check_not_asked([point])
    if (point.start, point.end) != (row.start, row.end):
        raise _stale()
    starts = _checked(point, borders)
    _check_places(point, places)
    parts = _parts(point, [point.start, *starts], places, at)
    row.verdict, row.decided_at = Verdict.ACCEPTED, at
    row.save(update_fields=["verdict", "decided_at"])
    proposed = set(row.pieces.values_list("start", flat=True)) - {row.start}
    data = {
        "proposal": row.pk,
        "method": row.method,
        "at": starts,
        "new": [part.pk for part in parts[1:]],
        "as_proposed": len(proposed.intersection(starts)),
        "places": [part.place_id for part in parts],
    }
    record(act="evaluation.split_by_proposal", subject=f"point:{point.pk}", by=by, at=at, data=data)
    return parts


@transaction.atomic
def decline_split(*, proposal: SplitProposal, by: Actor, at: datetime) -> None:
    """A person leaves the point as it is."""
    require(by, "evaluation.sort")
    row = _undecided(proposal)
    row.verdict, row.decided_at = Verdict.DECLINED, at
    row.save(update_fields=["verdict", "decided_at"])
    data = {"proposal": row.pk, "method": row.method}
    subject = f"point:{row.point_id}"
    record(act="evaluation.decline_split", subject=subject, by=by, at=at, data=data)


def _paper(consultation: Consultation) -> list[Place]:
    """The consulted edition's passages, each with the path of its headings."""
    if consultation.edition is None:
        return []
    above: list[tuple[int, str]] = []
    paths: dict[int, tuple[str, ...]] = {}
    for section in consultation.edition.sections.order_by("position"):
        above = [(level, words) for level, words in above if level < section.level]
        above.append((section.level, str(section)))
        paths[section.pk] = tuple(words for _level, words in above if words)
    rows = consultation.edition.passages.order_by("position")
    return [Place(row.pk, row.number, paths[row.section_id], row.text) for row in rows]


def _words(text: str, language: str) -> list[str]:
    """Stems and the parts of compounds, as the search has them; of parts only the house's own."""
    return tokens_of([text], language, lambda _form: False)


def _check_free(point: Point) -> None:
    if point.state != PointState.OPEN:
        raise Refused(_("An answer to this point was begun: it can't be split any more."))
    if point.group_id:
        raise Refused(_("Please take this point out of its group first."))


def _checked(point: Point, borders: Sequence[int]) -> list[int]:
    """The borders in order. Raises Refused when one is not the beginning of a paragraph inside."""
    starts = sorted(set(borders))
    text = point.comment.text[point.start : point.end]
    offered = {point.start + block.start for block in paragraphs(text)} - {point.start}
    if not starts:
        raise Refused(_("Please tick at least one place where a new point begins."))
    if not offered.issuperset(starts):
        raise _stale()
    if len(starts) >= AT_ONCE:
        raise Refused(
            _("These are more than %(n)d points. Please tick fewer places and split in two steps.")
            % {"n": AT_ONCE},
            code="too-many",
        )
    return starts


def _check_places(point: Point, places: Mapping[int, Passage | None]) -> None:
    edition = point.comment.contribution.consultation.edition_id
    if any(place is not None and place.edition_id != edition for place in places.values()):
        raise _stale()


def _parts(
    point: Point, starts: list[int], places: Mapping[int, Passage | None], at: datetime
) -> list[Point]:
    ends = [*starts[1:], point.end]
    whole = point.stands_at
    point.end, point.place = ends[0], places.get(point.start)
    point.stands_at = point.place.position if point.place else whole
    point.save(update_fields=["end", "place", "stands_at"])
    new = [
        Point.objects.create(
            comment=point.comment,
            consultation=point.consultation,
            received_at=point.received_at,
            stands_at=place.position if (place := places.get(start)) else whole,
            start=start,
            end=end,
            office=point.office,
            assignee=point.assignee,
            due_on=point.due_on,
            place=place,
            are_words_public=point.are_words_public,
            created_at=at,
        )
        for start, end in zip(starts[1:], ends[1:], strict=True)
    ]
    links = Point.topics.through
    links.objects.bulk_create(
        [links(point=part, topic=topic) for part in new for topic in point.topics.all()]
    )
    index_again([point, *new])
    return [point, *new]


def _undecided(proposal: SplitProposal) -> SplitProposal:
    rows = SplitProposal.objects.select_for_update(of=("self",)).select_related("point")
    row = rows.filter(pk=proposal.pk, verdict="").first()
    if row is None:
        raise Refused(_("This proposal was decided on already."), code="transition")
    return row


def _stale() -> Refused:
    return Refused(
        _("The point was changed in the meantime. Nothing was split; please look at it again."),
        code="stale",
    )
