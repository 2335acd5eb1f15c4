"""Acts on a working edition: identities stay, footnotes go along, what was can come back."""

from __future__ import annotations

import pytest

from richtschnur.documents.marks import Mark
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Descent, DropReason, Edition, PassageVersion, Section
from richtschnur.strategy.operations import (
    add_passage,
    add_section,
    change_kind,
    change_passage,
    change_section,
    drop_passage,
    drop_section,
    indent_section,
    join_passages,
    move_passage,
    move_section,
    restore_version,
    shift_passage,
    shift_section,
    split_passage,
    start_edition,
)
from richtschnur.strategy.operations.edit import NewPassage
from richtschnur.strategy.queries import compare
from tests.support.queries import at_most
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db
ACT = {"by": CLI, "at": NOON}


def working(paragraphs: int = 3) -> Edition:
    return start_edition(predecessor=World(paragraphs=paragraphs).edition, **ACT)


def texts(edition: Edition) -> list[str]:
    rows = edition.passages.order_by("position", "id")
    return [text[:9].rstrip(":") for text in rows.values_list("text", flat=True)]


def headings(edition: Edition) -> list[str]:
    return [f"{'-' * s.level}{s.title[:9]}" for s in edition.sections.order_by("position")]


def with_note(edition: Edition) -> None:
    """The first passage refers to a footnote behind it."""
    first = edition.passages.order_by("position")[0]
    first.marks = [[3, 3, "note", "1"]]
    first.save()
    add_passage(after=first, new=NewPassage("Fußnote", kind="note", label="1"), **ACT)


def test_new_words_keep_the_marks_of_words_that_stay() -> None:
    passage = working().passages.order_by("position")[0]
    change_passage(passage=passage, text=passage.text, marks=[Mark(0, 6, "strong")], **ACT)
    now = change_passage(passage=passage, text="Ein Absatz 1: Der Kreis.", **ACT)
    assert now.marking == (Mark(4, 10, "strong"),)


def test_white_space_is_folded_and_marks_move_along() -> None:
    passage = working().passages.order_by("position")[0]
    now = change_passage(
        passage=passage, text="  Ein   Wort ", marks=[Mark(8, 12, "strong")], **ACT
    )
    assert (now.text, now.marking) == ("Ein Wort", (Mark(4, 8, "strong"),))


def test_a_passage_that_says_something_else_is_stale() -> None:
    passage = working().passages.order_by("position")[0]
    base = passage.text
    change_passage(passage=passage, text="Von einer anderen.", base=base, **ACT)
    with pytest.raises(Refused) as refusal:
        change_passage(passage=passage, text="Von mir.", base=base, **ACT)
    assert refusal.value.code == "stale"


def test_passages_move_past_each_other_and_over_the_edge_of_a_section() -> None:
    edition = working()
    first = edition.passages.order_by("position")[0]
    identity = first.identity
    shift_passage(passage=first, is_down=True, **ACT)
    assert texts(edition) == ["Absatz 2", "Absatz 1", "Absatz 3", "Alle Kind", "Maßnahmen"]
    for _step in range(2):
        shift_passage(passage=first, is_down=True, **ACT)
    assert texts(edition) == ["Absatz 2", "Absatz 3", "Absatz 1", "Alle Kind", "Maßnahmen"]
    first.refresh_from_db()
    assert first.section.title == "Bildung und Sprache"
    assert first.identity == identity
    shift_passage(passage=first, is_down=False, **ACT)
    first.refresh_from_db()
    assert first.section.title == "Ausgangslage"
    for _step in range(2):
        shift_passage(passage=first, is_down=False, **ACT)
    with pytest.raises(Refused):
        shift_passage(passage=first, is_down=False, **ACT)


def test_footnotes_go_where_their_passage_goes() -> None:
    edition = working()
    with_note(edition)
    first, note, second, *_rest = edition.passages.order_by("position")
    shift_passage(passage=first, is_down=True, **ACT)
    assert texts(edition)[:3] == ["Absatz 2", "Absatz 1", "Fußnote"]
    shift_passage(passage=second, is_down=True, **ACT)
    assert texts(edition)[:3] == ["Absatz 1", "Fußnote", "Absatz 2"]
    move_passage(passage=first, into=edition.sections.get(title="Bildung und Sprache"), **ACT)
    assert texts(edition)[-2:] == ["Absatz 1", "Fußnote"]
    with pytest.raises(Refused):
        shift_passage(passage=note, is_down=True, **ACT)
    drop_passage(passage=first, reason="doppelt", **ACT)
    assert "Fußnote" not in texts(edition)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_passage_goes_to_another_section_and_its_elements_too(is_first: bool) -> None:
    edition = working()
    goal = edition.passages.get(text__startswith="Alle Kinder")
    there = edition.sections.get(title="Ausgangslage")
    move_passage(passage=goal, into=there, is_first=is_first, **ACT)
    assert texts(edition).index("Alle Kind") == (0 if is_first else 3)
    assert goal.elements.get().section == there


