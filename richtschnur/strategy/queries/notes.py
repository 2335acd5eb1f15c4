"""Footnotes and the passages that refer to them, for links both ways."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from richtschnur.documents.notation import tidy
from richtschnur.strategy.models import Passage
from richtschnur.strategy.states import PassageKind


def pair_notes(passages: Iterable[Passage]) -> None:
    """Tell each passage where its notes stand, and each note who refers to it.

    `passages` are in reading order; a note belongs to the last passage before it that is none.
    Sets `note_places` ({sign: number of the note}) and, on a note, `note_back` (an anchor or "")
    and `note_of` (who refers to it).
    """
    referring: Passage | None = None
    signs: list[str] = []
    for passage in passages:
        if passage.kind != PassageKind.NOTE:
            referring, signs = passage, _signs(passage)
            continue
        if referring is None or passage.label not in signs:
            continue
        places = referring.__dict__.setdefault("note_places", {})
        if passage.label not in places:
            places[passage.label] = passage.number
            count = signs.index(passage.label) + 1
            passage.__dict__["note_back"] = f"p{referring.number}-n{count}"
            passage.__dict__["note_of"] = referring


def pair_translated(passages: Iterable[Passage]) -> None:
    """Lead from notes back to the sign that is read: that of the translation, where it has one.

    For passages that `pair_notes` has paired and that know their `in_language`. The note in the
    paper's own language keeps its way to the original's sign when it stands behind a translation
    itself, for then both are unfolded together.
    """
    for note in passages:
        referring = note.__dict__.get("note_of")
        words = _translated(referring)
        if referring is None or words is None:
            continue
        marks = tidy(words.text, words.marking)
        signs = [mark.value for mark in marks if mark.kind == "note"]
        if note.label in signs:
            anchor = f"{words.note_prefix}-n{signs.index(note.label) + 1}"
            (_translated(note) or note).__dict__["note_back"] = anchor


def _translated(passage: Passage | None) -> Any:
    shown = passage.__dict__.get("in_language") if passage else None
    return shown.words if shown else None


def _signs(passage: Passage) -> list[str]:
    if not passage.marks:
        return []
    return [mark.value for mark in passage.marking if mark.kind == "note"]


def notes_of(passage: Passage) -> list[Passage]:
    """The footnotes directly behind a passage, paired with it; one query if it has any."""
    signs = _signs(passage)
    if not signs:
        return []
    behind = passage.edition.passages.filter(position__gt=passage.position).order_by(
        "position", "pk"
    )[: len(signs) + 5]
    notes = []
    for note in behind:
        if note.kind != PassageKind.NOTE:
            break
        notes.append(note)
    pair_notes([passage, *notes])
    return notes
