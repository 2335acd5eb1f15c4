"""What became of the last edition's passages in a draft that came in again: only proposed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from richtschnur.documents import lineage, structure
from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.states import Fate

# What a person has decided already: index of a passage of the outline (counted through the whole
# outline from 0) → identities that it comes from; () says that it is new.
Decisions = Mapping[int, tuple[uuid.UUID, ...]]


@dataclass(frozen=True)
class ProposedFate:
    """What became of some passages of the predecessor.

    `before` are the predecessor's passages, `after` indexes of the outline's passages, counted
    through the whole outline from 0 (`outlined_passages`). `certainty` is 0..1. `is_automatic`:
    it is carried out when the outline is stored; a person confirms it afterwards, unless
    `is_exact` (not a word differs). Otherwise it asks: it has one passage, in `before` (fate
    dropped) or in `after` (added), which may be one of `may_be_before` or `may_be_after`, the
    likeliest first. `is_moved`: it stands elsewhere in the order, also when its words changed.
    """

    fate: Fate
    before: tuple[Passage, ...]
    after: tuple[int, ...]
    certainty: float
    is_automatic: bool
    is_exact: bool = False
    is_moved: bool = False
    may_be_before: tuple[Passage, ...] = ()
    may_be_after: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """All fates in the outline's order, and which old section a new one is: {index: section}."""

    fates: list[ProposedFate]
    sections: dict[int, Section] = field(default_factory=dict)


def latest_edition(strategy_id: int) -> Edition | None:
    """The edition that the next one of this paper is to be compared with: the newest."""
    editions = Edition.objects.filter(strategy_id=strategy_id).select_related("strategy")
    return editions.order_by("-number").first()


def outlined_passages(
    outline: structure.Outline,
) -> Iterator[tuple[int, int, structure.OutlinePassage]]:
    """The outline's passages in the order in which they are counted: (section, place, passage)."""
    for index, section in enumerate(outline.sections):
        for place, passage in enumerate(section.passages):
            yield index, place, passage


def propose_lineage(predecessor: Edition, outline: structure.Outline) -> list[ProposedFate]:
    """The fate of every passage of both, each in exactly one; three queries, nothing is stored.

    The same is asked again when the outline is stored (`keep_outline(into=…)`), so what a preview
    shows is what happens.
    """
    return propose(predecessor, outline).fates


def propose(
    predecessor: Edition, outline: structure.Outline, decisions: Decisions | None = None
) -> Proposed:
    """The same with the sections, and with what a person has decided already in force."""
    sections = list(predecessor.sections.order_by("position"))
    passages = list(predecessor.passages.select_related("picture").order_by("position", "id"))
    traced = lineage.trace(_stored(sections, passages), _outlined(outline))
    fates = [_proposed(strand, passages) for strand in traced.strands]
    if decisions:
        fates = _decided(fates, passages, decisions)
    return Proposed(fates, {new: sections[old] for new, old in traced.sections.items()})


def _stored(sections: Sequence[Section], passages: Sequence[Passage]) -> lineage.Manuscript:
    place = {section.pk: index for index, section in enumerate(sections)}
    return lineage.Manuscript(
        tuple(lineage.Heading(s.title, s.number, s.level) for s in sections),
        tuple(
            lineage.Piece(
                p.text,
                place[p.section_id],
                p.kind,
                p.caption,
                p.picture.sha256 if p.picture else "",
            )
            for p in passages
        ),
    )


def _outlined(outline: structure.Outline) -> lineage.Manuscript:
    return lineage.Manuscript(
        tuple(lineage.Heading(s.title, s.number, s.level) for s in outline.sections),
        tuple(
            lineage.Piece(p.text, index, p.kind, p.caption, p.picture)
            for index, _place, p in outlined_passages(outline)
        ),
    )


def _proposed(strand: lineage.Strand, passages: Sequence[Passage]) -> ProposedFate:
    asks_old = strand.fate == "dropped"
    return ProposedFate(
        Fate(strand.fate),
        tuple(passages[at] for at in strand.before),
        strand.after,
        strand.certainty,
        strand.is_automatic,
        strand.is_exact,
        strand.is_moved,
        () if asks_old else tuple(passages[at] for at in strand.candidates),
        strand.candidates if asks_old else (),
    )


def _decided(
    fates: list[ProposedFate], passages: Sequence[Passage], decisions: Decisions
) -> list[ProposedFate]:
    """What a person said goes first; what that takes from other fates becomes a question."""
    by_identity = {p.identity: p for p in passages}
    known = {
        at: tuple(by_identity[i] for i in origins if i in by_identity)
        for at, origins in decisions.items()
    }
    taken = {p.pk for origins in known.values() for p in origins}
    kept: list[ProposedFate] = []
    for fate in fates:
        if not (taken & {p.pk for p in fate.before}) and not (known.keys() & set(fate.after)):
            kept.append(fate)
            continue
        kept += [_asking(Fate.DROPPED, (p,), ()) for p in fate.before if p.pk not in taken]
        kept += [_asking(Fate.ADDED, (), (at,)) for at in fate.after if at not in known]
    return [_without(fate, taken, known) for fate in kept] + _said(known)


def _asking(fate: Fate, before: tuple[Passage, ...], after: tuple[int, ...]) -> ProposedFate:
    return ProposedFate(fate, before, after, 0.5, False)


def _without(fate: ProposedFate, taken: set[int], known: Mapping[int, object]) -> ProposedFate:
    """The same without candidates that a person has given away."""
    return replace(
        fate,
        may_be_before=tuple(p for p in fate.may_be_before if p.pk not in taken),
        may_be_after=tuple(at for at in fate.may_be_after if at not in known),
    )


def _said(known: Mapping[int, tuple[Passage, ...]]) -> list[ProposedFate]:
    """The decisions as fates; several with the same origin are one split."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for at, origins in sorted(known.items()):
        groups.setdefault(tuple(p.pk for p in origins) or (-1, at), []).append(at)
    said = []
    for places in groups.values():
        origins = known[places[0]]
        fate = Fate.CHANGED if origins else Fate.ADDED
        if len(origins) > 1:
            fate = Fate.MERGED
        elif len(places) > 1:
            fate = Fate.SPLIT
        said.append(ProposedFate(fate, origins, tuple(places), 1.0, True, is_exact=True))
    return said