def test_many_moves_at_one_place_find_room() -> None:
    edition = working()
    first = edition.passages.order_by("position")[0]
    for count in range(30):
        add_passage(after=first, text=f"Neu {count:02}", **ACT)
    assert texts(edition)[1:31] == [f"Neu {count:02}" for count in range(29, -1, -1)]


def test_joining_is_told_as_merged_and_can_be_undone() -> None:
    edition = working()
    first, second, *_rest = edition.passages.order_by("position")
    first.marks, second.marks = [[0, 6, "strong", ""]], [[0, 6, "emphasis", ""]]
    first.save()
    second.save()
    joined = join_passages(passage=first, **ACT)
    assert joined.text == f"{first.text} {second.text}"
    assert [m.kind for m in joined.marking] == ["strong", "emphasis"]
    assert joined.text[joined.marking[1].start :].startswith("Absatz 2")
    fates = [entry.fate.value for entry in compare(edition.predecessor, edition)]
    assert fates == ["merged", "kept", "kept", "kept"]
    version = PassageVersion.objects.get(identity=second.identity, act="dropped")
    restore_version(version=version, **ACT)
    assert texts(edition)[:3] == ["Absatz 1", "Absatz 2", "Absatz 3"]
    assert not Descent.objects.filter(edition=edition).exists()


def test_what_can_not_be_joined_is_refused() -> None:
    edition = working()
    last_of_section = edition.passages.order_by("position")[2]
    with pytest.raises(Refused):
        join_passages(passage=last_of_section, **ACT)


def test_a_cut_shares_out_marks_and_footnotes() -> None:
    edition = working()
    with_note(edition)
    first = edition.passages.order_by("position")[0]
    change_passage(
        passage=first,
        text="Eins zwei. Drei vier.",
        marks=[Mark(0, 15, "strong"), Mark(10, 10, "note", "1"), Mark(16, 20, "emphasis")],
        **ACT,
    )
    one, two = split_passage(passage=first, at_character=11, **ACT)
    assert one.marking == (Mark(0, 10, "strong"), Mark(10, 10, "note", "1"))
    assert two.marking == (Mark(0, 4, "strong"), Mark(5, 9, "emphasis"))
    assert texts(edition)[:3] == ["Eins zwei", "Fußnote", "Drei vier"]


def test_a_dropped_passage_comes_back_where_it_stood_with_its_identity() -> None:
    edition = working()
    second = edition.passages.order_by("position")[1]
    drop_passage(passage=second, reason="überholt", **ACT)
    version = PassageVersion.objects.get(identity=second.identity, act="dropped")
    restore_version(version=version, **ACT)
    assert texts(edition)[1] == "Absatz 2"
    assert not DropReason.objects.filter(edition=edition).exists()
    assert {entry.fate.value for entry in compare(edition.predecessor, edition)} == {"kept"}


def test_every_step_of_a_passage_is_kept_and_the_first_words_too() -> None:
    edition = working()
    passage = edition.passages.order_by("position")[0]
    before = passage.text
    change_passage(passage=passage, text="Zweite.", **ACT)
    change_kind(passage=passage, kind="quote", level=0, label="", **ACT)
    kept = PassageVersion.objects.filter(identity=passage.identity, edition=edition)
    assert [v.act for v in kept] == ["before", "changed", "changed"]
    assert kept[0].text == before
    restore_version(version=kept[0], **ACT)
    passage.refresh_from_db()
    assert (passage.text, passage.kind) == (before, "paragraph")


def outline() -> Edition:
    """Ausgangslage · Bildung (Kita, Schule) · Arbeit, each with a passage or two."""
    edition = working()
    learning = edition.sections.get(title="Bildung und Sprache")
    for name in ("Kita", "Schule"):
        inside = add_section(edition=edition, title=name, after=learning, is_inside=True, **ACT)
        add_passage(into=inside, text=f"Zu {name}", **ACT)
    last = add_section(edition=edition, title="Arbeit", after=learning, **ACT)
    add_passage(into=last, text="Zu Arbeit", **ACT)
    return edition


def test_sections_are_added_where_they_are_asked_for() -> None:
    edition = outline()
    assert headings(edition) == ["-Ausgangsla"[:10], "-Bildung u", "--Kita", "--Schule", "-Arbeit"]
    assert texts(edition)[-3:] == ["Zu Kita", "Zu Schule", "Zu Arbeit"]


def test_a_section_moves_with_all_under_it() -> None:
    edition = outline()
    learning = edition.sections.get(title="Bildung und Sprache")
    shift_section(section=learning, is_down=True, **ACT)
    assert headings(edition) == ["-Ausgangsl", "-Arbeit", "-Bildung u", "--Kita", "--Schule"]
    assert texts(edition)[3:] == ["Zu Arbeit", "Alle Kind", "Maßnahmen", "Zu Kita", "Zu Schule"]
    shift_section(section=learning, is_down=False, **ACT)
    shift_section(section=learning, is_down=False, **ACT)
    assert headings(edition) == ["-Bildung u", "--Kita", "--Schule", "-Ausgangsl", "-Arbeit"]
    assert texts(edition)[:3] == ["Alle Kind", "Maßnahmen", "Zu Kita"]
    with pytest.raises(Refused):
        shift_section(section=learning, is_down=False, **ACT)


