"""Questions: made and ordered before it opens, and never changed afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override

from richtschnur.config.schedule import schedule
from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import (
    READY_SETS,
    NewQuestion,
    add_questions,
    change_question,
    move_question,
    ready_questions,
    remove_question,
    seal_questions,
)
from richtschnur.consultation.operations.ready_questions import shown_in, words_in
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Strategy
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.refusing import refused
from tests.support.staff import address, logged_in
from tests.support.survey import ASKED, asked, survey
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def test_questions_are_ordered_changed_and_taken_out_until_it_opens() -> None:
    planned = survey(LATER)
    first, second, third, last = asked(planned)
    move_question(question=third, is_up=True, by=CLI, at=NOON)
    move_question(question=first, is_up=True, by=CLI, at=NOON)
    move_question(question=last, is_up=False, by=CLI, at=NOON)
    remove_question(question=first, by=CLI, at=NOON)
    change_question(question=second, new=NewQuestion("open", "Wie?"), by=CLI, at=NOON)
    add_questions(consultation=planned, questions=ASKED[:1], by=CLI, at=NOON)
    found = asked(planned)
    assert [q.text for q in found] == [third.text, "Wie?", last.text, "Was fehlt?"]
    assert [q.position for q in found] == [1, 2, 3, 4]


@pytest.mark.parametrize("sealed", [False, True])
def test_once_it_is_open_nothing_changes(sealed: bool) -> None:
    planned = survey(LATER)
    question = asked(planned)[0]
    if sealed:
        assert seal_questions(at=LATER) >= 1
        planned.refresh_from_db()
    with refused("sealed"):
        add_questions(consultation=planned, questions=ASKED, by=CLI, at=LATER)
    with refused("sealed"):
        change_question(question=question, new=ASKED[0], by=CLI, at=LATER)
    with refused("sealed"):
        remove_question(question=question, by=CLI, at=LATER)
    with refused("sealed"):
        move_question(question=question, is_up=False, by=CLI, at=LATER)
    assert len(asked(planned)) == 4


def test_the_database_keeps_them_once_they_are_sealed() -> None:
    planned = survey(LATER)
    Question.objects.filter(consultation=planned).update(explanation="noch frei")
    assert seal_questions(at=NOON) == 0
    seal_questions(at=LATER)
    acts = (
        lambda: Question.objects.update(text="anders"),
        lambda: Question.objects.all().delete(),
        lambda: Question.objects.create(
            consultation=planned, position=9, kind="open", text="Noch eine?"
        ),
    )
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert "consultation.seal_questions" in [job.name for job in schedule()]


def test_one_that_opens_at_once_is_sealed_with_its_questions() -> None:
    opened = survey(NOON)
    assert opened.questions_sealed_at == NOON
    assert len(asked(opened)) == 4


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewQuestion("open", "  "), "text"),
        (NewQuestion("open", "Was?", options=("a", "b")), "options"),
        (NewQuestion("scale", "Wie?"), "options"),
        (NewQuestion("scale", "Wie?", options=("eins",)), "options"),
        (NewQuestion("scale", "Wie?", options=tuple("abcdefghijk")), "options"),
        (NewQuestion("choice", "Wer?", options=("Amt", "AMT")), "options"),
        (NewQuestion("choices", "Wer?", options=("Amt", "x" * 201)), "options"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(new: NewQuestion, code: str) -> None:
    planned = survey(LATER, questions=())
    with refused(code):
        add_questions(consultation=planned, questions=[ASKED[0], new], by=CLI, at=NOON)
    assert not asked(planned)


def test_a_question_is_about_a_passage_of_its_own_edition() -> None:
    planned = survey(LATER)
    passage = World().edition.passages.get(number=1)
    with refused("passage"):
        new = NewQuestion("open", "Und hier?", passage=passage)
        add_questions(consultation=planned, questions=[new], by=CLI, at=NOON)


@pytest.mark.parametrize("key", sorted(READY_SETS))
@pytest.mark.parametrize("language", ["de", "en", "ar", "xx"])
def test_every_ready_set_can_be_asked_in_every_language(key: str, language: str) -> None:
    planned = survey(LATER, questions=ready_questions(key, language))
    assert len(asked(planned)) == len(READY_SETS[key].questions)


def test_ready_words_are_shown_in_the_readers_language_until_they_are_changed() -> None:
    planned = survey(LATER, questions=ready_questions("actors", "de"))
    question = asked(planned)[0]
    english = words_in(READY_SETS["actors"].questions[0], "en")
    assert shown_in(question, "en") == (*english, "en")
    assert shown_in(question, "de")[3] == "de"
    changed = NewQuestion(question.kind, "Was tun Sie?", options=question.options)
    change_question(question=question, new=changed, by=CLI, at=NOON)
    question.refresh_from_db()
    assert shown_in(question, "en")[0] == "Was tun Sie?"


def test_an_unknown_set_is_refused() -> None:
    with refused("not-found"):
        ready_questions("nothing", "de")


def test_staff_begins_a_paper_by_asking(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    staff = logged_in(world.officer)
    given = {
        "paper": "new",
        "paper_title": "Konzept 2030",
        "title": "Erzählen Sie uns davon",
        "introduction": "",
        "ready": "experience",
        "opens_at": "2026-11-03T08:00",
        "closes_at": "2026-12-01T18:00",
        "audience": "public",
        "publication": "anonymised",
    }
    answer = staff.post(address("consultation:gather"), given)
    opened = Consultation.objects.get(title="Erzählen Sie uns davon")
    assert answer["Location"] == address("consultation:questions", opened.slug)
    assert opened.edition is None
    assert opened.strategy.title == "Konzept 2030"
    assert len(asked(opened)) == 5
    assert staff.get(address("strategy:desk")).status_code == 200
    assert staff.get(address("consultation:manage", opened.slug)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"paper_title": " "}, "Please name the paper"),
        ({"paper": "nirgends"}, "choose one of these"),
        ({"ready": "nirgends"}, "choose one of these"),
        ({"title": ""}, "fill this in"),
        ({"closes_at": "2026-11-01"}, "lies before the start"),
    ],
)
def test_bad_input_begins_nothing(wrong: dict[str, str], says: str, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    given = {
        "paper": "new",
        "paper_title": "Konzept 2030",
        "title": "T",
        "ready": "",
        "opens_at": "2026-11-03T08:00",
        "closes_at": "2026-12-01T18:00",
        "audience": "public",
        "publication": "not",
    } | wrong
    page = logged_in(world.officer).post(address("consultation:gather"), given)
    assert says in page.content.decode()
    assert Strategy.objects.count() == Consultation.objects.count() == 1


def test_staff_works_on_the_questions_by_forms(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    staff, planned = logged_in(world.officer), survey(LATER)
    listed = address("consultation:questions", planned.slug)
    first = asked(planned)[0]
    added = {"kind": "choice", "text": "Wer?", "options": "Amt\n\n Verein "}
    where = address("consultation:question_add", planned.slug)
    assert staff.post(where, added)["Location"] == listed
    assert asked(planned)[-1].options == ["Amt", "Verein"]
    where = address("consultation:question_change", planned.slug, first.pk)
    assert staff.post(where, {"kind": "open", "text": "Was noch?"}).status_code == 302
    staff.post(listed, {"down": first.pk})
    staff.post(listed, {"ready": "draft"})
    staff.post(listed, {"remove": asked(planned)[0].pk})
    assert [q.text for q in asked(planned)][:2] == ["Was noch?", "Wie viele erreichen Sie?"]
    assert len(asked(planned)) == 7
    for bad in ({"up": "x"}, {"up": "9" * 30}, {"remove": "0"}):
        assert staff.post(listed, bad).status_code == 404
    assert staff.post(listed, {"ready": "x"}).status_code == 200
    bad = {"kind": "scale", "text": "Wie?", "options": "nur eins"}
    page = staff.post(address("consultation:question_add", planned.slug), bad)
    assert "at least 2" in page.content.decode()


def test_after_the_opening_they_are_only_read(set_clock: SetClock) -> None:
    world, opened = World(), survey(NOON)
    set_clock(NOON)
    staff = logged_in(world.officer)
    question = asked(opened)[0]
    assert staff.get(address("consultation:question_add", opened.slug)).status_code == 404
    where = address("consultation:question_change", opened.slug, question.pk)
    assert staff.get(where).status_code == 404
    listed = address("consultation:questions", opened.slug)
    staff.post(listed, {"remove": question.pk})
    page = staff.get(listed).content.decode()
    assert len(asked(opened)) == 4
    assert 'name="remove"' not in page
    assert logged_in(world.department).get(listed).status_code == 200
    assert logged_in(world.department).post(listed, {"ready": "draft"}).status_code in (302, 403)
    with at_most(12):
        staff.get(listed)


def test_a_draft_can_be_opened_with_questions_beside_it(set_clock: SetClock) -> None:
    from richtschnur.strategy.operations import start_edition

    world = World()
    set_clock(NOON)
    edition = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    given = {
        "title": "Was meinen Sie?",
        "ready": "draft",
        "opens_at": "2026-11-03T08:00",
        "closes_at": "2026-12-01T18:00",
        "audience": "public",
        "publication": "anonymised",
    }
    where = address("consultation:open", edition.strategy.slug, edition.number)
    assert logged_in(world.officer).post(where, given).status_code == 302
    opened = Consultation.objects.get(edition=edition)
    with override("de"):
        assert [q.kind for q in asked(opened)] == ["scale", "scale", "open"]
