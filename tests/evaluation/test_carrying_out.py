"""From a released answer to the changed passage, and back to whoever wrote."""

from __future__ import annotations

import pytest
from django.urls import reverse

from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.evaluation.models import Change, Point
from richtschnur.evaluation.operations import carry_out
from richtschnur.evaluation.queries import tasks_by_passage, working_edition
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import freeze_edition, publish_edition, start_edition
from tests.evaluation.answering import REASON, acting, answer, logged_in, released, the_point
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = pytest.mark.django_db
WORDS = "Absatz 1: Der Kreis zählt 7 Vereine und fördert Abendkurse."


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute("Bitte mehr Kurse am Abend.", key="evening")
    return made


def begun(world: World) -> tuple[Edition, Passage]:
    working = start_edition(predecessor=world.edition, by=CLI, at=world.at)
    comment = the_point().comment
    assert comment.passage
    return working, working.passages.get(identity=comment.passage.identity)


def issue(world: World, working: Edition) -> None:
    frozen = freeze_edition(edition=working, state="for_decision", by=CLI, at=world.at)
    publish_edition(edition=frozen, by=CLI, at=world.at)


def receipt(world: World) -> str:
    page = logged_in(world.officer).get(f"/en/contribution/receipt/{receipt_secret('evening')}/")
    assert page.status_code == 200
    return page.content.decode()


def test_the_link_between_answer_and_passage_stays(world: World) -> None:
    response = released(world, the_point())
    working, passage = begun(world)
    by = acting(world, world.officer)
    changed = carry_out(responses=[response], passage=passage, text=WORDS, by=by, at=world.at)
    assert changed.text == WORDS
    change = Change.objects.get()
    assert (change.response, change.edition, change.identity) == (
        response,
        working,
        passage.identity,
    )
    acts = JournalEntry.objects.filter(subject=f"point:{response.point_id}")
    assert acts.filter(act="evaluation.carry_out").count() == 1
    assert tasks_by_passage(world.consultation, working) == []


def test_nothing_is_carried_out_without_an_answer_a_right_or_a_present_revision(
    world: World,
) -> None:
    response = released(world, the_point())
    working, passage = begun(world)
    by = acting(world, world.officer)
    given = {"responses": [response], "passage": passage, "text": WORDS, "by": by, "at": world.at}
    with pytest.raises(Refused):
        carry_out(**given | {"responses": []})
    with pytest.raises(Forbidden):
        carry_out(**given | {"by": acting(world, world.reviewer)})
    with pytest.raises(Refused):
        carry_out(**given, revision=working.revision + 1)
    with pytest.raises(Refused):
        carry_out(**given | {"text": " \n "})
    assert not Change.objects.exists()


def test_a_new_passage_behind(world: World) -> None:
    response = released(world, the_point(), "becomes_measure")
    working, passage = begun(world)
    new = carry_out(
        responses=[response],
        passage=passage,
        text="Neu: Abendkurse.",
        as_new=True,
        by=acting(world, world.officer),
        at=world.at,
    )
    assert new.identity != passage.identity
    issue(world, working)
    assert "New in edition 2: passage 2" in receipt(world)


def test_the_receipt_shows_the_way(world: World) -> None:
    assert "Not yet answered" in receipt(world)
    response = answer(world, the_point())
    assert REASON not in receipt(world)
    released(world, the_point())
    page = receipt(world)
    assert REASON in page
    assert "The next edition is not out yet." in page
    working, passage = begun(world)
    response = the_point().responses.get(version=2)
    by = acting(world, world.officer)
    carry_out(responses=[response], passage=passage, text=WORDS, by=by, at=world.at)
    assert "Abendkurse" not in receipt(world)
    issue(world, working)
    page = receipt(world)
    assert "Changed in edition 2: passage 1" in page
    assert "<ins>" in page
    assert "<del>" in page
    assert "The next edition is not out yet." not in page


def test_the_receipt_says_when_a_promise_is_open(world: World) -> None:
    released(world, the_point())
    working, _passage = begun(world)
    issue(world, working)
    assert "Not yet carried out in edition 2" in receipt(world)


def test_the_passage_page_shows_released_answers_only(world: World) -> None:
    address = reverse("strategy:passage", args=[world.edition.strategy.slug, 1, 1])
    client = logged_in(world.officer)
    answer(world, the_point())
    assert REASON not in client.get(address).content.decode()
    released(world, the_point())
    page = client.get(address).content.decode()
    assert REASON in page
    assert "Erika" not in page
    world.consultation.publication = "not"
    world.consultation.save()
    assert REASON not in client.get(address).content.decode()


def test_the_page_of_changes(world: World) -> None:
    released(world, the_point())
    client, slug = logged_in(world.officer), world.consultation.slug
    address = f"/en/answers/work/{slug}/changes/"
    with at_most(20):
        page = client.get(address)
    assert "Start the next edition" in page.content.decode()
    assert client.post(f"{address}start/").status_code == 302
    working = working_edition(world.consultation)
    assert working
    passage = working.passages.order_by("position")[0]
    one = f"{address}{passage.identity}/"
    assert passage.text in client.get(one).content.decode()
    response = the_point().responses.get()
    given = {"text": WORDS, "revision": working.revision, "responses": [response.pk]}
    assert (
        "Please choose at least one"
        in client.post(one, {"text": WORDS, "revision": working.revision}).content.decode()
    )
    assert client.post(one, given).status_code == 302
    assert "<ins>" in client.get(one).content.decode()
    assert "<ins>" in client.get(address).content.decode()
    assert client.post(f"{address}start/").status_code == 409


def test_stale_words_stay_in_the_form(world: World) -> None:
    released(world, the_point())
    working, passage = begun(world)
    client = logged_in(world.officer)
    one = f"/en/answers/work/{world.consultation.slug}/changes/{passage.identity}/"
    response = the_point().responses.get()
    given = {"text": WORDS, "revision": working.revision + 5, "responses": [response.pk]}
    page = client.post(one, given)
    assert page.status_code == 409
    assert WORDS in page.content.decode()
    assert "Its words now" in page.content.decode()
    assert f'name="revision" value="{working.revision}"' in page.content.decode()


def test_an_answer_to_the_whole_paper_finds_its_passage(world: World) -> None:
    released(world, the_point())
    begun(world)
    client = logged_in(world.officer)
    address = f"/en/answers/work/{world.consultation.slug}/changes/choose/"
    response = the_point().responses.get()
    page = client.get(address, {"passage": "2", "answer": response.pk}, follow=True)
    assert "checked" in page.content.decode()
    for nonsense in ("", "99", "zwei", "9" * 30):
        page = client.get(address, {"passage": nonsense}, follow=True)
        assert "There is no passage" in page.content.decode()


def test_only_the_administration_carries_out(world: World) -> None:
    address = f"/en/answers/work/{world.consultation.slug}/changes/"
    for user in (world.reviewer, world.department):
        assert logged_in(user).get(address).status_code == 403
    assert Point.objects.count() == 1
