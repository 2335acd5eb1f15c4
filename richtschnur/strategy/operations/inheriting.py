"""A draft that came in again takes over identities: of passages, sections and elements."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence

from richtschnur.documents import structure
from richtschnur.strategy.models import Descent, DescentProposal, Edition, Element, Passage
from richtschnur.strategy.queries.lineage_proposals import (
    Decisions,
    Proposed,
    ProposedFate,
    propose,
)
from richtschnur.strategy.states import Fate


class Inheritance:
    """What the next edition's parts have from those of its predecessor.

    `sections` and `passages` give identities by index (passages counted through the outline);
    what is missing is new.
    """

    def __init__(
        self,
        predecessor: Edition | None,
        outline: structure.Outline,
        decisions: Decisions | None = None,
    ) -> None:
        self.predecessor = predecessor
        self._proposed = propose(predecessor, outline, decisions) if predecessor else Proposed([])
        self.sections = {at: s.identity for at, s in self._proposed.sections.items()}
        self.passages: dict[int, uuid.UUID] = {}
        for fate in self._proposed.fates:
            if fate.is_automatic and fate.before and fate.after:
                self.passages[fate.after[0]] = fate.before[0].identity

    def keep(self, edition: Edition, passages: Sequence[Passage]) -> None:
        """Store descents, and what a person should confirm or answer."""
        descents, proposals = [], []
        for fate in self._proposed.fates:
            if fate.is_automatic:
                descents += _descents(edition, fate, passages)
            if not (fate.is_automatic and fate.is_exact):
                proposals.append(_proposal(edition, fate, passages))
        Descent.objects.bulk_create(descents, batch_size=500)
        DescentProposal.objects.bulk_create(proposals, batch_size=500)

    def pass_on_elements(self, elements: Sequence[Element]) -> None:
        """Give elements the identity of the predecessor's that they correspond to; not saved."""
        if self.predecessor is None:
            return
        olds = list(
            self.predecessor.elements.select_related("section", "passage").order_by("position")
        )
        news = list(elements)
        for by in (_place_and_title, _place, _title):
            olds, news = _match(by, olds, news)


def _descents(edition: Edition, fate: ProposedFate, passages: Sequence[Passage]) -> list[Descent]:
    """The first passage keeps the identity; the others descend from it, or it from them."""
    if fate.fate == Fate.SPLIT:
        pairs = [(fate.before[0].identity, passages[at].identity) for at in fate.after[1:]]
    elif fate.fate == Fate.MERGED:
        pairs = [(old.identity, passages[fate.after[0]].identity) for old in fate.before[1:]]
    else:
        return []
    return [Descent(edition=edition, from_identity=old, to_identity=new) for old, new in pairs]


def _proposal(edition: Edition, fate: ProposedFate, passages: Sequence[Passage]) -> DescentProposal:
    """An orphan's candidates stand on its other side."""
    before = fate.before or fate.may_be_before
    after = fate.after or fate.may_be_after
    return DescentProposal(
        edition=edition,
        fate=fate.fate,
        from_identities=[str(p.identity) for p in before],
        to_identities=[str(passages[at].identity) for at in after],
        certainty=fate.certainty,
        is_applied=fate.is_automatic,
    )


Key = tuple[object, ...]


def _place_and_title(element: Element) -> Key:
    return (*_place(element), _folded(element))


def _place(element: Element) -> Key:
    anchor = element.passage or element.section
    return element.kind, element.passage is not None, anchor.identity


def _title(element: Element) -> Key:
    return element.kind, _folded(element)


def _folded(element: Element) -> str:
    return " ".join(element.title.lower().split()).strip(" .;:")


def _match(
    by: Callable[[Element], Key], olds: list[Element], news: list[Element]
) -> tuple[list[Element], list[Element]]:
    """Pass identities on where a key has exactly one old and one new element; what is left."""
    left: dict[Key, list[Element]] = defaultdict(list)
    right: dict[Key, list[Element]] = defaultdict(list)
    for old in olds:
        left[by(old)].append(old)
    for new in news:
        right[by(new)].append(new)
    pairs = {key for key, found in right.items() if len(found) == len(left[key]) == 1}
    for key in pairs:
        right[key][0].identity = left[key][0].identity
    return [o for o in olds if by(o) not in pairs], [n for n in news if by(n) not in pairs]
