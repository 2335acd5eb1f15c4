"""Questions in further languages: written, checked, made by a machine, and as readers see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import (
    NewQuestion,
    change_question,
    open_next_round,
    shown_all,
    source_of,
    work_off_question_orders,
    write_question,
)
from richtschnur.contributions.models import Contribution
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.operations.translating import work_off_orders
from richtschnur.translation.models import DraftOrder, Translation
from richtschnur.translation.sources import Source
from tests.contributions.test_questions import sent
from tests.languages.machines import Machine
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.survey import ASKED, asked, survey
from tests.support.world import NOON, World, person

__all__ = ["set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CHOICE = ["Скільки людей?", "до 20", "більше"]


@pytest.fixture
def machine(settings: Any) -> Iterator[Machine]:
    found = Machine()
    settings.TRANSLATION = {"kind": "libretranslate", "url": found.url}
    yield found
    found.stop()


def told(question: Question, lines: list[str], language: str = "uk", **more: Any) -> Translation:
    given = {"read": source_of(question).fingerprint, "by": CLI} | more
    return write_question(question=question, language=language, lines=lines, at=NOON, **given)


def shown(client: Client, opened: Consultation, language: str) -> str:
    with override(language):
        place = address_in(language, "contributions:questions", opened.slug)
    return client.get(place).content.decode()


def address_in(language: str, name: str, *args: object) -> str:
    from django.urls import reverse

    with override(language):
        return reverse(name, args=args)


# Refusals first


@pytest.mark.parametrize("lines", [[], ["a"], ["a", "b"], ["a", "", "c"], ["a", "b", "c", "d"]])
def test_a_choice_with_a_gap_is_refused(lines: list[str]) -> None:
    question = asked(survey())[2]
    with pytest.raises(Refused):
        told(question, lines)
    assert not Translation.objects.exists()


def test_who_may_not_and_other_words_are_refused() -> None:
    question = asked(survey())[2]
    with pytest.raises(Forbidden):
        told(question, CHOICE, by=VISITOR)
    with pytest.raises(Refused) as refusal:
        told(question, CHOICE, read="0" * 64)
    assert refusal.value.code == "stale"
    with pytest.raises(Refused):
        told(question, CHOICE, language="de")
    with pytest.raises(Refused):
        told(question, CHOICE, language="xx")


@pytest.mark.parametrize(
    "name", ["comment:1", "answer:1", "question:0", "question:1 ", "question:"]
)
def test_nothing_of_a_resident_can_be_a_source(name: str) -> None:
    with pytest.raises(ValueError, match="not a text"):
        Source(subject=name, text="x")


# What readers see


def test_readers_see_it_in_their_language_and_the_original(
    client: Client, set_clock: SetClock
) -> None:
    opened = survey()
    set_clock(NOON)
    question = asked(opened)[2]
    told(question, CHOICE)
    page = shown(client, opened, "uk")
    for words in ("Скільки людей?", "до 20", "Wie viele erreichen Sie?", "bis 20"):
        assert words in page
    assert '<bdi lang="uk">Скільки людей?' in page
    assert "Wie gut klappt es?" in page, "what nobody translated"
    assert "Скільки" not in shown(client, opened, "de")
    english = shown(client, opened, "en")
    assert "Скільки" not in english


def test_its_state_stands_beside_it(client: Client, set_clock: SetClock) -> None:
    opened = survey()
    set_clock(NOON)
    question = asked(opened)[2]
    told(question, ["How many do you reach?", "up to 20", "more"], "en")
    assert "Written by a person, not checked." in shown(client, opened, "en")
    Translation.objects.update(state="machine")
    assert "Made by a machine, not checked." in shown(client, opened, "en")
    Translation.objects.update(
        state="checked", checked_at=NOON, checked_by="1", checker="Integrationsbüro"
    )
    assert "Checked by Integrationsbüro" in shown(client, opened, "en")
    assert "The original is binding." in shown(client, opened, "en")


def test_the_answer_is_that_of_the_original(client: Client, set_clock: SetClock) -> None:
    """Whoever chooses “more” in another language has chosen “mehr”."""
    opened = survey()
    set_clock(NOON)
    question = asked(opened)[2]
    told(question, ["How many do you reach?", "up to 20", "more"], "en")
    place = address_in("en", "contributions:questions", opened.slug)
    assert client.post(place, {f"question_{question.pk}": "2"}).status_code in (302, 303)
    sent(client, opened)
    assert Contribution.objects.get().answers.get().value == "mehr"


def test_what_was_changed_since_is_shown_in_the_original() -> None:
    opened = survey(at=NOON, opens_at=NOON.replace(year=2027))
    question = asked(opened)[2]
    told(question, CHOICE)
    new = NewQuestion("choice", "Wie viele sind es?", options=("bis 20", "mehr"))
    change_question(question=question, new=new, by=CLI, at=NOON)
    found = shown_all(opened.questions.all(), "uk")[question.pk]
    assert (found.text, found.language, found.told) == ("Wie viele sind es?", "de", None)


def test_two_more_options_never_meet_old_words() -> None:
    """Even if somebody has bent the row: as many lines as the question has, or the original."""
    opened = survey()
    question = asked(opened)[2]
    told(question, CHOICE)
    Translation.objects.update(text="Скільки людей?\nдо 20")
    assert shown_all([question], "uk")[question.pk].language == "de"


def test_the_next_round_keeps_what_was_translated() -> None:
    former = survey()
    question = asked(former)[2]
    told(question, CHOICE)
    Translation.objects.update(state="machine")
    opened = open_next_round(
        former=former,
        on=former.strategy,
        audience="public",
        with_questions=True,
        title="Noch einmal",
        opens_at=NOON + timedelta(days=30),
        closes_at=NOON + timedelta(days=50),
        by=CLI,
        at=NOON,
    )
    found = shown_all(opened.questions.all(), "uk")[asked(opened)[2].pk]
    assert (found.text, found.options) == ("Скільки людей?", ["до 20", "більше"])
    assert found.told is not None
    assert found.told.translation is not None
    assert found.told.translation.state == "machine"
    assert Translation.objects.count() == 2


def test_one_query_for_all_questions() -> None:
    opened = survey()
    for question, lines in zip(asked(opened)[1:3], [["Як?", "1", "2", "3"], CHOICE], strict=True):
        told(question, lines)
    questions = list(opened.questions.select_related("consultation__strategy"))
    with at_most(1):
        found = shown_all(questions, "uk")
    assert [one.language for one in found.values()] == ["de", "uk", "uk", "de"]
    with at_most(0):
        shown_all(questions, "de")


# The desk


def test_staff_write_check_and_discard(set_clock: SetClock) -> None:
    set_clock(NOON)
    opened, client = survey(), logged_in(person("officer", "administration"))
    question = asked(opened)[0]
    page = address("consultation:question_words", opened.slug, "uk", question.pk)
    form = client.get(page)
    assert "Ein Satz genügt &lt;b&gt;." in form.content.decode()
    given = {**form.context["form"].initial, "do": "write"}
    refused = client.post(page, {**given, "text": "Чого бракує?"})
    assert refused.status_code == 422
    assert "Чого бракує?" in refused.content.decode(), "what was typed stays"
    lines = {"text": "Чого бракує?", "explanation": "Одне речення | два"}
    assert client.post(page, {**given, **lines}).status_code == 302
    kept = Translation.objects.get()
    assert (kept.state, kept.subject) == ("written", f"question:{question.pk}")
    assert shown_all([question], "uk")[question.pk].explanation == "Одне речення | два"
    check = {"do": "check", "version": "0" * 16, "checker": "Amt"}
    assert client.post(page, check).status_code == 422, "changed meanwhile"
    assert client.post(page, check | {"version": kept.version}).status_code == 302
    kept.refresh_from_db()
    assert (kept.state, kept.checker) == ("checked", "Amt")
    listed = client.get(address("consultation:question_language", opened.slug, "uk"))
    assert "Checked by Amt" in listed.content.decode()
    assert client.post(page, {"do": "discard"}).status_code == 302
    assert not Translation.objects.exists()
    acts = JournalEntry.objects.filter(act__startswith="translation.").values_list("act", flat=True)
    assert [act.split(".")[1].split("_")[0] for act in acts] == ["keep", "check", "discard"]


@pytest.mark.parametrize("language", ["de", "xx", "en-gb"])
def test_no_page_for_the_papers_own_or_an_unknown_language(language: str) -> None:
    opened, client = survey(), logged_in(person("officer", "administration"))
    place = address("consultation:question_language", opened.slug, language)
    assert client.get(place).status_code == 404


def test_the_desk_asks_a_constant_number_of_queries() -> None:
    opened, client = survey(), logged_in(person("officer", "administration"))
    for name, args in (("question_language", ("uk",)), ("questions", ())):
        place = address(f"consultation:{name}", opened.slug, *args)
        client.get(place)
        with at_most(12):
            page = client.get(place).content.decode()
    assert "0 of 4 translated" in page


# The machine


def test_a_machine_makes_drafts_of_all_lines(machine: Machine, set_clock: SetClock) -> None:
    set_clock(NOON)
    opened, client = survey(), logged_in(person("officer", "administration"))
    place = address("consultation:question_order", opened.slug, "en")
    assert client.post(place).status_code == 302
    assert DraftOrder.objects.get().about == f"consultation:{opened.slug}"
    assert work_off_orders(at=NOON) == 0, "papers' worker leaves it"
    assert work_off_question_orders(at=NOON) == 4
    assert work_off_question_orders(at=NOON) == 0
    found = shown_all(opened.questions.all(), "en")
    question = asked(opened)[3]
    assert found[question.pk].options == ["BERATUNG", "KURSE", "SPORT"]
    assert {one.state for one in Translation.objects.all()} == {"machine"}
    sent_texts = {text for _path, said, _headers in machine.asked for text in said["q"]}
    assert "Was bieten Sie an?" in sent_texts
    assert client.post(place).status_code == 302, "nothing is left: said, not broken"
    assert DraftOrder.objects.count() == 1


def test_an_order_for_a_paper_is_left(machine: Machine, set_clock: SetClock) -> None:
    set_clock(NOON)
    world = World()
    client = logged_in(world.officer)
    edition = world.edition
    client.post(address("strategy:order_translation", edition.strategy.slug, edition.number, "en"))
    assert work_off_question_orders(at=NOON) == 0
    assert work_off_orders(at=NOON) > 0


def test_without_a_machine_nothing_is_ordered() -> None:
    opened, client = survey(questions=ASKED), logged_in(person("officer", "administration"))
    client.post(address("consultation:question_order", opened.slug, "en"))
    assert not DraftOrder.objects.exists()
    page = client.get(address("consultation:question_language", opened.slug, "en"))
    assert "nothing leaves the house" in page.content.decode()
