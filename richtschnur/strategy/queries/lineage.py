"""What became of every passage between two editions: told from identities and descents alone."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from richtschnur.documents import lineage
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Descent, DropReason, Edition, Passage
from richtschnur.strategy.queries.lineage_words import word_changes
from richtschnur.strategy.states import Fate, PassageKind

__all__ = ["PassageFate", "compare", "word_changes"]

Identities = set[uuid.UUID]
_FORM = ("kind", "label", "marks", "caption", "picture_id", "language")


@dataclass(frozen=True)
class PassageFate:
    """What became of some passages: none, one or several on each side.

    `is_moved`: it also stands elsewhere in the order (fate moved, or changed as well).
    """

    fate: Fate
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]
    reason: str = ""
    is_moved: bool = False

    @property
    def changes(self) -> list[tuple[str, str]]:
        """Word by word: ("same"|"removed"|"added", words)."""
        return word_changes(
            "\n".join(p.text for p in self.before), "\n".join(p.text for p in self.after)
        )

    @property
    def has_other_words(self) -> bool:
        return [p.text for p in self.before] != [p.text for p in self.after]

    @property
    def caption_changes(self) -> list[tuple[str, str]]:
        """The same for the captions of one passage; empty when they are alike."""
        if len(self.before) != 1 or len(self.after) != 1:
            return []
        old, new = self.before[0].caption, self.after[0].caption
        return word_changes(old, new) if old != new else []

    @property
    def other_form(self) -> list[str]:
        """What else changed in one passage: names of its fields ("kind", "marks", …)."""
        if len(self.before) != 1 or len(self.after) != 1:
            return []
        old, new = self.before[0], self.after[0]
        form = [name for name in _FORM if getattr(old, name) != getattr(new, name)]
        if "marks" in form and old.text != new.text and not _has_other_marks(old, new):
            form.remove("marks")
        return form


def _has_other_marks(old: Passage, new: Passage) -> bool:
    """Whether other words stand out; where the words changed, places in them don't count."""
    marked = [
        sorted((mark.kind, mark.value, p.text[mark.start : mark.end]) for mark in p.marking)
        for p in (old, new)
    ]
    return marked[0] != marked[1]


def compare(old: Edition, new: Edition) -> list[PassageFate]:
    """The fate of every passage between two editions of one paper, in the new one's order.

    Each passage of both stands in exactly one fate; four queries, whatever the size.
    """
    if old.strategy_id != new.strategy_id:
        raise Refused(_("These editions belong to two papers and can't be compared."))
    before = {p.identity: p for p in old.passages.order_by("position", "id")}
    after = {p.identity: p for p in new.passages.order_by("position", "id")}
    heirs = _heirs(old, new, before, after)
    groups = _groups(heirs, before, after)
    moved = lineage.moved(*_single(groups, before, after))
    reasons = {r.identity: r.reason for r in DropReason.objects.filter(edition=new)}
    fates = [_fate(olds, news, before, after, moved, reasons) for olds, news in groups]
    return _in_order(fates, before, after)


def _heirs(
    old: Edition,
    new: Edition,
    before: Mapping[uuid.UUID, Passage],
    after: Mapping[uuid.UUID, Passage],
) -> dict[uuid.UUID, Identities]:
    """For each old identity those of the new edition that come from it, through all between."""
    holds: dict[uuid.UUID, Identities] = defaultdict(set)
    for identity in before:
        holds[identity].add(identity)
    between = Descent.objects.filter(
        edition__strategy_id=old.strategy_id,
        edition__number__gt=old.number,
        edition__number__lte=new.number,
    ).order_by("edition__number", "id")
    rows = between.values_list("edition__number", "from_identity", "to_identity")
    for _number, steps in groupby(rows, key=lambda row: row[0]):
        _pass_on([(source, target) for _n, source, target in steps], holds)
    heirs: dict[uuid.UUID, Identities] = {identity: set() for identity in before}
    for identity, origins in holds.items():
        if identity in after:
            for origin in origins:
                heirs[origin].add(identity)
    return heirs


