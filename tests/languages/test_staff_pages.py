"""Translating at the desk: the overview, one text, checks, orders, tables out and in."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from richtschnur.documents.paper import Sheet
from richtschnur.documents.tables import read_table
from richtschnur.documents.writing import write_table
from richtschnur.jobs.worker import Job, run_due
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import change_passage, start_edition
from richtschnur.strategy.operations.translating import COLUMNS, work_off_orders
from richtschnur.strategy.queries.in_language import source_of, sources_of
from richtschnur.translation.models import DraftOrder, Translation
from richtschnur.translation.operations import keep_translation
from tests.languages.machines import Machine
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> Client:
    return logged_in(world.officer)


def first(edition: Edition) -> Passage:
    passage = edition.passages.order_by("position").first()
    assert passage is not None
    return passage


def keys(edition: Edition, language: str = "uk") -> list[object]:
    return [edition.strategy.slug, edition.number, language]


def page_of(edition: Edition, passage: Passage, language: str = "uk") -> str:
    return address("strategy:translate", *keys(edition, language), "passage", passage.identity)


def write(client: Client, edition: Edition, text: str, language: str = "uk", **more: object):  # type: ignore[no-untyped-def]
    passage = first(edition)
    shown = client.get(page_of(edition, passage, language)).context["form"].initial
    data = {**shown, "do": "write", "text": text, **more}
    return client.post(page_of(edition, passage, language), data)


def test_writing_and_checking_one_text(client: Client, world: World) -> None:
    answer = write(client, world.edition, "Абзац **перший**.")
    assert answer.status_code == 302
    kept = Translation.objects.get()
    assert (kept.text, kept.state) == ("Абзац перший.", "written")
    assert kept.marks == [[6, 12, "strong", ""]]
    page = client.get(page_of(world.edition, first(world.edition)))
    assert "Абзац **перший**." in page.content.decode()
    check = {"do": "check", "version": kept.version, "checker": "Integrationsbüro"}
    assert client.post(page_of(world.edition, first(world.edition)), check).status_code == 302
    kept.refresh_from_db()
    assert (kept.state, kept.checker) == ("checked", "Integrationsbüro")
    assert kept.checked_by == world.officer.actor(NOON.date()).id


@pytest.mark.parametrize("text", ["", "  ", "ein\0Zeichen"])
def test_what_is_no_text_is_asked_for_again(client: Client, world: World, text: str) -> None:
    assert write(client, world.edition, text).status_code == 422
    assert not Translation.objects.exists()


def test_german_words_that_changed_meanwhile_are_told(client: Client, world: World) -> None:
    working = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    passage = first(working)
    shown = client.get(page_of(working, passage)).context["form"].initial
    change_passage(passage=passage, text="Neue Worte.", by=CLI, at=NOON)
    data = {**shown, "do": "write", "text": "Переклад"}
    answer = client.post(page_of(working, passage), data)
    assert answer.status_code == 422
    assert "have changed since you opened" in answer.content.decode()
    assert "Переклад" in answer.content.decode()
    assert not Translation.objects.exists()


def test_what_changed_since_is_shown_word_by_word(client: Client, world: World) -> None:
    write(client, world.edition, "Absatz in Ukrainian")
    working = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    passage = first(working)
    change_passage(passage=passage, text=passage.text + " Und mehr.", by=CLI, at=NOON)
    html = client.get(page_of(working, passage)).content.decode()
    assert "<ins>" in html
    assert "Und mehr." in html
    overview = client.get(address("strategy:languages", *keys(working)[:2]))
    row = next(row for row in overview.context["rows"] if row.language.code == "uk")
    assert (row.outdated, row.written) == (1, 0)


def test_a_version_that_was_not_read_is_not_checked(client: Client, world: World) -> None:
    write(client, world.edition, "eins")
    read = Translation.objects.get().version
    write(client, world.edition, "zwei")
    check = {"do": "check", "version": read, "checker": "Büro"}
    answer = client.post(page_of(world.edition, first(world.edition)), check)
    assert answer.status_code == 422
    assert Translation.objects.get().state == "written"


def test_nothing_can_be_checked_before_it_is_written(client: Client, world: World) -> None:
    check = {"do": "check", "version": "x", "checker": "Büro"}
    assert client.post(page_of(world.edition, first(world.edition)), check).status_code == 302


def test_discarding(client: Client, world: World) -> None:
    write(client, world.edition, "eins")
    client.post(page_of(world.edition, first(world.edition)), {"do": "discard"})
    assert not Translation.objects.exists()


def test_departments_read_but_do_not_translate(world: World) -> None:
    department = logged_in(world.department)
    assert department.get(address("strategy:language", *keys(world.edition))).status_code == 200
    assert department.get(page_of(world.edition, first(world.edition))).status_code == 403
    reviewer = logged_in(world.reviewer)
    assert reviewer.get(page_of(world.edition, first(world.edition))).status_code == 200
    order = address("strategy:order_translation", *keys(world.edition))
    assert reviewer.post(order).status_code == 403


@pytest.mark.parametrize("language", ["de", "xx", "en-gb"])
def test_other_languages_are_no_pages(client: Client, world: World, language: str) -> None:
    assert (
        client.get(address("strategy:language", *keys(world.edition, language))).status_code == 404
    )


@pytest.mark.parametrize("key", ["passage/x", "comment/1", "section/x", "edition-title/elsewhere"])
def test_other_texts_are_no_pages(client: Client, world: World, key: str) -> None:
    page = address("strategy:language", *keys(world.edition))
    assert client.get(f"{page}{key}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?show=open", "?show=unchecked", "?show=x&part=99999", "?part=²"]
)
def test_the_page_of_a_language(client: Client, world: World, query: str) -> None:
    write(client, world.edition, "نص", "fa")
    page = client.get(address("strategy:language", *keys(world.edition, "fa")) + query)
    assert page.status_code == 200
    html = page.content.decode()
    if "open" not in query:
        assert 'lang="fa-AF" dir="rtl">نص' in html


@pytest.mark.parametrize("paragraphs", [3, 40])
def test_pages_ask_the_database_as_often_for_long_papers(paragraphs: int) -> None:
    world = World(paragraphs=paragraphs)
    for passage in world.edition.passages.all():
        keep_translation(source=source_of(passage, "de"), language="uk", text="x", by=CLI, at=NOON)
    client = logged_in(world.officer)
    with at_most(24):
        client.get(address("strategy:languages", *keys(world.edition)[:2]))
    with at_most(24):
        client.get(address("strategy:language", *keys(world.edition)))
    with at_most(24):
        client.get(page_of(world.edition, first(world.edition)))


def table(client: Client, edition: Edition, folder: Path) -> list[dict[str, str]]:
    answer = client.get(address("strategy:language_table", *keys(edition)))
    path = folder / "table.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    return list(read_table(path))


def bring(client: Client, edition: Edition, rows: list[dict[str, str]], folder: Path):  # type: ignore[no-untyped-def]
    path = folder / "back.xlsx"
    cells = [[row.get(name, "") for name in COLUMNS] for row in rows]
    write_table(Sheet("x", COLUMNS, cells), "xlsx", path)
    upload = SimpleUploadedFile("back.xlsx", path.read_bytes())
    return client.post(address("strategy:bring_language", *keys(edition)), {"file": upload})


def test_a_table_goes_out_and_comes_back(client: Client, world: World, tmp_path: Path) -> None:
    write(client, world.edition, "Було **перекладено**.")
    rows = table(client, world.edition, tmp_path)
    assert len(rows) == len(sources_of(world.edition))
    assert [row["translation"] for row in rows if row["translation"]] == ["Було **перекладено**."]
    for row in rows:
        row["translation"] = row["translation"] or f"*{row['german']}*"
    answer = bring(client, world.edition, rows, tmp_path)
    report = answer.context["report"]
    assert (report.kept, report.unchanged, report.rejected) == (len(rows) - 1, 1, [])
    again = bring(client, world.edition, rows, tmp_path).context["report"]
    assert (again.kept, again.unchanged) == (0, len(rows))


def test_rows_that_do_not_belong_are_told(client: Client, world: World, tmp_path: Path) -> None:
    rows = table(client, world.edition, tmp_path)
    rows[1] |= {"translation": "x", "words": "0" * 64}
    rows[2] |= {"translation": "x", "id": "passage:nowhere"}
    report = bring(client, world.edition, rows, tmp_path).context["report"]
    assert report.kept == 0
    assert report.empty == len(rows) - 2
    assert [row for row, _why in report.rejected] == [3, 4]
    assert not Translation.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_told(client: Client, world: World, content: bytes) -> None:
    upload = SimpleUploadedFile("back.xlsx", content)
    answer = client.post(address("strategy:bring_language", *keys(world.edition)), {"file": upload})
    assert answer.status_code == 422


@pytest.fixture
def machine(settings) -> Iterator[Machine]:  # type: ignore[no-untyped-def]
    served = Machine()
    settings.TRANSLATION = {"kind": "libretranslate", "url": served.url, "timeout": 5}
    yield served
    served.stop()


def test_without_a_machine_nothing_is_ordered(client: Client, world: World) -> None:
    page = client.get(address("strategy:language", *keys(world.edition)))
    assert "No translating machine is set up" in page.content.decode()
    client.post(address("strategy:order_translation", *keys(world.edition)))
    assert not DraftOrder.objects.exists()


def test_an_order_is_worked_off_and_says_how_far_it_is(
    client: Client, world: World, machine: Machine
) -> None:
    client.post(address("strategy:order_translation", *keys(world.edition)))
    page = client.get(address("strategy:language", *keys(world.edition)))
    assert "<progress" in page.content.decode()
    count = len(sources_of(world.edition))
    at = NOON + timedelta(days=3650)
    assert work_off_orders(at=at) == count
    assert work_off_orders(at=at) == 0
    assert set(Translation.objects.values_list("state", flat=True)) == {"machine"}
    order = DraftOrder.objects.get()
    assert (order.state, order.done) == ("done", count)
    # Only texts of the paper went out.
    sent = [text for _path, question, _headers in machine.asked for text in question["q"]]
    assert set(sent) == {source.text for source in sources_of(world.edition)}


def test_an_order_can_be_stopped(client: Client, world: World, machine: Machine) -> None:
    page = address("strategy:order_translation", *keys(world.edition))
    client.post(page)
    client.post(page, {"stop": "1"})
    assert work_off_orders(at=NOON + timedelta(days=3650)) == 0
    assert machine.asked == []
    assert client.get(page).status_code == 405


def test_residents_words_never_reach_a_machine(
    client: Client, world: World, machine: Machine
) -> None:
    world.contribute("Mein Nachbar heißt Müller und wohnt in der Ringstraße 5.")
    for language in ("uk", "ar"):
        client.post(address("strategy:order_translation", *keys(world.edition, language)))
        work_off_orders(at=NOON + timedelta(days=3650))
    assert machine.asked
    assert "Ringstraße" not in str(machine.asked)


def test_what_waits_for_a_machine_holds_nobody_up() -> None:
    release, ran = threading.Event(), io.StringIO()
    slow = Job("slow", lambda *, at: release.wait(5), timedelta(0), aside=True)
    quick = Job("quick", lambda *, at: ran.write("x"), timedelta(0))
    for _turn in range(3):
        run_due([slow, quick], at=NOON)
    assert ran.getvalue() == "xxx"
    assert slow.thread is not None
    release.set()
    slow.thread.join(5)
    assert not slow.thread.is_alive()
