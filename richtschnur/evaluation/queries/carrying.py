"""Released answers that change the text, and how far the next edition has carried them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, QuerySet, When

from richtschnur.consultation.models import Consultation
from richtschnur.documents.merging import carried_marks, merge
from richtschnur.documents.notation import to_notation
from richtschnur.evaluation.models import Change, Response
from richtschnur.evaluation.queries.answers import Outcome, latest_released
from richtschnur.evaluation.states import CHANGES_TEXT
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.states import EditionState


@dataclass(frozen=True)
class PassageTasks:
    """What answers ask of one passage (None: of the whole paper); `present` is its new wording."""

    passage: Passage | None
    present: Passage | None
    responses: list[Response]


@dataclass(frozen=True)
class CarriedOut:
    """One passage of the working edition that answers changed, and those answers."""

    outcome: Outcome
    responses: list[Response]


@dataclass(frozen=True)
class Wording:
    """A suggested wording for a passage of the working edition, as it can be taken over.

    `notation` is how an editor shows it: the suggestion, put together with what was changed in
    the passage since the draft, unless both touch the same words (`is_clash`).
    """

    response: Response
    notation: str
    is_clash: bool


def wording_from(response: Response, passage: Passage) -> Wording | None:
    """What a comment suggested for this passage, or None."""
    comment = response.point.comment
    of_it = comment.passage is not None and comment.passage.identity == passage.identity
    if not response.point.suggestion or not of_it:
        return None
    assert comment.passage is not None
    merged = merge(comment.passage.text, comment.suggestion, passage.text)
    text = merged.text if merged.is_clean else comment.suggestion
    marks = carried_marks(passage.text, passage.marking, text)
    return Wording(response, to_notation(text, marks), not merged.is_clean)


def to_carry_out(consultation: Consultation, first: UUID | None = None) -> QuerySet[Response]:
    """Released answers that change the text and have changed nothing yet, by passage.

    Those to the passage with the identity `first` come before all others.
    """
    others = Case(When(point__comment__passage__identity=first, then=0), default=1)
    made = Change.objects.filter(response__point=OuterRef("point"))
    return (
        _with_point(latest_released())
        .filter(
            ~Exists(made),
            point__comment__contribution__consultation=consultation,
            decision__in=CHANGES_TEXT,
        )
        .order_by(others, F("point__comment__passage__position").asc(nulls_last=True), "point_id")
    )


def tasks_by_passage(consultation: Consultation, working: Edition | None) -> list[PassageTasks]:
    """The answers to carry out, grouped by the passage that they speak of. Two queries."""
    groups: dict[UUID | None, list[Response]] = {}
    for response in to_carry_out(consultation):
        passage = response.point.comment.passage
        groups.setdefault(passage.identity if passage else None, []).append(response)
    present = _passages(working, [identity for identity in groups if identity])
    return [
        PassageTasks(
            rows[0].point.comment.passage, present.get(identity) if identity else None, rows
        )
        for identity, rows in groups.items()
    ]


def carried_out(consultation: Consultation, working: Edition) -> list[CarriedOut]:
    """What answers have changed in the working edition so far, in its order. Four queries."""
    changes = Change.objects.filter(
        edition=working, response__point__comment__contribution__consultation=consultation
    )
    groups: dict[UUID, list[int]] = {}
    for change in changes.order_by("pk"):
        groups.setdefault(change.identity, []).append(change.response_id)
    wanted = [pk for pks in groups.values() for pk in pks]
    responses = _with_point(Response.objects.all()).in_bulk(wanted)
    before = _passages(consultation.edition, groups)
    after = _passages(working, groups)
    found = [
        CarriedOut(
            Outcome(working, before.get(identity), after.get(identity)),
            [responses[pk] for pk in pks],
        )
        for identity, pks in groups.items()
    ]
    return sorted(found, key=lambda c: c.outcome.after.position if c.outcome.after else 0)


def working_edition(consultation: Consultation) -> Edition | None:
    """The edition that is being written for the consultation's paper, or None."""
    editions = Edition.objects.filter(
        strategy_id=consultation.strategy_id, state=EditionState.WORKING
    )
    return editions.select_related("strategy").first()


def last_edition(consultation: Consultation) -> Edition | None:
    """The newest edition of the consultation's paper, the one that a next one starts from."""
    editions = Edition.objects.filter(strategy_id=consultation.strategy_id)
    return editions.select_related("strategy").order_by("-number").first()


def _with_point(responses: QuerySet[Response]) -> QuerySet[Response]:
    return responses.select_related(
        "point__comment__passage__section", "point__comment__contribution__sender"
    )


def _passages(edition: Edition | None, identities: Iterable[UUID]) -> dict[UUID, Passage]:
    if edition is None:
        return {}
    rows = Passage.objects.filter(edition=edition, identity__in=list(identities))
    return {row.identity: row for row in rows.select_related("section")}
