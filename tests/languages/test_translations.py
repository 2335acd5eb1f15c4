"""Translations belong to words: current, outdated, checked; orders that come to their end."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from richtschnur.documents.marks import Mark
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Refused
from richtschnur.translation import orders
from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.models import DraftOrder, Translation
from richtschnur.translation.operations import (
    Draft,
    check_translation,
    discard_translation,
    keep_drafts,
    keep_translation,
)
from richtschnur.translation.orders import claim_order, order_drafts, stop_order, work_off
from richtschnur.translation.queries import told_in
from richtschnur.translation.sources import Source
from richtschnur.translation.states import OrderState, TranslationState
from tests.support.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


ABOUT = "edition:paper.1"


def sources(count: int) -> list[Source]:
    return [Source(f"passage:{uuid.UUID(int=n)}", f"Absatz {n}.") for n in range(count)]


def keep(source: Source, text: str = "Passage.", language: str = "uk", **more: object):  # type: ignore[no-untyped-def]
    return keep_translation(
        source=source,
        language=language,
        text=text,
        by=CLI,
        at=NOON,
        **more,  # type: ignore[arg-type]
    )


class Shouting:
    """A machine in the house; it chokes on what holds one of `poison`."""

    name = "Shouting"

    def __init__(self, *poison: str, problem: str = "nonsense") -> None:
        self.poison, self.problem, self.asked = poison, problem, 0

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | None]:
        self.asked += 1
        if any(bad in text for bad in self.poison for text in texts):
            raise MachineFailed(self.problem)  # type: ignore[arg-type]
        return [text.upper() for text in texts]


def test_a_changed_source_makes_its_translation_outdated() -> None:
    (one,) = sources(1)
    kept = keep(one)
    changed = Source(one.subject, "Absatz 0 mit neuen Worten.")
    assert told_in([one], "uk")[one.subject].is_current
    outdated = told_in([changed], "uk")[one.subject]
    assert outdated.is_outdated
    assert outdated.translation == kept
    assert outdated.translation.source == one.text
    keep(changed, "New.")
    # The frozen edition's words keep theirs.
    assert told_in([one], "uk")[one.subject].translation == kept
    assert told_in([changed], "uk")[one.subject].is_current


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Absatz 0."[:-1] + "!"},
        {"marks": (Mark(0, 3, "strong"),)},
        {"caption": "Bild"},
    ],
)
def test_marks_and_captions_count_as_words(changed: dict[str, object]) -> None:
    (one,) = sources(1)
    fields = {"text": one.text, **changed}
    other = Source(one.subject, **fields)  # type: ignore[arg-type]
    assert other.fingerprint != one.fingerprint


def test_a_translation_needs_text_and_a_language() -> None:
    (one,) = sources(1)
    for text, language in (("  ", "uk"), ("x", "xx"), ("x", "de")):
        with pytest.raises(Refused):
            keep(one, text, language)
    assert not Translation.objects.exists()
    assert not JournalEntry.objects.exists()


def test_what_is_edited_is_checked_anew() -> None:
    (one,) = sources(1)
    kept = keep(one)
    checked = check_translation(
        translation=kept, version=kept.version, checker="Integrationsbüro", by=CLI, at=NOON
    )
    assert checked.is_checked
    again = keep(one, "Other words.")
    assert again.pk == kept.pk
    assert not again.is_checked
    assert again.checker == ""
    acts = list(JournalEntry.objects.order_by("id").values_list("act", flat=True))
    assert acts == [
        "translation.keep_translation",
        "translation.check_translation",
        "translation.keep_translation",
    ]


def test_a_check_of_other_words_is_refused() -> None:
    (one,) = sources(1)
    kept = keep(one)
    read = kept.version
    keep(one, "Changed meanwhile.")
    with pytest.raises(Refused, match="changed in the meantime"):
        check_translation(translation=kept, version=read, checker="Büro", by=CLI, at=NOON)
    kept.refresh_from_db()
    with pytest.raises(Refused, match="who checked"):
        check_translation(translation=kept, version=kept.version, checker=" ", by=CLI, at=NOON)


def test_only_plain_german_has_review_groups() -> None:
    (one,) = sources(1)
    for language in ("uk", "de-simple"):
        kept = keep(one, language=language)
        ask = {"translation": kept, "version": kept.version, "checker": "Prüfgruppe"}
        if language == "uk":
            with pytest.raises(Refused):
                check_translation(**ask, by_group=True, by=CLI, at=NOON)
        else:
            held = check_translation(**ask, by_group=True, by=CLI, at=NOON)
            assert held.state == TranslationState.GROUP


def test_the_database_asks_who_checked() -> None:
    (one,) = sources(1)
    kept = keep(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.filter(pk=kept.pk).update(state=TranslationState.CHECKED)


def test_a_machine_never_touches_what_a_person_wrote() -> None:
    one, two = sources(2)
    keep(one, "By hand.")
    drafts = [Draft(one, "By machine."), Draft(two, "Too."), Draft(two, "Twice.")]
    more = {"language": "uk", "machine": "M", "about": ABOUT, "by": CLI, "at": NOON}
    assert keep_drafts(drafts=drafts, **more) == 1  # type: ignore[arg-type]
    assert keep_drafts(drafts=drafts, **more) == 0  # type: ignore[arg-type]
    assert told_in([one], "uk")[one.subject].translation.text == "By hand."  # type: ignore[union-attr]


def test_discarding_is_an_act_of_its_own() -> None:
    (one,) = sources(1)
    discard_translation(translation=keep(one), by=CLI, at=NOON)
    assert told_in([one], "uk")[one.subject].translation is None
    assert JournalEntry.objects.filter(act="translation.discard_translation").count() == 1


def test_reading_asks_once_for_five_hundred(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        told_in(sources(500), "uk")


@pytest.fixture
def order() -> Iterator[DraftOrder]:
    return order_drafts(about=ABOUT, language="uk", sources=sources(50), by=CLI, at=NOON)


def test_an_order_is_worked_off_in_batches(order: DraftOrder) -> None:
    machine = Shouting()
    kept = []
    while (claimed := claim_order(about=ABOUT, at=NOON)) is not None:
        kept.append(work_off(claimed, sources(50), machine, at=NOON))
    assert kept == [20, 20, 10]
    order.refresh_from_db()
    assert (order.state, order.done, order.total) == (OrderState.DONE, 50, 50)
    assert set(Translation.objects.values_list("state", "machine")) == {("machine", "Shouting")}


def test_two_workers_do_not_take_the_same(order: DraftOrder) -> None:
    assert claim_order(about=ABOUT, at=NOON) is not None
    assert claim_order(about=ABOUT, at=NOON) is None
    # The first was killed: another goes on where it was, and nothing is made twice.
    late = NOON + orders.CLAIMED_FOR
    claimed = claim_order(about=ABOUT, at=late)
    assert claimed is not None
    assert work_off(claimed, sources(50), Shouting(), at=late) == 20
    assert work_off(claimed, sources(50), Shouting(), at=late) == 20
    assert Translation.objects.count() == 40


def test_one_poisoned_text_is_found_and_passed_over(order: DraftOrder) -> None:
    machine, at = Shouting("Absatz 7."), NOON
    for _turn in range(40):
        if (claimed := claim_order(about=ABOUT, at=at)) is None:
            at += timedelta(minutes=20)
            continue
        work_off(claimed, sources(50), machine, at=at)
    order.refresh_from_db()
    assert (order.state, order.done) == (OrderState.DONE, 49)
    assert order.skipped == [sources(8)[7].subject]


@pytest.mark.parametrize(
    ("problem", "turns", "state"),
    [("unreachable", 30, "failed"), ("refused", 1, "failed"), ("busy", 30, "open")],
)
def test_a_machine_that_is_away(order: DraftOrder, problem: str, turns: int, state: str) -> None:
    machine, at = Shouting("Absatz", problem=problem), NOON
    for _turn in range(turns):
        if (claimed := claim_order(about=ABOUT, at=at)) is not None:
            work_off(claimed, sources(50), machine, at=at)
        at += timedelta(minutes=20)
    order.refresh_from_db()
    assert order.state == state
    assert order.problem == problem
    assert not Translation.objects.exists()
    assert machine.asked <= turns


def test_without_a_machine_the_order_ends_with_the_reason(order: DraftOrder) -> None:
    work_off(order, sources(50), None, at=NOON)
    order.refresh_from_db()
    assert (order.state, order.problem) == (OrderState.FAILED, "settings")


def test_a_stopped_order_stays_stopped(order: DraftOrder) -> None:
    claimed = claim_order(about=ABOUT, at=NOON)
    assert claimed is not None
    stop_order(order=order, by=CLI, at=NOON)
    work_off(claimed, sources(50), Shouting(), at=NOON)
    order.refresh_from_db()
    assert order.state == OrderState.STOPPED
    assert claim_order(about=ABOUT, at=NOON + timedelta(days=1)) is None


def test_one_order_at_a_time_and_none_for_nothing(order: DraftOrder) -> None:
    with pytest.raises(Refused, match="under way"):
        order_drafts(about=ABOUT, language="uk", sources=sources(50), by=CLI, at=NOON)
    (one,) = sources(1)
    keep(one, language="tr")
    with pytest.raises(Refused, match="already"):
        order_drafts(about=ABOUT, language="tr", sources=[one], by=CLI, at=NOON)
