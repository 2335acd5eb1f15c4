"""Where each passage of a re-imported edition comes from: what asks, what wants a confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from richtschnur.strategy.models import DescentProposal, Edition, Passage
from richtschnur.strategy.queries.lineage_words import Change, word_changes
from richtschnur.strategy.states import Fate, ProposalState

A_PAGE = 20


@dataclass(frozen=True)
class Candidate:
    """A passage of the other edition that this one may be, with how the words differ."""

    passage: Passage
    changes: list[Change]


@dataclass
class Shown:
    """A proposal with its passages; `candidates` only when it asks."""

    proposal: DescentProposal
    before: list[Passage]
    after: list[Passage]
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        """Word by word from before to after."""
        return word_changes(
            "\n".join(p.text for p in self.before), "\n".join(p.text for p in self.after)
        )

    @property
    def asks_old(self) -> bool:
        """Whether it is the earlier edition's passage that nobody is sure about."""
        return self.proposal.fate == Fate.DROPPED


@dataclass(frozen=True)
class Waiting:
    """Open proposals by what they want: `asking` an answer, `sure` a look, `gone` a reason."""

    asking: list[DescentProposal]
    sure: list[DescentProposal]
    gone: list[DescentProposal]

    @property
    def count(self) -> int:
        return len(self.asking) + len(self.sure) + len(self.gone)


def waiting(edition: Edition) -> Waiting:
    """What of this edition's lineage nobody has confirmed yet; three queries.

    What became pointless while the edition was edited (a passage dropped, a reason given) does
    not ask any more. A dropped passage asks only when none of those it may be still does.
    """
    rows = list(edition.descent_proposals.filter(state=ProposalState.OPEN).order_by("id"))
    if not rows:
        return Waiting([], [], [])
    here = {str(i) for i in edition.passages.values_list("identity", flat=True)}
    told = {str(i) for i in edition.drop_reasons.values_list("identity", flat=True)}
    sure: list[DescentProposal] = []
    asking: list[DescentProposal] = []
    gone: list[DescentProposal] = []
    for row in rows:
        if row.fate == Fate.DROPPED:
            if not told.union(here).intersection(row.from_identities):
                gone.append(row)
        elif here.issuperset(row.to_identities):
            (sure if row.is_applied else asking).append(row)
    asked = {identity for row in asking for identity in row.to_identities}
    gone = [row for row in gone if not asked.intersection(row.to_identities)]
    return Waiting(asking, sure, gone)


def open_lineage(edition: Edition) -> int:
    """How many passages' origins nobody has confirmed yet; none in a frozen edition."""
    return waiting(edition).count if edition.is_working else 0


def shown(edition: Edition, rows: Iterable[DescentProposal]) -> list[Shown]:
    """These proposals with their passages; two queries."""
    rows = list(rows)
    old = _passages(edition.predecessor_id, (i for row in rows for i in row.from_identities))
    new = _passages(edition.pk, (i for row in rows for i in row.to_identities))
    return [_shown(row, old, new) for row in rows]


def _passages(edition_id: int | None, identities: Iterable[str]) -> dict[str, Passage]:
    found = Passage.objects.filter(edition_id=edition_id or 0, identity__in=set(identities))
    return {str(p.identity): p for p in found.select_related("section")}


def _shown(row: DescentProposal, old: dict[str, Passage], new: dict[str, Passage]) -> Shown:
    before = [old[i] for i in row.from_identities if i in old]
    after = [new[i] for i in row.to_identities if i in new]
    if row.is_applied:
        return Shown(row, before, after)
    if row.fate == Fate.DROPPED:
        pairs = [Candidate(p, word_changes(before[0].text, p.text)) for p in after if before]
        return Shown(row, before, [], pairs)
    pairs = [Candidate(p, word_changes(p.text, after[0].text)) for p in before if after]
    return Shown(row, [], after, pairs)
