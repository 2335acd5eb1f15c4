"""What the public log says about an answer: each decision, the answer as a whole, the outcome."""

from __future__ import annotations

import hashlib
from datetime import datetime

import rfc8785

from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import record_outcome
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.states import ENDED
from richtschnur.journal.actors import Actor
from richtschnur.journal.kinds import OUTCOMES, RECEIVED, LeafKind
from richtschnur.journal.log import new_leaf
from richtschnur.journal.models import JournalEntry, Leaf
from richtschnur.journal.queries import leaves_about


def digest_of(response: Response) -> str:
    """SHA-256 of an answer's words, for the journal: they can't be altered later."""
    said = {
        "decision": response.decision,
        "forwarded_to": response.forwarded_to,
        "reason": response.reason,
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def log_decision(point: Point, entry: JournalEntry, by: Actor, at: datetime) -> None:
    """One leaf for the decision; when it was the last one that was missing, one for all."""
    contribution = point.comment.contribution
    leaves = leaves_about(contribution.subject)
    _write(LeafKind.DECISION, contribution, leaves, entry, by, at)
    is_open = Point.objects.filter(comment__contribution=contribution)
    if is_open.exclude(state__in=ENDED).exists():
        return
    if not any(leaf.kind == LeafKind.ANSWERED for leaf in leaves):
        _write(LeafKind.ANSWERED, contribution, leaves, entry, by, at)
    keep_outcome(contribution, leaves, by, at)


def log_nothing_to_answer(entry: JournalEntry, contribution: Contribution, by: Actor) -> None:
    """No remarks need no reason, nor do answers that are only counted: they are answered with this.

    Nothing of them is shown alone.
    """
    leaves = leaves_about(contribution.subject)
    _write(LeafKind.ANSWERED, contribution, leaves, entry, by, entry.at)
    record_outcome(contribution=contribution, kind=LeafKind.WITHHELD, by=by, at=entry.at)


def keep_outcome(
    contribution: Contribution, leaves: list[Leaf], by: Actor, at: datetime
) -> Leaf | None:
    """Published as soon as any of its words may be read by all, withheld once it is answered."""
    points = Point.objects.filter(comment__contribution=contribution)
    present = next((leaf.kind for leaf in reversed(leaves) if leaf.kind in OUTCOMES), "")
    was_answered = any(leaf.kind == LeafKind.ANSWERED for leaf in leaves)
    if points.filter(are_words_public=True).exists():
        kind = LeafKind.PUBLISHED
    elif present or was_answered or not points.exclude(state__in=ENDED).exists():
        kind = LeafKind.WITHHELD
    else:
        return None
    if kind not in OUTCOMES[present]:
        return None
    return record_outcome(contribution=contribution, kind=kind, by=by, at=at)


def _write(
    kind: LeafKind,
    contribution: Contribution,
    leaves: list[Leaf],
    entry: JournalEntry,
    by: Actor,
    at: datetime,
) -> None:
    received = next((leaf for leaf in leaves if leaf.kind in RECEIVED), None)
    if received is None:
        return
    new_leaf(
        kind=kind,
        commitment=entry.commitment,
        subject=contribution.subject,
        by=by,
        at=at,
        of=received.uid,
    )
