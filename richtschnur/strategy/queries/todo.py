"""What has to be done in a working edition before it can go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from richtschnur.strategy.models import Edition, Passage, PassageDraft
from richtschnur.strategy.states import PassageKind

Task = Literal["picture", "table", "note", "draft"]

_ORDER: tuple[Task, ...] = ("picture", "draft", "note", "table")


@dataclass(frozen=True)
class ToDo:
    """A passage that lacks something: a picture its alternative text, a table its caption,
    a footnote its words, or a draft to be saved or set aside.

    `is_blocking` is what an edition can't be frozen with.
    """

    task: Task
    passage: Passage
    is_blocking: bool


def pictures_without_text(edition: Edition) -> list[Passage]:
    """The pictures that people who don't see them can't know, in order."""
    return [one for one in _nameless(edition) if one.kind == PassageKind.PICTURE]


def _nameless(edition: Edition) -> list[Passage]:
    """Pictures without an alternative text and tables without a caption; one query."""
    nothing = r"^\s*$"
    lacks = Q(kind=PassageKind.PICTURE, text__regex=nothing)
    lacks |= Q(kind=PassageKind.TABLE, caption__regex=nothing)
    return list(edition.passages.filter(lacks).order_by("position"))


def to_do(edition: Edition) -> list[ToDo]:
    """Everything that is to do, alike things together; four queries at most."""
    tasks = [
        ToDo("picture", one, True) if one.kind == PassageKind.PICTURE else ToDo("table", one, False)
        for one in _nameless(edition)
    ]
    drafts = PassageDraft.objects.filter(edition=edition).values("identity")
    typed = edition.passages.filter(identity__in=drafts)
    tasks += [ToDo("draft", passage, False) for passage in typed]
    noted = edition.passages.exclude(marks=[]).exclude(kind=PassageKind.TABLE)
    signs: dict[int, set[str]] = {}
    passages = {p.pk: p for p in noted}
    for passage in passages.values():
        found = {mark.value for mark in passage.marking if mark.kind == "note"}
        if found:
            signs[passage.pk] = found
    if signs:
        tasks += _notes_missing(edition, passages, signs)
    return sorted(tasks, key=lambda task: (_ORDER.index(task.task), task.passage.position))


def _notes_missing(
    edition: Edition, passages: dict[int, Passage], signs: dict[int, set[str]]
) -> list[ToDo]:
    """Passages with a sign that no footnote behind them explains."""
    order = edition.passages.order_by("position", "pk").values_list("pk", "kind", "label")
    current = 0
    for pk, kind, label in order:
        if kind != PassageKind.NOTE:
            current = pk
        elif current in signs:
            signs[current].discard(label)
    return [ToDo("note", passages[pk], False) for pk, left in signs.items() if left]