def _pass_on(steps: list[tuple[uuid.UUID, uuid.UUID]], holds: dict[uuid.UUID, Identities]) -> None:
    """One edition's descents; they may follow one another in any order."""
    has_more = True
    while has_more:
        has_more = False
        for source, target in steps:
            more = holds.get(source, set()) - holds.get(target, set())
            if more:
                holds[target] |= more
                has_more = True


def _groups(
    heirs: Mapping[uuid.UUID, Identities],
    before: Mapping[uuid.UUID, Passage],
    after: Mapping[uuid.UUID, Passage],
) -> list[tuple[list[uuid.UUID], list[uuid.UUID]]]:
    """Identities that hang together, each side in its order; every one in exactly one group."""
    origins: dict[uuid.UUID, Identities] = {identity: set() for identity in after}
    for identity, found in heirs.items():
        for heir in found:
            origins[heir].add(identity)
    groups = []
    seen_old: Identities = set()
    seen_new: Identities = set()
    for identity in before:
        if identity in seen_old:
            continue
        olds, news, waiting = {identity}, set[uuid.UUID](), [identity]
        while waiting:
            fresh = heirs[waiting.pop()] - news
            news |= fresh
            more = {origin for heir in fresh for origin in origins[heir]} - olds
            olds |= more
            waiting += more
        seen_old |= olds
        seen_new |= news
        groups.append((_sorted(olds, before), _sorted(news, after)))
    groups += [([], [identity]) for identity in after if identity not in seen_new]
    return groups


def _sorted(found: Identities, passages: Mapping[uuid.UUID, Passage]) -> list[uuid.UUID]:
    return sorted(found, key=lambda identity: (passages[identity].position, passages[identity].pk))


def _single(
    groups: Iterable[tuple[list[uuid.UUID], list[uuid.UUID]]],
    before: Mapping[uuid.UUID, Passage],
    after: Mapping[uuid.UUID, Passage],
) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """What was one passage and is one, named by the old identity, in the old and the new order."""
    heir = {olds[0]: news[0] for olds, news in groups if len(olds) == len(news) == 1}
    place = {identity: at for at, identity in enumerate(after)}
    return [i for i in before if i in heir], sorted(heir, key=lambda i: place[heir[i]])


def _fate(
    olds: list[uuid.UUID],
    news: list[uuid.UUID],
    before: Mapping[uuid.UUID, Passage],
    after: Mapping[uuid.UUID, Passage],
    moved: Identities,
    reasons: Mapping[uuid.UUID, str],
) -> PassageFate:
    left, right = tuple(before[i] for i in olds), tuple(after[i] for i in news)
    if not news:
        return PassageFate(Fate.DROPPED, left, right, reasons.get(olds[0], ""))
    if not olds:
        return PassageFate(Fate.ADDED, left, right)
    if len(olds) > 1:
        return PassageFate(Fate.MERGED, left, right)
    if len(news) > 1:
        return PassageFate(Fate.SPLIT, left, right)
    is_moved = olds[0] in moved
    if _is_changed(left[0], right[0]):
        return PassageFate(Fate.CHANGED, left, right, is_moved=is_moved)
    return PassageFate(Fate.MOVED if is_moved else Fate.KEPT, left, right, is_moved=is_moved)


def _is_changed(old: Passage, new: Passage) -> bool:
    """Whether words or form differ."""
    if old.text != new.text or any(getattr(old, name) != getattr(new, name) for name in _FORM):
        return True
    return old.kind == PassageKind.ITEM and old.level != new.level


def _in_order(
    fates: list[PassageFate],
    before: Mapping[uuid.UUID, Passage],
    after: Mapping[uuid.UUID, Passage],
) -> list[PassageFate]:
    """The new edition's order; dropped ones behind what stayed before them."""
    place = {p.pk: at for at, p in enumerate(after.values())}
    stays = {
        p.pk: place[fate.after[0].pk]
        for fate in fates
        if fate.after and not fate.is_moved
        for p in fate.before
    }
    behind: dict[int, tuple[float, int]] = {}
    last = -1
    for at, passage in enumerate(before.values()):
        last = stays.get(passage.pk, last)
        behind[passage.pk] = last + 0.5, at
    return sorted(
        fates,
        key=lambda fate: (
            (float(place[fate.after[0].pk]), 0) if fate.after else behind[fate.before[0].pk]
        ),
    )
