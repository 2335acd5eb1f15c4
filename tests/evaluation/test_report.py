"""The report of participation: nobody can be found in it, it is frozen by a person, files."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from django.test import Client
from django.urls import reverse

from richtschnur.analysis.disclosure import hidden_cells
from richtschnur.contributions.operations import NewComment, submit_contribution
from richtschnur.evaluation.models import ChapterText, Point, Report
from richtschnur.evaluation.operations import (
    group_points,
    release_report,
    tag_point,
    write_report_texts,
)
from richtschnur.evaluation.queries.durations import banded, quantile
from richtschnur.evaluation.queries.report_words import charts_of
from richtschnur.evaluation.queries.reporting import _table, report_content
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import acting, logged_in, released
from tests.support.clock import SetClock, set_clock
from tests.support.pdf import alternatives, assert_accessible
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
OVER = timedelta(days=21)


@pytest.fixture
def world(set_clock: SetClock) -> World:
    made = World()
    set_clock(made.at + OVER)
    return made


def sent(world: World, kind: str, n: int, **more: Any) -> None:
    passage = world.edition.passages.all()[0]
    for i in range(n):
        submit_contribution(
            consultation=world.consultation,
            comments=[NewComment(f"Bitte mehr Kurse für {kind}, Nummer {i}.", passage)],
            kind=kind,
            idempotency_key=f"{kind}-{i}-{more}",
            by=VISITOR,
            at=world.at,
            **more,
        )


def frozen(world: World) -> Report:
    by = acting(world, world.reviewer)
    return release_report(consultation=world.consultation, by=by, at=world.at + OVER)


def write(world: World, texts: dict[str, str], seen: dict[str, int] | None = None) -> Any:
    return write_report_texts(
        consultation=world.consultation,
        texts=texts,
        seen=seen or {},
        author=world.officer,
        by=acting(world, world.officer),
        at=world.at,
    )


def open_as(world: World, name: str, *args: object, user: Any = None) -> Any:
    client = logged_in(user) if user else Client()
    return client.get(reverse(f"evaluation:{name}", args=[world.consultation.slug, *args]))


# Refusals first


def test_it_is_not_public_before_a_person_releases_it(world: World) -> None:
    sent(world, "resident", 5)
    for name, args in (
        ("released_report", ()),
        ("released_report_file", ("pdf",)),
        ("released_numbers", ("kind",)),
    ):
        assert open_as(world, name, *args).status_code == 404
    assert open_as(world, "report").status_code in (302, 403)
    assert open_as(world, "report", user=world.department).status_code == 403


def test_who_may_not_release_and_when(world: World) -> None:
    by = acting(world, world.reviewer)
    with pytest.raises(Refused, match="Nothing came in"):
        frozen(world)
    sent(world, "resident", 1)
    with pytest.raises(Refused, match="when the consultation is over"):
        release_report(consultation=world.consultation, by=by, at=world.at)
    for actor in (acting(world, world.officer), CLI, VISITOR):
        with pytest.raises(Forbidden):
            release_report(consultation=world.consultation, by=actor, at=world.at + OVER)
    assert not Report.objects.exists()


def test_texts_that_somebody_has_changed_meanwhile_are_kept_apart(world: World) -> None:
    write(world, {"foreword": "Danke.", "time": "Es dauerte."})
    with pytest.raises(Refused) as refusal:
        write(world, {"foreword": "Dank an alle.", "time": "Kurz."}, {"foreword": 0, "time": 1})
    assert refusal.value.code == "stale"
    assert ChapterText.objects.count() == 2
    write(world, {"foreword": "Dank an alle.", "time": "Es dauerte."}, {"foreword": 1, "time": 1})
    assert ChapterText.objects.filter(chapter="foreword").count() == 2
    assert ChapterText.objects.filter(chapter="time").count() == 1


def test_a_stale_form_loses_nothing(world: World) -> None:
    write(world, {"foreword": "Danke."})
    client = logged_in(world.officer)
    place = reverse("evaluation:report", args=[world.consultation.slug])
    answer = client.post(place, {"foreword": "Dank an alle.", "seen_foreword": "0"})
    assert answer.status_code == 409
    assert "Dank an alle." in answer.content.decode()
    seen = answer.context["form"].data["seen_foreword"]
    assert (
        client.post(place, {"foreword": "Dank an alle.", "seen_foreword": seen}).status_code == 302
    )


# Nobody can be found


def cells(report: dict[str, Any], name: str) -> dict[str, int | None]:
    table = report["who"][name]
    return dict(table["rows"]) if table else {}


def test_small_cells_are_hidden_and_one_more(world: World) -> None:
    sent(world, "resident", 9)
    sent(world, "worker", 6)
    sent(world, "club", 2)
    shown = cells(report_content(world.consultation, world.at), "kind")
    assert shown["resident"] == 9
    assert shown["club"] is None
    assert shown["worker"] is None, "or the sum would tell of the club"
    assert all(n is None or n >= 5 for n in shown.values())
    assert "authority" in shown, "a row that is missing would tell something"


def test_of_fewer_than_five_nothing_is_told(world: World) -> None:
    sent(world, "resident", 4)
    content = report_content(world.consultation, world.at + OVER)
    assert set(content["who"].values()) == {None}
    page = open_as(world, "report", user=world.officer).content.decode()
    assert "Fewer than 5 took part" in page


def test_a_second_release_does_not_tell_who_came_in_between(world: World) -> None:
    sent(world, "resident", 9)
    first = frozen(world)
    sent(world, "resident", 1, language="uk")
    second = frozen(world)
    assert second.content["who"] == first.content["who"]
    assert second.content["counts"]["contributions"] == 10
    assert second.version == 2


# What it says


def test_groups_count_contributions_and_different_texts(world: World) -> None:
    sent(world, "resident", 6)
    points = list(Point.objects.order_by("pk"))
    by = acting(world, world.officer)
    group_points(points=points[:4], by=by, at=world.at)
    tag_point(point=points[0], topics=["Sprache"], by=by, at=world.at)
    content = report_content(world.consultation, world.at)
    counts = content["counts"]
    assert (counts["points"], counts["grouped"], counts["groups"]) == (6, 4, 1)
    assert (counts["senders"], counts["distinct"]) == (4, 3)
    assert content["about"]["groups"] == [4]
    assert content["about"]["topics"] == [["Sprache", 4]], "topics go to the whole group"
    assert content["about"]["passages"][0][2] == 6


def test_how_long_it_took(world: World) -> None:
    sent(world, "resident", 3)
    for point in Point.objects.all()[:2]:
        released(world, point)
    time = report_content(world.consultation, world.at)["time"]
    assert (time["answered"], time["open"], time["median"]) == (2, 1, 0)
    assert time["bands"][0] == ["1w", 2]
    assert report_content(world.consultation, world.at)["decided"] == [["accepted", 2]]


@pytest.mark.parametrize(
    ("days", "low", "median", "high"),
    [([], None, None, None), ([3], 3, 3, 3), ([1, 2, 4], 1.5, 2, 3), ([0, 10], 2.5, 5, 7.5)],
)
def test_quantiles(days: list[int], low: Any, median: Any, high: Any) -> None:
    assert [quantile(days, share) for share in (0.25, 0.5, 0.75)] == [low, median, high]


def test_bands_add_up() -> None:
    days = [0, 7, 8, 14, 28, 29, 91, 182, 183, 400]
    assert [n for _code, n in banded(days)] == [2, 2, 1, 1, 1, 1, 2]


# Frozen


def test_a_release_is_frozen_with_its_checksum(world: World) -> None:
    sent(world, "resident", 9)
    write(world, {"foreword": "Danke für {alles}."})
    report = frozen(world)
    assert report.sha256 == hashlib.sha256(rfc8785.dumps(report.content)).hexdigest()
    report.refresh_from_db()
    assert report.sha256 == hashlib.sha256(rfc8785.dumps(report.content)).hexdigest()
    write(world, {"foreword": "Ganz anders."}, {"foreword": 1})
    page = open_as(world, "released_report").content.decode()
    assert "Danke für {alles}." in page
    assert "Ganz anders." not in page
    assert report.sha256 in page
    entry = JournalEntry.objects.filter(act="evaluation.release_report").get()
    assert entry.data["sha256"] == report.sha256


def test_the_database_keeps_it(world: World) -> None:
    from django.db import DatabaseError, transaction

    sent(world, "resident", 5)
    report = frozen(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).delete()


# Pages and files


def test_every_chart_has_words_a_table_and_a_file(world: World) -> None:
    sent(world, "resident", 9)
    sent(world, "worker", 7)
    released(world, Point.objects.all()[0])
    report = frozen(world)
    page = open_as(world, "released_report").content.decode()
    charts = charts_of(report.content)
    assert {"kind", "passages", "decisions", "durations"} <= set(charts)
    assert "channel" not in charts, "all came one way: its table would tell of the others"
    assert page.count('role="img"') == page.count("<table>") == len(charts)
    for key, chart in charts.items():
        assert f'<title id="t-{key}">' in page
        assert f'<desc id="d-{key}">' in page
        file = b"".join(open_as(world, "released_numbers", key).streaming_content).decode()
        rows = list(csv.reader(io.StringIO(file)))
        assert len(rows) == 1 + len(chart.bars) + (chart.total is not None)
    assert "<path" not in page.partition("<main")[2]
    assert open_as(world, "released_numbers", "nothing").status_code == 404


def test_words_of_others_are_escaped(world: World) -> None:
    sent(world, "resident", 5)
    by = acting(world, world.officer)
    tag_point(point=Point.objects.all()[0], topics=["<b>=1+1 & mehr"], by=by, at=world.at)
    report = frozen(world)
    page = open_as(world, "released_report").content.decode()
    assert "&lt;b&gt;=1+1 &amp; mehr" in page
    assert "<b>=1" not in page
    for format in ("pdf", "docx", "odt"):
        file = b"".join(open_as(world, "released_report_file", format).streaming_content)
        assert len(file) > 2000
    assert open_as(world, "released_report_file", "exe").status_code == 404
    assert report.version == 1


def test_nothing_came_in(world: World) -> None:
    page = open_as(world, "report", user=world.officer).content.decode()
    assert "Nothing has come in yet" in page
    assert "open another round" in page
    assert "<svg class" not in page


@pytest.mark.parametrize("n", [6, 16])
def test_constant_queries(world: World, n: int) -> None:
    sent(world, "resident", n)
    for point in Point.objects.all():
        released(world, point)
    with at_most(20):
        report_content(world.consultation, world.at)
    frozen(world)
    with at_most(8):
        open_as(world, "released_report")
    with at_most(40):
        open_as(world, "report", user=world.officer)


def test_the_pdf_holds_its_standard_and_says_its_charts(world: World, tmp_path: Path) -> None:
    sent(world, "resident", 9)
    sent(world, "worker", 7)
    by = acting(world, world.officer)
    tag_point(
        point=Point.objects.all()[0],
        topics=["Sprache & Arbeit 🚌", "اللغة \ue0ff"],
        by=by,
        at=world.at,
    )
    write(world, {"foreword": "Danke.", "who": "Viele."})
    report = frozen(world)
    path = tmp_path / "report.pdf"
    file = open_as(world, "released_report_file", "pdf").streaming_content
    path.write_bytes(b"".join(file))
    assert_accessible(path, bookmarks=True, languages=[])
    said = alternatives(path)
    assert len(said) == len(charts_of(report.content))
    assert all(len(words) > 40 for words in said)


def test_the_tables_hide_what_the_rule_says() -> None:
    """That the rule leaves nothing to be worked out is tested with it (tests/ground)."""
    chance = random.Random(20261128)
    for _round in range(300):
        counts = {code: chance.choice([0, 0, 1, 2, 4, 5, 6, 9, 14]) for code in "abcdefg"}
        table = _table(tuple(counts), counts)
        if table is None:
            assert sum(counts.values()) < 5
            continue
        hidden = hidden_cells(list(counts.values()))
        shown = [None if i in hidden else n for i, n in enumerate(counts.values())]
        assert [n for _code, n in table["rows"]] == shown
        assert table["total"] == sum(counts.values())
