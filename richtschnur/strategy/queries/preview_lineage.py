"""What would become of the last edition's passages if the draft were stored as the next one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from richtschnur.documents.structure.as_data import to_outline
from richtschnur.documents.structure.draft import Draft
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries.lineage_proposals import ProposedFate, propose_lineage
from richtschnur.strategy.queries.lineage_words import word_changes
from richtschnur.strategy.states import Fate

SHOWN_FATES = 150


@dataclass(frozen=True)
class ShownFate:
    """One fate that is more than "kept"; `at` is the key of the first place in the draft.

    `asks`: it is not sure, and a person is asked after storing.
    """

    fate: Fate
    changes: list[tuple[str, str]]
    at: int | None
    asks: bool


@dataclass(frozen=True)
class ShownLineage:
    """How many passages have which fate, the first SHOWN_FATES of those that are not kept."""

    predecessor: Edition
    counts: list[tuple[Fate, int]]
    asks: int
    fates: list[ShownFate] = field(default_factory=list)
    more: int = 0


def shown_lineage(predecessor: Edition, draft: Draft) -> ShownLineage:
    """The proposal for this draft as it stands; three queries, nothing is stored."""
    fates = propose_lineage(predecessor, to_outline(draft))
    counted = Counter(one.fate for one in fates)
    counts = [(fate, counted[fate]) for fate in Fate if counted[fate]]
    told = [one for one in fates if one.fate != Fate.KEPT or not one.is_automatic]
    told.sort(key=lambda one: one.is_automatic)
    places = [passage for section in draft.sections for passage in section.passages]
    shown = []
    for one in told[:SHOWN_FATES]:
        after = [places[index] for index in one.after]
        key = after[0].key if after else None
        new = "\n".join(passage.text for passage in after)
        shown.append(ShownFate(one.fate, _changes(one, new), key, not one.is_automatic))
    asks = sum(not one.is_automatic for one in fates)
    return ShownLineage(predecessor, counts, asks, shown, len(told) - len(shown))


def _changes(one: ProposedFate, new: str) -> list[tuple[str, str]]:
    return word_changes("\n".join(passage.text for passage in one.before), new)
