"""What the staff say to each other about passages."""

from __future__ import annotations

from dataclasses import dataclass

from richtschnur.strategy.models import Edition, Passage, Remark


def remarks_on(passage: Passage) -> list[Remark]:
    """The remarks on a passage in its edition, the open ones first."""
    found = Remark.objects.filter(edition_id=passage.edition_id, identity=passage.identity)
    return sorted(found, key=lambda remark: (remark.settled_at is not None, remark.written_at))


@dataclass(frozen=True)
class PlacedRemark:
    """A remark with the passage it speaks of, None when that does not stand there any more."""

    remark: Remark
    passage: Passage | None


def all_remarks(edition: Edition) -> list[PlacedRemark]:
    """The unsettled remarks of an edition in the order of its text; two queries."""
    found = list(Remark.objects.filter(edition=edition, settled_at__isnull=True))
    passages = edition.passages.filter(identity__in={remark.identity for remark in found})
    by_identity = {passage.identity: passage for passage in passages}
    placed = [PlacedRemark(remark, by_identity.get(remark.identity)) for remark in found]
    return sorted(placed, key=lambda one: one.passage.position if one.passage else 0)
