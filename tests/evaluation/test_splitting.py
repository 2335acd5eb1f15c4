"""A long paper is split by proposal: the machine proposes, a person parts it in one act or not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from richtschnur.evaluation.models import Point, ProposedPiece, SplitProposal
from richtschnur.evaluation.operations import (
    decline_split,
    propose_split,
    split_by_proposal,
    split_point,
    tag_point,
)
from richtschnur.evaluation.queries import open_split, split_rows
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import acting, answer, logged_in, the_point
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
REASON = (
    "Unsere Mitglieder berichten seit Jahren davon, und die Gemeinden haben es mehrfach bestätigt."
    " Wir halten die Ausgabe für richtig, weil sie sich nach kurzer Zeit bezahlt macht."
)
PAPER = "\n\n".join(
    [
        "Wohlfahrtsverband Aue\nLindenweg 4",
        "Sehr geehrte Damen und Herren,",
        f"wir danken für die Gelegenheit zur Stellungnahme. {REASON} {REASON} {REASON}",
        "1. Vereine",
        f"Der Kreis zählt 2 Vereine, das sind zu wenige. {REASON}",
        REASON,
        "2. Frühes Deutsch",
        f"Zu dem Satz „Alle Kinder lernen früh Deutsch.“ fehlt eine Frist. {REASON}",
        "3. Elternabende und Sprachcafé",
        f"Elternabende und ein Sprachcafé braucht jede Gemeinde. {REASON}",
        "Wir bitten um Aufnahme unserer Hinweise.",
        "Mit freundlichen Grüßen",
        "Renate Winkler",
    ]
)


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute(PAPER)
    return made


def proposed(world: World) -> SplitProposal:
    return propose_split(point=the_point(), by=acting(world, world.officer), at=world.at)


def starts(*words: str) -> list[int]:
    return [PAPER.index(word) for word in words]


def take(
    world: World, proposal: SplitProposal, borders: list[int], **places: object
) -> list[Point]:
    by = acting(world, world.officer)
    return split_by_proposal(
        proposal=proposal,
        borders=borders,
        places=places.get("places", {}),
        by=by,
        at=world.at,  # type: ignore[arg-type]
    )


def test_the_machine_proposes_and_nothing_else_happens(world: World) -> None:
    proposal = proposed(world)
    assert the_point().is_whole
    rows = split_rows(proposal, the_point())
    ticked = [row.start for row in rows[1:] if row.is_ticked]
    assert ticked == starts("1. Vereine", "2. Frühes", "3. Elternabende")
    assert "".join(PAPER[p.start : p.end] for p in proposal.pieces.all()) == PAPER
    places = {p.start: p.places for p in proposal.pieces.all()}
    goal = world.edition.passages.get(text__startswith="Alle Kinder")
    assert places[starts("2. Frühes")[0]][0]["passage"] == goal.pk
    entry = JournalEntry.objects.get(act="evaluation.propose_split")
    assert entry.data == {"proposal": proposal.pk, "pieces": 6, "method": proposal.method}
    again = proposed(world)
    assert list(SplitProposal.objects.all()) == [again]


def test_a_person_takes_it_over_in_one_act(world: World) -> None:
    by = acting(world, world.officer)
    tag_point(point=the_point(), topics=["Verbände"], by=by, at=world.at)
    passage = world.edition.passages.order_by("position")[1]
    borders = starts("1. Vereine", "2. Frühes", "3. Elternabende")
    parts = take(world, proposed(world), borders, places={borders[0]: passage})
    assert [part.start for part in parts] == [0, *borders]
    assert parts[-1].end == len(PAPER)
    assert [part.place for part in parts] == [None, passage, None, None]
    assert all(part.topics.get().name == "Verbände" for part in parts)
    assert "".join(PAPER[p.start : p.end] for p in Point.objects.order_by("start")) == PAPER
    entry = JournalEntry.objects.get(act="evaluation.split_by_proposal")
    assert entry.data["as_proposed"] == 3
    assert "Vereine" not in str(entry.data)
    with pytest.raises(Refused):
        take(world, SplitProposal.objects.get(), borders)


def test_borders_may_be_moved_but_only_to_paragraphs(world: World) -> None:
    proposal = proposed(world)
    for wrong in ([5], [-1], [len(PAPER)], [*starts("1. Vereine"), 10_000_000], []):
        with pytest.raises(Refused):
            take(world, proposal, wrong)
    assert the_point().is_whole
    assert len(take(world, proposal, starts("2. Frühes"))) == 2


def test_all_or_nothing_when_the_point_was_changed_meanwhile(world: World) -> None:
    proposal = proposed(world)
    by = acting(world, world.officer)
    first, _second = split_point(
        point=the_point(), at_character=starts("3. Elternabende")[0], by=by, at=world.at
    )
    with pytest.raises(Refused, match="changed in the meantime"):
        take(world, proposal, starts("1. Vereine"))
    assert Point.objects.count() == 2
    assert open_split(first) is None
    answer(world, first, hand_in=False)
    with pytest.raises(Refused):
        propose_split(point=first, by=by, at=world.at)


def test_a_passage_of_another_edition_is_no_place(world: World) -> None:
    proposal = proposed(world)
    borders = starts("1. Vereine")
    passage = world.edition.passages.first()
    assert passage is not None
    passage.edition_id = -1
    with pytest.raises(Refused):
        take(world, proposal, borders, places={borders[0]: passage})
    assert the_point().is_whole


def test_a_department_splits_nothing(world: World) -> None:
    proposal = proposed(world)
    by = acting(world, world.department)
    for act in (
        lambda: propose_split(point=the_point(), by=by, at=world.at),
        lambda: split_by_proposal(proposal=proposal, borders=[1], places={}, by=by, at=world.at),
        lambda: decline_split(proposal=proposal, by=by, at=world.at),
    ):
        with pytest.raises(Forbidden):
            act()
    page = reverse("evaluation:split-proposal", args=[world.consultation.slug, the_point().pk])
    assert logged_in(world.department).get(page).status_code == 403


def test_the_page_lays_it_before_a_person(world: World) -> None:
    staff, point = logged_in(world.officer), the_point()
    address = [world.consultation.slug, point.pk]
    page = reverse("evaluation:split-proposal", args=address)
    assert page in staff.get(reverse("evaluation:point", args=address)).content.decode()
    assert "Propose how to split" in staff.get(page).content.decode()
    assert staff.post(reverse("evaluation:propose-split", args=address)).status_code == 302
    with at_most(20):
        shown = staff.get(page).content.decode()
    assert shown.count('name="border"') == 13
    assert shown.count(" checked") >= 3
    proposal = SplitProposal.objects.get()
    border, added = starts("2. Frühes")[0], starts(REASON + "\n\n2.")[0]
    goal = world.edition.passages.get(text__startswith="Alle Kinder")
    given = {
        "proposal": proposal.pk,
        "border": [border, added],
        f"place-{border}": goal.pk,
        f"place-{starts('1. Vereine')[0]}": 0,
    }
    assert staff.post(page, given).status_code == 302
    found = list(Point.objects.order_by("start"))
    assert [p.start for p in found] == [0, added, border]
    assert [p.place for p in found] == [None, None, goal]
    last = staff.get(reverse("evaluation:point", args=[address[0], found[2].pk])).content.decode()
    assert f"speaks about passage {goal.number}" in last


def test_nothing_ticked_comes_back_with_what_was_chosen(world: World) -> None:
    staff, proposal = logged_in(world.officer), proposed(world)
    page = reverse("evaluation:split-proposal", args=[world.consultation.slug, the_point().pk])
    refused = staff.post(page, {"proposal": proposal.pk})
    assert refused.status_code == 409
    said = refused.content.decode()
    assert "Please tick at least one place" in said
    assert 'name="border" value="' in said
    assert staff.post(page, {"proposal": "nonsense"}).status_code == 409
    assert (
        staff.post(page, {"proposal": proposal.pk, "border": "99999999999999999999"}).status_code
        == 409
    )
    declined = reverse("evaluation:decline-split", args=[world.consultation.slug, the_point().pk])
    assert staff.post(declined).status_code == 302
    assert SplitProposal.objects.get().verdict == "declined"
    assert the_point().is_whole


def test_a_joined_point_takes_its_proposals_along(world: World) -> None:
    take(world, proposed(world), starts("1. Vereine"))
    second = Point.objects.order_by("start")[1]
    by = acting(world, world.officer)
    propose_split(point=second, by=by, at=world.at)
    from richtschnur.evaluation.operations import join_points

    join_points(point=Point.objects.order_by("start")[0], by=by, at=world.at)
    assert SplitProposal.objects.filter(verdict="").count() == 0
    assert ProposedPiece.objects.exists()
    assert the_point().is_whole