def test_a_section_is_moved_in_front_of_another_one_and_takes_its_level() -> None:
    edition = outline()
    named = {s.title: s for s in edition.sections.all()}
    move_section(section=named["Arbeit"], before=named["Schule"], **ACT)
    assert headings(edition)[1:] == ["-Bildung u", "--Kita", "--Arbeit", "--Schule"]
    assert texts(edition)[-3:] == ["Zu Kita", "Zu Arbeit", "Zu Schule"]
    with pytest.raises(Refused):
        move_section(section=named["Bildung und Sprache"], before=named["Kita"], **ACT)
    move_section(section=named["Bildung und Sprache"], before=named["Ausgangslage"], **ACT)
    assert headings(edition)[0] == "-Bildung u"
    move_section(section=named["Kita"], before=None, **ACT)
    assert headings(edition)[-1] == "-Kita"
    assert texts(edition)[-1] == "Zu Kita"


def test_levels_change_with_the_branch_and_leave_no_gap() -> None:
    edition = outline()
    named = {s.title: s for s in edition.sections.all()}
    indent_section(section=named["Bildung und Sprache"], is_deeper=True, **ACT)
    assert headings(edition)[1:4] == ["--Bildung u", "---Kita", "---Schule"]
    with pytest.raises(Refused):
        indent_section(section=named["Bildung und Sprache"], is_deeper=True, **ACT)
    indent_section(section=named["Bildung und Sprache"], is_deeper=False, **ACT)
    with pytest.raises(Refused):
        indent_section(section=named["Ausgangslage"], is_deeper=False, **ACT)
    with pytest.raises(Refused):
        indent_section(section=named["Ausgangslage"], is_deeper=True, **ACT)


def test_a_section_with_passages_needs_a_reason_to_go() -> None:
    edition = outline()
    learning = edition.sections.get(title="Bildung und Sprache")
    with pytest.raises(Refused):
        drop_section(section=learning, **ACT)
    assert drop_section(section=learning, reason="zu lang", **ACT) == 4
    assert headings(edition) == ["-Ausgangsl", "-Arbeit"]
    reasons = DropReason.objects.filter(edition=edition)
    assert {r.reason for r in reasons} == {"zu lang"}
    empty = add_section(edition=edition, title="Leer", **ACT)
    assert drop_section(section=empty, **ACT) == 0


def test_headings_change_and_stale_ones_are_refused() -> None:
    edition = working()
    section = edition.sections.get(title="Bildung und Sprache")
    change_section(section=section, title="Sprache", number="3.", base=str(section), **ACT)
    assert edition.elements.get(kind="guideline").title == "Sprache"
    with pytest.raises(Refused) as refusal:
        change_section(section=section, title="X", number="", base=str(section), **ACT)
    assert refusal.value.code == "stale"
    with pytest.raises(Refused):
        change_section(section=section, title=" ", number="3.", **ACT)


def test_frozen_editions_and_strangers_are_refused_everywhere() -> None:
    world = World()
    passage, section = world.edition.passages.first(), world.edition.sections.first()
    acts = [
        lambda by: change_passage(passage=passage, text="x", by=by, at=NOON),
        lambda by: shift_passage(passage=passage, is_down=True, by=by, at=NOON),
        lambda by: join_passages(passage=passage, by=by, at=NOON),
        lambda by: move_passage(passage=passage, into=section, by=by, at=NOON),
        lambda by: shift_section(section=section, is_down=True, by=by, at=NOON),
        lambda by: indent_section(section=section, is_deeper=True, by=by, at=NOON),
        lambda by: move_section(section=section, before=None, by=by, at=NOON),
        lambda by: change_section(section=section, title="x", number="", by=by, at=NOON),
        lambda by: drop_section(section=section, reason="x", by=by, at=NOON),
        lambda by: add_section(edition=world.edition, title="x", by=by, at=NOON),
    ]
    before = JournalEntry.objects.count()
    for act in acts:
        for by in (CLI, VISITOR):
            with pytest.raises(Refused):
                act(by)
    assert JournalEntry.objects.count() == before


def test_acts_ask_a_fixed_number_of_questions() -> None:
    edition = working(paragraphs=120)
    middle = edition.passages.order_by("position")[60]
    last: Section = edition.sections.order_by("-position")[0]
    with at_most(16):
        change_passage(passage=middle, text="Neu.", **ACT)
    with at_most(16):
        shift_passage(passage=middle, is_down=True, **ACT)
    with at_most(16):
        shift_section(section=last, is_down=False, **ACT)


def test_saving_the_same_words_again_is_no_act() -> None:
    passage = working().passages.order_by("position")[0]
    now = change_passage(passage=passage, text="Neue Worte.", **ACT)
    told = PassageVersion.objects.count(), JournalEntry.objects.count()
    change_passage(passage=now, text=" Neue  Worte.", marks=[], caption="", **ACT)
    assert (PassageVersion.objects.count(), JournalEntry.objects.count()) == told
    change_passage(passage=now, text="Neue Worte.", marks=[Mark(0, 4, "strong")], **ACT)
    assert PassageVersion.objects.count() == told[0] + 1
