"""A changed draft of the same paper comes in again: identities, descents, questions."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from richtschnur.documents.blocks import Picture
from richtschnur.documents.structure import Outline, OutlineElement, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Descent, Edition
from richtschnur.strategy.operations import freeze_edition, keep_outline, publish_edition
from richtschnur.strategy.operations.life import checksum
from richtschnur.strategy.queries import compare, propose_lineage
from tests.support.queries import at_most
from tests.support.world import NOON

pytestmark = pytest.mark.django_db
ACT = {"by": CLI, "at": NOON}
BUS = "Der Rufbus fährt künftig auch am Abend in alle Dörfer, damit niemand zu Hause bleiben muss."
CAFE = "Das Sprachcafé trifft sich jede Woche in der Bibliothek und ist für alle offen."
DOCTOR = "Ein Dolmetscherdienst begleitet Familien zu schwierigen Gesprächen im Krankenhaus."
LONG = (
    "Die Volkshochschule bildet Lotsinnen aus, die beim Ausfüllen der Formulare helfen."
    " Außerdem öffnet sie ihre Werkstätten am Wochenende für die Nachbarschaft."
)
HALVES = tuple(part.strip() for part in LONG.replace(". ", ".|").split("|"))
COURSE = "Sprachkurs für Frauen in {town} ab 2027 mit {n} Plätzen."


def passages(*texts: str) -> tuple[OutlinePassage, ...]:
    return tuple(OutlinePassage("paragraph", text, 0, "") for text in texts)


def paper(
    *sections: tuple[str, tuple[str, ...]], elements: tuple[OutlineElement, ...] = ()
) -> Outline:
    return Outline(
        "Integrationskonzept",
        tuple(OutlineSection(title, "", 1, passages(*texts)) for title, texts in sections),
        elements,
        (),
    )


FIRST = paper(
    ("Unterwegs", (BUS, CAFE)),
    ("Gesundheit", (DOCTOR, LONG)),
    elements=(
        OutlineElement("guideline", "Unterwegs", 0, None, 0, 9, None, 1.0),
        OutlineElement("measure", "Rufbus", 0, 0, 4, 10, 0, 0.9),
        OutlineElement("measure", "Sprachcafé", 0, 1, 4, 14, 0, 0.9),
    ),
)


def frozen(outline: Outline = FIRST) -> Edition:
    edition = keep_outline(outline=outline, **ACT)
    return freeze_edition(edition=edition, state="for_decision", **ACT)


def again(old: Edition, outline: Outline, **more: object) -> Edition:
    return keep_outline(outline=outline, into=old.strategy, **ACT, **more)  # type: ignore[arg-type]


def fates(old: Edition, new: Edition) -> list[str]:
    return [entry.fate.value for entry in compare(old, new)]


def test_the_same_draft_again_changes_nothing_and_asks_nothing() -> None:
    old = frozen()
    new = again(old, FIRST)
    assert new.number == 2
    assert new.predecessor == old
    assert fates(old, new) == ["kept"] * 4
    assert not new.descent_proposals.exists()
    for part in ("sections", "elements"):
        identities = [
            list(getattr(edition, part).values_list("identity", flat=True))
            for edition in (old, new)
        ]
        assert identities[0] == identities[1]


def test_a_working_edition_is_replaced_only_when_that_is_said() -> None:
    working = keep_outline(outline=FIRST, **ACT)
    with pytest.raises(Refused) as refusal:
        again(working, FIRST)
    assert refusal.value.code == "working-exists"
    assert working.strategy.editions.count() == 1


def test_a_replaced_working_edition_stays_as_it_was_and_is_never_published() -> None:
    working = keep_outline(outline=FIRST, **ACT)
    new = keep_outline(outline=FIRST, into=working.strategy, replaces_working=True, **ACT)
    working.refresh_from_db()
    assert (working.state, working.checksum) == ("superseded", checksum(working))
    assert (new.state, new.predecessor) == ("working", working)
    assert fates(working, new) == ["kept"] * 4
    with pytest.raises(Refused):
        publish_edition(edition=working, **ACT)


def test_changed_split_and_moved_passages_keep_their_identity() -> None:
    old = frozen()
    bus = BUS.replace("auch am Abend", "bis Mitternacht auch abends")
    new = again(old, paper(("Gesundheit", (DOCTOR, *HALVES)), ("Unterwegs", (bus, CAFE))))
    told = {entry.fate.value: entry for entry in compare(old, new)}
    assert set(told) <= {"kept", "moved", "changed", "split"}
    assert told["changed"].after[0].text == bus
    assert [p.text for p in told["split"].after] == list(HALVES)
    assert told["split"].after[0].identity == told["split"].before[0].identity
    assert Descent.objects.filter(edition=new).count() == 1
    assert set(new.sections.values_list("identity", flat=True)) == set(
        old.sections.values_list("identity", flat=True)
    )
    waiting = new.descent_proposals.get()
    assert (waiting.fate, waiting.is_applied, waiting.state) == ("changed", True, "open")


def test_merged_passages() -> None:
    old = frozen(paper(("Gesundheit", (DOCTOR, *HALVES, CAFE))))
    new = again(old, paper(("Gesundheit", (DOCTOR, LONG, CAFE))))
    assert fates(old, new) == ["kept", "merged", "kept"]


@pytest.mark.parametrize(
    "other",
    [
        COURSE.format(town="Altdorf", n=12),
        COURSE.format(town="Neustadt", n=15),
        COURSE.format(town="Neustadt", n=12).replace("2027", "2028"),
        COURSE.format(town="Neustadt", n=12).replace("Frauen", "Männer"),
    ],
)
def test_look_alikes_are_never_matched_silently(other: str) -> None:
    course = COURSE.format(town="Neustadt", n=12)
    old = frozen(paper(("Unterwegs", (BUS, course, CAFE))))
    new = again(old, paper(("Unterwegs", (BUS, other, CAFE))))
    assert fates(old, new) == ["kept", "dropped", "added", "kept"]
    asked = {p.fate: p for p in new.descent_proposals.all()}
    assert set(asked) == {"added", "dropped"}
    assert asked["added"].from_identities == asked["dropped"].from_identities
    assert not any(p.is_applied for p in asked.values())


def test_elements_keep_their_identity_with_their_passage() -> None:
    old = frozen()
    cafe = CAFE.replace("jede Woche", "jeden Dienstag am frühen Abend")
    elements = (
        OutlineElement("guideline", "Mobil", 0, None, 0, 5, None, 1.0),
        OutlineElement("measure", "Das Sprachcafé", 0, 0, 0, 14, 0, 0.9),
        OutlineElement("measure", "Werkstätten", 1, 1, 0, 9, 0, 0.9),
    )
    changed = paper(("Unterwegs", (CAFE, BUS)), ("Gesundheit", (DOCTOR, LONG)), elements=elements)
    new = again(old, changed)
    before = {e.title: e.identity for e in old.elements.all()}
    after = {e.title: e.identity for e in new.elements.all()}
    assert after["Mobil"] == before["Unterwegs"]
    assert after["Das Sprachcafé"] == before["Sprachcafé"]
    assert after["Werkstätten"] not in before.values()
    assert cafe


def test_a_person_decides_before_it_is_stored() -> None:
    course, other = COURSE.format(town="Neustadt", n=12), COURSE.format(town="Neustadt", n=15)
    old = frozen(paper(("Unterwegs", (BUS, course, CAFE))))
    changed = paper(("Unterwegs", (BUS, other, CAFE)))
    identity = old.passages.get(text=course).identity
    new = again(old, changed, decisions={1: (identity,), 2: ()})
    assert new.passages.get(text=other).identity == identity
    assert fates(old, new) == ["kept", "changed", "dropped", "added"]


def test_what_a_preview_shows_is_what_happens_and_costs_three_queries() -> None:
    old = frozen()
    changed = paper(("Unterwegs", (CAFE, BUS + " Er kommt auf Anruf.")))
    with at_most(3):
        proposed = propose_lineage(old, changed)
    assert sorted(i for fate in proposed for i in fate.after) == [0, 1]
    assert sorted(p.number for fate in proposed for p in fate.before) == [1, 2, 3, 4]
    new = again(old, changed)
    automatic = [f for f in proposed if f.is_automatic and f.after]
    for fate in automatic:
        found = new.passages.get(number=fate.after[0] + 1)
        assert found.identity == (fate.before[0].identity if fate.before else found.identity)


def test_an_empty_predecessor_and_an_empty_draft() -> None:
    old = frozen(paper(("Leer", ("Ein Satz.",))))
    new = again(old, replace(FIRST, elements=()))
    assert fates(old, new).count("added") == 4
    emptied = freeze_edition(edition=new, state="for_decision", **ACT)
    last = again(emptied, paper(("Leer", ())))
    assert fates(emptied, last) == ["dropped"] * 4


def test_the_same_picture_in_the_next_draft_is_not_another_one() -> None:
    def drawn(data: bytes) -> Outline:
        key = hashlib.sha256(data).hexdigest()
        shown = (OutlinePassage("picture", LONG, 0, "", picture=key),)
        picture = {key: Picture("image/png", data)}
        return Outline("Bild", (OutlineSection("Lage", "", 1, shown),), (), (), picture)

    first = frozen(drawn(b"eins"))
    same = keep_outline(outline=drawn(b"eins"), into=first.strategy, **ACT)
    assert [fate.fate for fate in compare(first, same)] == ["kept"]
    other = keep_outline(outline=drawn(b"zwei"), into=first.strategy, replaces_working=True, **ACT)
    assert "kept" not in [fate.fate for fate in compare(first, other)]
