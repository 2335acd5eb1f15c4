"""What is known so far about which passage is which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from richtschnur.documents.lineage.pieces import Manuscript
from richtschnur.documents.lineage.words import Said, take_apart, weigh


@dataclass(frozen=True, slots=True)
class Link:
    """Passages that were found to belong together; one on at least one side."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    certainty: float


@dataclass
class Matching:
    """Both editions taken apart, the links found so far, and the sections that correspond.

    `of_old` and `of_new` lead from a linked passage to those of the other edition; `sections`
    from a new section to its old one.
    """

    old: Manuscript
    new: Manuscript
    old_said: list[Said] = field(init=False)
    new_said: list[Said] = field(init=False)
    links: list[Link] = field(default_factory=list)
    of_old: dict[int, tuple[int, ...]] = field(default_factory=dict)
    of_new: dict[int, tuple[int, ...]] = field(default_factory=dict)
    sections: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.old_said = [take_apart(piece) for piece in self.old.pieces]
        self.new_said = [take_apart(piece) for piece in self.new.pieces]
        weigh([*self.old_said, *self.new_said])

    def link(self, before: Sequence[int], after: Sequence[int], certainty: float) -> None:
        """Take passages as belonging together. Each can be taken only once."""
        assert not any(at in self.of_old for at in before)
        assert not any(at in self.of_new for at in after)
        self.links.append(Link(tuple(before), tuple(after), certainty))
        self.of_old |= dict.fromkeys(before, tuple(after))
        self.of_new |= dict.fromkeys(after, tuple(before))

    def free_old(self) -> list[int]:
        return [at for at in range(len(self.old_said)) if at not in self.of_old]

    def free_new(self) -> list[int]:
        return [at for at in range(len(self.new_said)) if at not in self.of_new]

    def are_same_section(self, old: int, new: int) -> bool:
        """Whether the sections of two passages are known to be the same one."""
        there = self.sections.get(self.new.pieces[new].section)
        return there is not None and there == self.old.pieces[old].section

    def neighbours(self, old: int, new: int) -> int:
        """0 to 2: on how many sides the passages next to these two belong together."""
        before = old - 1 in self.of_old and new - 1 in self.of_old[old - 1]
        behind = old + 1 in self.of_old and new + 1 in self.of_old[old + 1]
        starts = old == 0 and new == 0
        ends = old + 1 == len(self.old_said) and new + 1 == len(self.new_said)
        return (before or starts) + (behind or ends)


class Gaps:
    """Between which linked passages the free ones stand; made anew when links were added."""

    def __init__(self, known: Matching) -> None:
        self.old = _around(len(known.old_said), known.of_old)
        around_new = _around(len(known.new_said), known.of_new)
        self.new = {
            at: (_other(known.of_new, left, -1), _other(known.of_new, right, 0))
            for at, (left, right) in around_new.items()
        }
        self._by_edge: dict[tuple[str, int | None], list[int]] = {}
        for at, (left, right) in self.new.items():
            self._by_edge.setdefault(("left", left), []).append(at)
            self._by_edge.setdefault(("right", right), []).append(at)

    def agreement(self, old: int, new: int) -> int:
        """0 to 2: how many edges of their gaps are the same."""
        one, other = self.old.get(old), self.new.get(new)
        if one is None or other is None:
            return 0
        return (one[0] == other[0]) + (one[1] == other[1])

    def opposite(self, old: int, most: int) -> list[int]:
        """The free new passages in the gaps that share an edge with the old one's.

        None when there are more than `most`: their place then says little.
        """
        left, right = self.old[old]
        one, other = self._by_edge.get(("left", left), []), self._by_edge.get(("right", right), [])
        if len(one) > most or len(other) > most:
            return []
        found = list(dict.fromkeys(one + other))
        return found if len(found) <= most else []


def _around(
    count: int, linked: dict[int, tuple[int, ...]]
) -> dict[int, tuple[int | None, int | None]]:
    left: list[int | None] = []
    last: int | None = None
    for at in range(count):
        left.append(last)
        if at in linked:
            last = at
    found: dict[int, tuple[int | None, int | None]] = {}
    following: int | None = None
    for at in range(count - 1, -1, -1):
        if at in linked:
            following = at
        else:
            found[at] = (left[at], following)
    return found


def _other(linked: dict[int, tuple[int, ...]], at: int | None, end: int) -> int | None:
    return None if at is None else linked[at][end]
