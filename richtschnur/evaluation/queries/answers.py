"""What everyone may know: released answers, and what they changed in a published edition."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Audience, Publication
from richtschnur.contributions.models import Consent, Contribution
from richtschnur.contributions.states import Purpose
from richtschnur.evaluation.models import AnswerTranslation, Change, Forwarding, Point, Response
from richtschnur.evaluation.queries.aids import checked_translations, forwardings_of
from richtschnur.evaluation.states import CHANGES_TEXT
from richtschnur.strategy.models import DropReason, Edition, Passage
from richtschnur.strategy.queries import next_published, word_changes


@dataclass(frozen=True)
class Outcome:
    """One passage before and after; without `before` it was added, without `after` it is gone."""

    edition: Edition
    before: Passage | None
    after: Passage | None
    reason: str = ""

    @property
    def changes(self) -> list[tuple[str, str]]:
        return word_changes(
            self.before.text if self.before else "", self.after.text if self.after else ""
        )


@dataclass(frozen=True)
class Answered:
    """A point with its released answer, if there is one, and what that changed.

    `next_edition` is the published edition that followed, or None. `sender` is who may be named.
    `translation` is the checked reading aid in the language that the point was written in.
    """

    point: Point
    response: Response | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    next_edition: Edition | None = None
    sender: str = ""
    forwarding: Forwarding | None = None
    translation: AnswerTranslation | None = None

    @property
    def changes_text(self) -> bool:
        return self.response is not None and self.response.decision in CHANGES_TEXT


def latest_released() -> QuerySet[Response]:
    """The last released version of each point's answer."""
    later = Response.objects.filter(
        point=OuterRef("point"), released_at__isnull=False, version__gt=OuterRef("version")
    )
    return Response.objects.filter(~Exists(later), released_at__isnull=False)


def released_points(consultation: Consultation) -> QuerySet[Point]:
    """The points that have a released answer, in the paper's order, the whole paper last."""
    answer = Response.objects.filter(point=OuterRef("pk"), released_at__isnull=False)
    points = Point.objects.filter(Exists(answer), consultation=consultation)
    return in_passage_order(points).select_related(
        "comment__contribution", "comment__passage", "comment__public"
    )


def in_passage_order(points: QuerySet[Point]) -> QuerySet[Point]:
    """By passage, the whole paper last; within a passage as they came."""
    return points.order_by(
        F("comment__passage__position").asc(nulls_last=True),
        "comment__contribution__received_at",
        "comment__contribution_id",
        "comment__position",
        "start",
    )


def answers_for(contribution: Contribution) -> dict[int, list[Answered]]:
    """For each comment of a contribution its points with what was answered. Constant queries."""
    points = Point.objects.filter(comment__contribution=contribution)
    points = points.select_related("comment__passage", "comment__contribution").order_by(
        "comment__position", "start"
    )
    found: dict[int, list[Answered]] = {}
    for answered in with_answers(points, contribution.consultation):
        found.setdefault(answered.point.comment_id, []).append(answered)
    return found


def answers_on(passage: Passage) -> list[Answered]:
    """Released answers to this passage through all editions, or that changed it; public ones."""
    identity, strategy_id = passage.identity, passage.edition.strategy_id
    made = Change.objects.filter(
        response__point=OuterRef("pk"), identity=identity, edition__published_at__isnull=False
    )
    points = Point.objects.filter(
        Q(comment__passage__identity=identity) | Exists(made),
        comment__contribution__consultation__strategy_id=strategy_id,
        comment__contribution__consultation__audience=Audience.PUBLIC,
        responses__released_at__isnull=False,
    ).exclude(comment__contribution__consultation__publication=Publication.NOT)
    points = points.select_related(
        "comment__passage", "comment__contribution__consultation", "comment__public"
    )
    by_consultation: dict[int, list[Point]] = {}
    for point in in_passage_order(points.distinct()):
        by_consultation.setdefault(point.comment.contribution.consultation_id, []).append(point)
    return [
        answered
        for group in by_consultation.values()
        for answered in with_answers(group, group[0].comment.contribution.consultation)
    ]


