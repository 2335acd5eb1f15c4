"""What became of every passage between two editions, and of its words."""

from __future__ import annotations

import bisect
import difflib
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Descent, DropReason, Edition, Passage
from richtschnur.strategy.states import Fate


@dataclass(frozen=True)
class PassageFate:
    """What became of some passages: none, one or several on each side."""

    fate: Fate
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]
    reason: str = ""

    @property
    def changes(self) -> list[tuple[str, str]]:
        """Word by word: ("same"|"removed"|"added", words)."""
        return word_changes(
            "\n".join(p.text for p in self.before), "\n".join(p.text for p in self.after)
        )


def compare(old: Edition, new: Edition) -> list[PassageFate]:
    """The fate of every passage between two editions of one paper, in the new one's order."""
    if old.strategy_id != new.strategy_id:
        raise Refused(_("These editions belong to two papers and can't be compared."))
    before = {p.identity: p for p in old.passages.order_by("position", "id")}
    after = {p.identity: p for p in new.passages.order_by("position", "id")}
    heirs = _heirs(old, new, before, after)
    ancestors: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for identity, successors in heirs.items():
        for successor in successors:
            ancestors[successor].append(identity)
    moved = _moved(list(before), list(after))
    reasons = {r.identity: r.reason for r in DropReason.objects.filter(edition=new)}
    return _in_order(before, after, heirs, ancestors, moved, reasons)


def _heirs(
    old: Edition, new: Edition, before: dict[uuid.UUID, Passage], after: dict[uuid.UUID, Passage]
) -> dict[uuid.UUID, list[uuid.UUID]]:
    """For each old identity those of the new edition that come from it, through all between."""
    steps: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    between = Descent.objects.filter(
        edition__strategy_id=old.strategy_id,
        edition__number__gt=old.number,
        edition__number__lte=new.number,
    )
    for descent in between.order_by("edition__number", "id"):
        steps[descent.from_identity].append(descent.to_identity)
    heirs = {}
    for identity in before:
        reached, waiting = [identity], [identity]
        while waiting:
            for following in steps.get(waiting.pop(), ()):
                if following not in reached:
                    reached.append(following)
                    waiting.append(following)
        heirs[identity] = [found for found in reached if found in after]
    return heirs


def _moved(old: list[uuid.UUID], new: list[uuid.UUID]) -> set[uuid.UUID]:
    """Those that changed their place: all outside the longest run that kept its order."""
    place = {identity: index for index, identity in enumerate(old)}
    shared = [identity for identity in new if identity in place]
    best: list[int] = []
    links: list[tuple[uuid.UUID, int]] = []
    tails: list[int] = []
    previous: list[int | None] = []
    for identity in shared:
        index = bisect.bisect_left(best, place[identity])
        previous.append(tails[index - 1] if index else None)
        links.append((identity, place[identity]))
        if index == len(best):
            best.append(place[identity])
            tails.append(len(links) - 1)
        else:
            best[index] = place[identity]
            tails[index] = len(links) - 1
    kept, at = set(), tails[-1] if tails else None
    while at is not None:
        kept.add(links[at][0])
        at = previous[at]
    return set(shared) - kept


def _in_order(
    before: dict[uuid.UUID, Passage],
    after: dict[uuid.UUID, Passage],
    heirs: dict[uuid.UUID, list[uuid.UUID]],
    ancestors: dict[uuid.UUID, list[uuid.UUID]],
    moved: set[uuid.UUID],
    reasons: dict[uuid.UUID, str],
) -> list[PassageFate]:
    fates: list[PassageFate] = []
    told: set[uuid.UUID] = set()
    dropped = [identity for identity in before if not heirs[identity]]

    def tell_dropped(up_to: int | None) -> None:
        while dropped and (up_to is None or before[dropped[0]].position < up_to):
            identity = dropped.pop(0)
            fates.append(
                PassageFate(Fate.DROPPED, (before[identity],), (), reasons.get(identity, ""))
            )

    for identity, passage in after.items():
        if identity in told:
            continue
        origins = ancestors.get(identity, [])
        if not origins:
            fates.append(PassageFate(Fate.ADDED, (), (passage,)))
            continue
        tell_dropped(before[origins[0]].position)
        successors = heirs[origins[0]] if len(origins) == 1 else [identity]
        told.update(successors)
        fates.append(_fate(origins, successors, before, after, moved))
    tell_dropped(None)
    return fates


def _fate(
    origins: Iterable[uuid.UUID],
    successors: list[uuid.UUID],
    before: dict[uuid.UUID, Passage],
    after: dict[uuid.UUID, Passage],
    moved: set[uuid.UUID],
) -> PassageFate:
    old = tuple(before[i] for i in origins)
    new = tuple(after[i] for i in successors)
    if len(old) > 1:
        fate = Fate.MERGED
    elif len(new) > 1:
        fate = Fate.SPLIT
    elif old[0].text != new[0].text:
        fate = Fate.CHANGED
    else:
        fate = Fate.MOVED if new[0].identity in moved else Fate.KEPT
    return PassageFate(fate, old, new)


def word_changes(old: str, new: str) -> list[tuple[str, str]]:
    """How one text became the other, word by word: ("same"|"removed"|"added", text) in order."""
    a, b = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    changes: list[tuple[str, str]] = []
    plain_a, plain_b = [w.strip() for w in a], [w.strip() for w in b]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, plain_a, plain_b, False).get_opcodes():
        if tag == "equal":
            changes.append(("same", "".join(b[j1:j2])))
            continue
        if i1 < i2:
            changes.append(("removed", "".join(a[i1:i2])))
        if j1 < j2:
            changes.append(("added", "".join(b[j1:j2])))
    return changes
