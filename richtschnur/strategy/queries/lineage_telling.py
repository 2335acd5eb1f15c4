"""What changed between two editions, told section by section, a page at a time."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from richtschnur.strategy.models import Edition, Section
from richtschnur.strategy.queries.lineage import PassageFate, compare
from richtschnur.strategy.queries.lineage_words import Change, word_changes
from richtschnur.strategy.queries.telling import section_paths
from richtschnur.strategy.states import Fate, PassageKind

FATES_A_PAGE = 60


@dataclass(frozen=True)
class ToldFate:
    """A fate with where it came from (`came_from`: a section's path) and notes about its form."""

    told: PassageFate
    came_from: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class ChangedSection:
    """Fates under the heading under which they stand, or stood.

    `former` is what the heading said before, as changes. `moved` is set on the topmost section
    that was moved with all that stands in it: where it stood, in the old edition's numbers.
    """

    key: int
    title: str
    fates: list[ToldFate] = field(default_factory=list)
    former: list[Change] = field(default_factory=list)
    moved: MovedSection | None = None
    continues: bool = False


@dataclass(frozen=True)
class MovedSection:
    """Passages `first` to `last` of the old edition, which stood behind the section `behind`."""

    first: int
    last: int
    behind: str


@dataclass(frozen=True)
class Told:
    """All that changed: numbers of each fate, moved sections once, and the pages of groups."""

    counts: list[tuple[Fate, int]]
    moved_sections: int
    pages: list[list[ChangedSection]]

    def places(self) -> list[tuple[str, int, int, int]]:
        """For a table of contents: (title, section, page from 1, how many fates)."""
        found: dict[int, tuple[str, int, int, int]] = {}
        for number, groups in enumerate(self.pages, start=1):
            for group in groups:
                title, key, page, count = found.get(group.key, (group.title, group.key, number, 0))
                found[group.key] = title, key, page, count + len(group.fates)
        return list(found.values())


def tell_changes(old: Edition, new: Edition, *, is_all: bool = False) -> Told:
    """Compare two editions and sort what changed by section; `is_all` tells what was kept, too.

    Eight queries, whatever the size; words are compared only when a fate's `changes` are asked.
    """
    fates = compare(old, new)
    olds, news = list(old.sections.order_by("position")), list(new.sections.order_by("position"))
    moved = _moved_branches(olds, news, fates)
    with_branch = {pk for branch in moved.values() for pk in branch.sections}
    telling = _Telling(old, new, olds, news, moved, with_branch)
    counts = Counter(entry.fate for entry in fates)
    groups = telling.groups(fates, is_all)
    return Told([(fate, counts[fate]) for fate in Fate if counts[fate]], len(moved), _paged(groups))


@dataclass(frozen=True)
class _Branch:
    """A moved section with those below it: their keys and its place in the old edition."""

    sections: frozenset[int]
    place: MovedSection


class _Telling:
    def __init__(
        self,
        old: Edition,
        new: Edition,
        olds: Sequence[Section],
        news: Sequence[Section],
        moved: dict[int, _Branch],
        with_branch: set[int],
    ) -> None:
        self._titles = section_paths(old, olds) | section_paths(new, news)
        by_identity = {s.identity: s for s in olds}
        self._same = {s.pk: by_identity[s.identity].pk for s in news if s.identity in by_identity}
        self._former = {
            s.pk: word_changes(by_identity[s.identity].title, s.title)
            for s in news
            if s.identity in by_identity and by_identity[s.identity].title != s.title
        }
        # A dropped passage stands where its section still is.
        self._heir = {old_pk: new_pk for new_pk, old_pk in self._same.items()}
        self._news = news
        self._moved, self._with_branch = moved, with_branch

    def groups(self, fates: Iterable[PassageFate], is_all: bool) -> list[ChangedSection]:
        """A new group where the section changes; sections that moved or were renamed, too."""
        by_section: dict[int, list[ToldFate]] = defaultdict(list)
        order: list[int] = []
        for fate in fates:
            key = self._section(fate)
            if key not in by_section:
                order.append(key)
            told = self._told(fate, key)
            by_section[key] += [told] if told and (is_all or told.told.fate != Fate.KEPT) else []
        order = self._with_silent(order)
        groups = []
        for key in order:
            branch = self._moved.get(key)
            group = ChangedSection(
                key, self._titles[key], by_section[key], self._former.get(key, [])
            )
            group.moved = branch.place if branch else None
            if group.fates or group.former or group.moved:
                groups.append(group)
        return groups

    def _with_silent(self, order: list[int]) -> list[int]:
        """In the new edition's order, with sections that have something to tell but no passages.

        A section that is gone stands behind the one after which it was met.
        """
        silent = [s.pk for s in self._news if s.pk not in order]
        silent = [pk for pk in silent if pk in self._moved or pk in self._former]
        place = {s.pk: float(at) for at, s in enumerate(self._news)}
        last = -1.0
        for key in order:
            last = place.setdefault(key, last + 0.001)
        return sorted([*order, *silent], key=lambda pk: place[pk])

    def _section(self, fate: PassageFate) -> int:
        passage = (fate.after or fate.before)[0]
        return (
            passage.section_id
            if fate.after
            else self._heir.get(passage.section_id, passage.section_id)
        )

    def _told(self, fate: PassageFate, key: int) -> ToldFate | None:
        """What moved along with its whole section is not told by itself."""
        came_from = ""
        if fate.is_moved and key not in self._with_branch:
            came_from = self._titles[fate.before[0].section_id]
        elif fate.fate == Fate.MOVED:
            fate = PassageFate(Fate.KEPT, fate.before, fate.after)
        return ToldFate(fate, came_from, tuple(_notes(fate)))


def _notes(fate: PassageFate) -> list[str]:
    """What else changed than the words, in words."""
    if fate.fate != Fate.CHANGED:
        return []
    old, new = fate.before[0], fate.after[0]
    said = {
        "kind": lambda: (
            _("From %(old)s to %(new)s.")
            % {"old": PassageKind(old.kind).label, "new": PassageKind(new.kind).label}
        ),
        "label": lambda: (
            _("Number: “%(old)s” became “%(new)s”.")
            % {"old": old.label or "–", "new": new.label or "–"}
        ),
        "marks": lambda: _("Other words stand out or are linked (bold, italics, links)."),
        "picture_id": lambda: _("Another picture."),
        "language": lambda: _("Marked as another language."),
    }
    notes = [said[name]() for name in fate.other_form if name in said]
    if old.level != new.level and old.kind == new.kind == PassageKind.ITEM:
        notes.append(pgettext("list item", "Indented otherwise."))
    return notes


def _moved_branches(
    olds: Sequence[Section], news: Sequence[Section], fates: Iterable[PassageFate]
) -> dict[int, _Branch]:
    """The topmost sections of which everything that stayed in them moved with them."""
    single: dict[int, list[PassageFate]] = defaultdict(list)
    for fate in fates:
        if len(fate.before) == len(fate.after) == 1:
            single[fate.after[0].section_id].append(fate)
    by_identity = {s.identity: at for at, s in enumerate(olds)}
    found: dict[int, _Branch] = {}
    at = 0
    while at < len(news):
        end = _end(news, at)
        branch = _branch(olds, news[at:end], by_identity, single)
        if branch:
            found[news[at].pk] = branch
        at = end if branch else at + 1
    return found


def _end(sections: Sequence[Section], at: int) -> int:
    end = at + 1
    while end < len(sections) and sections[end].level > sections[at].level:
        end += 1
    return end


def _branch(
    olds: Sequence[Section],
    news: Sequence[Section],
    by_identity: dict[uuid.UUID, int],
    single: dict[int, list[PassageFate]],
) -> _Branch | None:
    start = by_identity.get(news[0].identity)
    if start is None:
        return None
    inside = {s.pk for s in olds[start : _end(olds, start)]}
    stayed = [fate for s in news for fate in single[s.pk] if fate.before[0].section_id in inside]
    if not stayed or not all(fate.is_moved for fate in stayed):
        return None
    numbers = [fate.before[0].number for fate in stayed]
    behind = str(olds[start - 1]) if start else ""
    place = MovedSection(min(numbers), max(numbers), behind)
    return _Branch(frozenset(s.pk for s in news), place)


def _paged(groups: list[ChangedSection]) -> list[list[ChangedSection]]:
    """Pages of about FATES_A_PAGE fates; a long section goes on on the next page."""
    pages: list[list[ChangedSection]] = [[]]
    room = FATES_A_PAGE
    for group in groups:
        rest = group
        while len(rest.fates) > room:
            head, tail = rest.fates[:room], rest.fates[room:]
            if head or not pages[-1]:
                pages[-1].append(
                    ChangedSection(
                        rest.key, rest.title, head, rest.former, rest.moved, rest.continues
                    )
                )
                rest = ChangedSection(rest.key, rest.title, tail, continues=True)
            pages.append([])
            room = FATES_A_PAGE
        pages[-1].append(rest)
        room -= len(rest.fates)
    return [page for page in pages if page]