def with_answers(points: Iterable[Point], consultation: Consultation) -> list[Answered]:
    """Each point with its released answer and what became of the passage. Constant queries."""
    points = list(points)
    if not points:
        return []
    responses = {r.point_id: r for r in latest_released().filter(point__in=points)}
    following = following_edition(consultation)
    passages = _Passages(consultation.edition, following, points)
    senders = _senders(points, consultation)
    forwardings = forwardings_of(responses.values())
    aids = checked_translations(
        {responses[p.pk]: _language(p) for p in points if p.pk in responses}
    )
    return [
        Answered(
            point,
            responses.get(point.pk),
            passages.outcomes(point, responses.get(point.pk)),
            following,
            senders.get(point.comment.contribution_id, ""),
            forwardings.get(point.pk),
            aids.get(responses[point.pk].pk) if point.pk in responses else None,
        )
        for point in points
    ]


def _language(point: Point) -> str:
    return point.comment.contribution.language


def decisions_on(comments: Sequence[int]) -> dict[int, list[Response]]:
    """The released answers to the points of these comments, in the comment's order; one query."""
    rows = latest_released().filter(point__comment__in=comments).select_related("point")
    found: dict[int, list[Response]] = {}
    for response in rows.order_by("point__comment", "point__start"):
        found.setdefault(response.point.comment_id, []).append(response)
    return found


def following_edition(consultation: Consultation) -> Edition | None:
    """The last edition that was published after the consultation's, or None."""
    if consultation.edition is not None:
        return next_published(consultation.edition)
    later = Edition.objects.filter(
        strategy_id=consultation.strategy_id, published_at__gt=consultation.opens_at
    )
    return later.select_related("strategy").order_by("-number").first()


class _Passages:
    """The passages of two editions that some answers speak of, loaded at once."""

    def __init__(self, old: Edition | None, new: Edition | None, points: list[Point]) -> None:
        self.old, self.new = old, new
        self.found: dict[tuple[int, uuid.UUID], Passage] = {}
        self.reasons: dict[uuid.UUID, str] = {}
        self.carried: dict[int, list[uuid.UUID]] = {}
        if new is None:
            return
        made = Change.objects.filter(response__point__in=points, edition__number__lte=new.number)
        for point_id, identity in made.order_by("pk").values_list("response__point", "identity"):
            self.carried.setdefault(point_id, []).append(identity)
        wanted = {p.comment.passage.identity for p in points if p.comment.passage}
        wanted |= {identity for identities in self.carried.values() for identity in identities}
        editions = [edition.pk for edition in (old, new) if edition]
        rows = Passage.objects.filter(edition__in=editions, identity__in=wanted)
        self.found = {(row.edition_id, row.identity): row for row in rows}
        dropped = DropReason.objects.filter(
            edition__strategy_id=new.strategy_id,
            edition__number__lte=new.number,
            identity__in=wanted,
        )
        self.reasons = {row.identity: row.reason for row in dropped}

    def outcomes(self, point: Point, response: Response | None) -> list[Outcome]:
        if self.new is None or response is None:
            return []
        carried = self.carried.get(point.pk, [])
        if not carried and response.decision in CHANGES_TEXT and point.comment.passage:
            carried = [point.comment.passage.identity]
        outcomes = [self._outcome(identity) for identity in dict.fromkeys(carried)]
        return [o for o in outcomes if o is not None]

    def _outcome(self, identity: uuid.UUID) -> Outcome | None:
        assert self.new is not None
        before = self.found.get((self.old.pk, identity)) if self.old else None
        after = self.found.get((self.new.pk, identity))
        if before is None and after is None:
            return None
        if before and after and before.text == after.text:
            return None
        return Outcome(self.new, before, after, self.reasons.get(identity, ""))


def _senders(points: list[Point], consultation: Consultation) -> dict[int, str]:
    """Who may be named: with consent, where the consultation publishes names at all."""
    if consultation.publication != Publication.NAMES_BY_CONSENT:
        return {}
    consents = Consent.objects.filter(
        contribution__in={point.comment.contribution_id for point in points},
        purpose=Purpose.PUBLISH_NAME,
        revoked_at__isnull=True,
    ).select_related("contribution__sender")
    return {c.contribution_id: str(c.contribution.sender) for c in consents}
