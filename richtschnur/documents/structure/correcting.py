"""Corrections of structure: headings, levels, joining and cutting, kinds of passage.

Each takes a draft and changes it in place. Not a word changes or goes (`leaving_out`); elements
and doubts stay with their words. Raises Impossible when it can't be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from richtschnur.documents.marks import Mark, restored, stored, within
from richtschnur.documents.structure.draft import (
    DEEPEST,
    Draft,
    DraftElement,
    DraftPassage,
    DraftSection,
    Place,
)
from richtschnur.documents.structure.outline import PassageKind

Reason = Literal[
    "gone",  # no such place, element or doubt
    "first",  # nothing stands before it
    "level",  # beyond 1 to DEEPEST
    "kind",  # not with this kind of place
    "words",  # no such words, or none
    "parent",  # an element that can't be above this one
]
_UNSURE_ACROSS_A_CUT = 0.5
_WORDS: frozenset[PassageKind] = frozenset(("paragraph", "item", "quote", "note"))


class Impossible(Exception):
    """The correction can't be made; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def place_of(draft: Draft, key: int) -> Place:
    """The heading or passage with this key."""
    found = next((place for place in draft.places() if place.key == key), None)
    if found is None:
        raise Impossible("gone")
    return found


def section_of(draft: Draft, key: int) -> tuple[int, int | None]:
    """Where a place stands: its section's index, and its own in there (None: the heading)."""
    for at, section in enumerate(draft.sections):
        if section.key == key:
            return at, None
        for number, passage in enumerate(section.passages):
            if passage.key == key:
                return at, number
    raise Impossible("gone")


def branch(draft: Draft, at: int) -> range:
    """The indexes of section `at` and all that stand below it."""
    end = at + 1
    while end < len(draft.sections) and draft.sections[end].level > draft.sections[at].level:
        end += 1
    return range(at, end)


def passage_of(draft: Draft, key: int) -> tuple[DraftSection, int, DraftPassage]:
    at, number = section_of(draft, key)
    if number is None:
        raise Impossible("kind")
    return draft.sections[at], number, draft.sections[at].passages[number]


def _heading(draft: Draft, key: int) -> tuple[int, DraftSection]:
    at, number = section_of(draft, key)
    if number is not None:
        raise Impossible("kind")
    return at, draft.sections[at]


def set_title(draft: Draft, title: str) -> None:
    """Give the paper another title; the words of its headings stay."""
    if not title.strip():
        raise Impossible("words")
    draft.title = " ".join(title.split())


def set_level(draft: Draft, key: int, level: int, *, with_branch: bool = True) -> None:
    """Move a heading in or out, by default with everything below it."""
    at, section = _heading(draft, key)
    moved = [draft.sections[one] for one in branch(draft, at)] if with_branch else [section]
    shift = level - section.level
    if any(not 1 <= one.level + shift <= DEEPEST for one in moved):
        raise Impossible("level")
    for one in moved:
        one.level += shift


def to_passage(draft: Draft, key: int) -> None:
    """A heading becomes a paragraph of the section before it; its passages follow."""
    at, section = _heading(draft, key)
    if not section.text:
        raise Impossible("words")
    made = DraftPassage(
        section.key, "paragraph", section.text, number=section.number, elements=section.elements
    )
    if at == 0:
        draft.sections[0] = DraftSection(draft.new_key(), "", "", 1, [], [made, *section.passages])
        return
    draft.sections[at - 1].passages += [made, *section.passages]
    del draft.sections[at]


def to_heading(draft: Draft, key: int, level: int) -> None:
    """A passage becomes a heading; what stood behind it in its section stands below it."""
    above, number, passage = passage_of(draft, key)
    if passage.kind not in _WORDS or not passage.text:
        raise Impossible("kind")
    if not 1 <= level <= DEEPEST:
        raise Impossible("level")
    made = DraftSection(
        passage.key,
        passage.text,
        passage.number,
        level,
        passage.elements,
        above.passages[number + 1 :],
    )
    above.passages = above.passages[:number]
    at = draft.sections.index(above)
    draft.sections.insert(at + 1, made)
    if not above.text and not above.passages and not above.elements:
        del draft.sections[at]


def joins_with(draft: Draft, key: int) -> Place:
    """The place before this one with which it can be joined. Raises Impossible."""
    at, number = section_of(draft, key)
    if number is None:
        before = draft.sections[at - 1] if at else None
        if before is None:
            raise Impossible("first")
        if before.passages or not before.text:
            raise Impossible("kind")
        return before
    passages = draft.sections[at].passages
    this = passages[number]
    number -= 1
    while number >= 0 and passages[number].kind == "note" != this.kind:
        number -= 1  # a footnote stays behind the words that refer to it
    if number < 0:
        raise Impossible("first")
    both = {this.kind, passages[number].kind}
    if "picture" in both or ("table" in both and len(both) > 1):
        raise Impossible("kind")
    return passages[number]


