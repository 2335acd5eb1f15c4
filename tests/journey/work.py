"""What is at work in a draft: a table, a picture, remarks, words dropped, two who type at once."""

from __future__ import annotations

from datetime import timedelta

from richtschnur.accounts.models import User
from richtschnur.documents.blocks import Picture
from richtschnur.documents.marks import Mark
from richtschnur.journal.actors import CLI, Actor
from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.operations import (
    NewPassage,
    add_passage,
    add_picture,
    change_passage,
    drop_passage,
    keep_draft,
    write_remark,
)
from tests.ground.test_pictures import png

WORDS = "Der Landkreis zahlt den Bus.[^1] Er zahlt ihn jeden Tag."
CELLS = "Jahr | Kurse\n2025 | 12\n2026 | 15"


class Work:
    """Passages of a draft, each in another state of being worked on."""

    def __init__(self, draft: Edition, officer: User) -> None:
        at = draft.created_at
        about = {"by": CLI, "at": at}
        first, second, third, fourth, *_rest = draft.passages.order_by("position")
        self.section: Section = first.section
        self.note = add_passage(
            after=first, new=NewPassage("2026.", kind="note", label="1"), **about
        )
        marks = [Mark(4, 13, "strong"), Mark(28, 28, "note", "1")]
        plain = WORDS.replace("[^1]", "")
        self.changed: Passage = change_passage(passage=first, text=plain, marks=marks, **about)
        new = NewPassage(CELLS, kind="table", caption="Kurse")
        self.table: Passage = add_passage(after=second, new=new, **about)
        self.picture: Passage = add_picture(
            after=self.table, picture=Picture("image/png", png()), text="Rot", caption="", **about
        )
        self.nameless = add_passage(after=self.picture, new=NewPassage("", kind="picture"), **about)
        write_remark(passage=first, text="Stimmt die Zahl?", name="Herbst", **about)
        drop_passage(passage=third, reason="Doppelt.", **about)
        by = Actor("user", str(officer.pk), officer.role, frozenset([officer.role]))
        self.contested: Passage = fourth
        base = fourth.text
        change_passage(passage=fourth, text=f"{base} Von ihr.", **about)
        later = at + timedelta(minutes=3)
        keep_draft(passage=fourth, text=f"{base} Von mir.", base=base, by=by, at=later)
