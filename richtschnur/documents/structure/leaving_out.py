"""What is page furniture or else not to be kept is left out, and can be brought back."""

from __future__ import annotations

import re

from richtschnur.documents.structure.correcting import (
    Impossible,
    passage_of,
    place_of,
    section_of,
    to_passage,
)
from richtschnur.documents.structure.draft import Draft, DraftSection, LeftOut


def alike_to(draft: Draft, key: int) -> list[int]:
    """The keys of the other places with the same words, whatever numbers stand in them."""
    words = re.sub(r"\d+", "0", place_of(draft, key).text)
    found = [one.key for one in draft.places() if re.sub(r"\d+", "0", one.text) == words != ""]
    return [one for one in found if one != key]


def leave_out(draft: Draft, key: int, *, alike: bool = False) -> int:
    """Leave a passage or heading out, with `alike` the others like it; returns how many."""
    keys = {key, *(alike_to(draft, key) if alike else ())}
    place_of(draft, key)
    count = 0
    for found in [one for one in draft.places() if one.key in keys]:
        if isinstance(found, DraftSection):
            to_passage(draft, found.key)
        section, number, passage = passage_of(draft, found.key)
        after = section.passages[number - 1].key if number else section.key
        draft.left_out.append(LeftOut(passage, section.key, after))
        del section.passages[number]
        count += 1
    return count


def bring_back(draft: Draft, key: int) -> None:
    """Put what was left out back where it stood, or as near as possible."""
    found = next((one for one in draft.left_out if one.passage.key == key), None)
    if found is None:
        raise Impossible("gone")
    draft.left_out.remove(found)
    gone = {one.passage.key: one.after for one in draft.left_out}
    after = found.after
    while after in gone:
        after = gone[after]
    try:
        at, number = section_of(draft, after)
        behind = 0 if number is None else number + 1
    except Impossible:
        sections = [index for index, one in enumerate(draft.sections) if one.key == found.section]
        at = sections[0] if sections else len(draft.sections) - 1
        behind = len(draft.sections[at].passages) if draft.sections else 0
    if not draft.sections:
        draft.sections.append(DraftSection(draft.new_key(), "", "", 1))
        at = 0
    draft.sections[at].passages.insert(behind, found.passage)