def join_before(draft: Draft, key: int) -> int:
    """Join a place with the one before it; returns the key of what holds both."""
    that, (at, number) = joins_with(draft, key), section_of(draft, key)
    section = draft.sections[at]
    this: Place = section if number is None else section.passages[number]
    is_table = isinstance(this, DraftPassage) and this.kind == "table"
    that.text, shift = _joined(that.text, this, "\n" if is_table else " ")
    for one in this.elements:
        one.start, one.end = one.start + shift, one.end + shift
    that.elements += this.elements
    if isinstance(this, DraftPassage) and isinstance(that, DraftPassage):
        moved = within(restored(this.marks), 0, len(this.text), shift=shift)
        that.marks = stored((*restored(that.marks), *moved))
        section.passages.remove(this)
    elif isinstance(that, DraftSection):
        that.passages = section.passages
        del draft.sections[at]
    _move_doubts(draft, this.key, that.key)
    return that.key


def _joined(text: str, this: Place, between: str) -> tuple[str, int]:
    """Both texts, and by how much the second one's places move; its number comes along."""
    lead = f"{this.number} " if this.number else ""
    joined = f"{text}{between if text else ''}{lead}{this.text}"
    return joined, len(joined) - len(this.text)


def _move_doubts(draft: Draft, old: int, new: int) -> None:
    for doubt in draft.doubts:
        if doubt.at == old:
            doubt.at = new
    for left in draft.left_out:
        left.section = new if left.section == old else left.section
        left.after = new if left.after == old else left.after


def split(draft: Draft, key: int, at: int) -> int:
    """Cut a passage in two before the code point `at`; returns the key of the second part.

    An element across the cut stands in both parts and is unsure there. Footnotes go with the
    words that refer to them.
    """
    section, number, passage = passage_of(draft, key)
    text = passage.text
    end = len(text[:at].rstrip())
    begin = len(text) - len(text[at:].lstrip())
    if passage.kind == "picture":
        raise Impossible("kind")
    if not 0 < at < len(text) or not end or begin >= len(text):
        raise Impossible("words")
    second = DraftPassage(
        draft.new_key(),
        passage.kind,
        text[begin:],
        passage.level,
        marks=stored(within(_marks_behind(passage, end), begin, len(text))),
        language=passage.language,
    )
    passage.marks = stored(within(restored(passage.marks), 0, end))
    passage.text = text[:end]
    elements, passage.elements = passage.elements, []
    for one in elements:
        if one.end > begin:
            second.elements.append(_behind_the_cut(draft, one, end, begin))
        if one.start < end:
            before = replace(one, end=min(one.end, end))
            passage.elements.append(before)
    section.passages.insert(_behind_its_notes(section, number), second)
    return second.key


def _marks_behind(passage: DraftPassage, end: int) -> list[Mark]:
    return [one for one in restored(passage.marks) if one.kind != "note" or one.start > end]


def _behind_the_cut(draft: Draft, one: DraftElement, end: int, begin: int) -> DraftElement:
    start = max(0, one.start - begin)
    if one.start >= end:
        return replace(one, start=start, end=one.end - begin)
    one.certainty, one.title = min(one.certainty, _UNSURE_ACROSS_A_CUT), ""
    return replace(one, key=draft.new_key(), start=0, end=one.end - begin)


def _behind_its_notes(section: DraftSection, number: int) -> int:
    """The place behind a passage and the footnotes that it still refers to."""
    marks = restored(section.passages[number].marks)
    signs = {one.value for one in marks if one.kind == "note"}
    behind = number + 1
    while behind < len(section.passages):
        following = section.passages[behind]
        if following.kind != "note" or following.number not in signs:
            break
        behind += 1
    return behind


def set_kind(draft: Draft, key: int, kind: PassageKind, *, level: int = 0) -> None:
    """Say what a passage is; `level` is an item's depth from 1. Pictures stay pictures."""
    _section, _number, passage = passage_of(draft, key)
    if kind not in _WORDS or passage.kind == "picture":
        raise Impossible("kind")
    if kind == "item" and not 1 <= level <= DEEPEST:
        raise Impossible("level")
    passage.kind = kind
    passage.level = level if kind == "item" else 0


def set_alternative(draft: Draft, key: int, text: str) -> None:
    """Say what a picture shows, for people who don't see it."""
    _section, _number, passage = passage_of(draft, key)
    if passage.kind != "picture":
        raise Impossible("kind")
    passage.text = " ".join(text.split())
    passage.elements = []
    for doubt in draft.doubts:
        if doubt.at == key and doubt.code == "picture-without-description":
            doubt.settled = bool(passage.text)


def set_caption(draft: Draft, key: int, text: str) -> None:
    """Give a table or a picture its caption."""
    _section, _number, passage = passage_of(draft, key)
    if passage.kind not in ("picture", "table"):
        raise Impossible("kind")
    passage.caption = " ".join(text.split())


def settle(draft: Draft, index: int, *, is_settled: bool = True) -> None:
    """A person has looked at the doubt with this index, or opens it again."""
    if not 0 <= index < len(draft.doubts):
        raise Impossible("gone")
    draft.doubts[index].settled = is_settled
