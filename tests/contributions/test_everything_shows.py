"""What is no comment is seen, too: answers alone, nil returns, files, remarks of a workshop."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.exports import export_contributions
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import (
    NewAnswer,
    NewComment,
    end_workshop,
    open_workshop,
    receive_file,
    submit_contribution,
    write_remark,
)
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.contributions.queries import contributions_to, intake_counts, matching
from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.models import Point
from richtschnur.journal import verifier
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.export import export_log
from richtschnur.journal.log import integrate
from tests.contributions.test_erasing_all import OnCommit, by_mail, erase, opened
from tests.evaluation.answering import acting, logged_in
from tests.support.log import fresh_log
from tests.support.refusing import refused
from tests.support.world import World

__all__ = ["fresh_log", "opened"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log", "in_english")]


def answers_alone(world: World, opened: Consultation) -> Contribution:
    return submit_contribution(
        consultation=opened,
        comments=[],
        answers=[NewAnswer(opened.questions.all()[3], value) for value in ("Kurse", "Sport")],
        kind="club",
        idempotency_key="alone",
        by=VISITOR,
        at=world.at,
    ).contribution


def nil_return(world: World, opened: Consultation) -> Contribution:
    return submit_contribution(
        consultation=opened,
        comments=[],
        is_nil_return=True,
        kind="authority",
        idempotency_key="nil",
        by=acting(world, world.officer),
        at=world.at,
    ).contribution


def test_the_table_leaves_nothing_out(world: World, opened: Consultation, tmp_path: Path) -> None:
    alone, nil = answers_alone(world, opened), nil_return(world, opened)
    full = by_mail(world, opened, tmp_path / "scan")
    export_contributions(opened, "csv", tmp_path / "all.csv", at=world.at)
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == [alone.number, nil.number, full.number, full.number]
    assert [row["nil_return"] for row in rows] == ["no", "yes", "no", "no"]
    assert "Kurse" in rows[0]["answers"]
    assert "Sport" in rows[0]["answers"]
    assert rows[2]["files"] == "Stieglitz.txt; Erlenzeisig.txt"
    assert (rows[3]["files"], rows[3]["answers"]) == ("", "")
    assert rows[3]["question"] == "Was fehlt?"


def test_the_inbox_counts_and_finds_them(
    world: World, opened: Consultation, tmp_path: Path
) -> None:
    alone, full = answers_alone(world, opened), by_mail(world, opened, tmp_path / "scan")
    rows = {row.pk: row for row in contributions_to(opened)}
    seen = [(r.comment_count, r.answer_count, r.file_count) for r in rows.values()]
    assert seen == [(0, 1, 0), (2, 1, 2)]
    for words, numbers in {"Kurse": [alone, full], "Stieglitz": [full], "Nymphen": [full]}.items():
        assert list(matching(contributions_to(opened), words)) == numbers, words
    inbox = reverse("contributions:inbox", args=[opened.slug])
    page = logged_in(world.officer).get(inbox).content.decode()
    assert "1 question answered" in page
    assert "2 files" in page
    original = reverse("contributions:original", args=[full.number])
    page = logged_in(world.officer).get(original).content.decode()
    for words in ("Kurse", "Nymphensittich", "Stieglitz.txt", "Was fehlt?"):
        assert words in page


def test_remarks_of_a_running_workshop_are_not_forgotten(
    world: World, opened: Consultation
) -> None:
    by = {"by": acting(world, world.officer), "at": world.at}
    workshop = open_workshop(consultation=opened, name="Runde", held_on=world.at.date(), **by)
    write_remark(workshop=workshop, text="Mehr Busse.", key="1", **by)
    manage = reverse("consultation:manage", args=[opened.slug])
    assert intake_counts(opened)["remarks"] == 1
    assert "no contribution yet" in logged_in(world.officer).get(manage).content.decode()
    end_workshop(workshop=workshop, **by)
    assert intake_counts(opened)["remarks"] == 0
    assert "no contribution yet" not in logged_in(world.officer).get(manage).content.decode()


def test_answers_alone_are_counted_and_promise_no_answer(
    world: World, opened: Consultation, tmp_path: Path
) -> None:
    answers_alone(world, opened)
    assert not Point.objects.exists()
    page = Client().get(reverse("contributions:receipt", args=[receipt_secret("alone")]))
    assert "counted together" in page.content.decode()
    assert "our answer with reasons" not in page.content.decode()
    integrate(at=world.at)
    export_log(tmp_path / "log")
    report = verifier.verify(str(tmp_path / "log"))
    assert report["ok"], report
    assert (report["contributions"], report["answered"], report["open"]) == (1, 1, 0)


def test_a_file_needs_a_word_that_can_be_answered(
    world: World, opened: Consultation, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Liste", "utf-8")
    files = [receive_file(source=tmp_path / "a.txt", name="a.txt")]
    said = {
        "consultation": opened,
        "answers": [NewAnswer(opened.questions.all()[3], "Kurse")],
        "files": files,
        "kind": "club",
        "idempotency_key": "k",
        "at": world.at,
    }
    with refused("no-words"):
        submit_contribution(comments=[], by=VISITOR, **said)
    assert not Contribution.objects.exists()
    submit_contribution(comments=[NewComment("Siehe Liste.")], by=VISITOR, **said)
    scanned = said | {"idempotency_key": "scan", "channel": "letter"}
    submit_contribution(comments=[], by=acting(world, world.officer), **scanned)


def test_the_overview_names_questions_files_and_what_has_no_point(
    world: World, opened: Consultation, tmp_path: Path, django_capture_on_commit_callbacks: OnCommit
) -> None:
    answers_alone(world, opened)
    nil_return(world, opened)
    full = by_mail(world, opened, tmp_path / "scan")

    def written(**more: bool) -> dict[str, object]:
        export_synopsis(opened, "json", tmp_path / "a.json", at=world.at, **more)
        found: dict[str, object] = json.loads((tmp_path / "a.json").read_text("utf-8"))
        return found

    said = written()
    assert (said["nil_returns"], said["answers_only"]) == (1, 1)
    rows = said["points"]
    assert isinstance(rows, list)
    assert [row.get("files") for row in rows] == [["Stieglitz.txt", "Erlenzeisig.txt"], None]
    assert rows[1]["passage_text"] == "Was fehlt?"
    assert "nil_returns" not in written(public=True)
    for format in ("docx", "odt", "pdf", "xlsx", "ods", "csv"):
        export_synopsis(opened, format, tmp_path / f"a.{format}", at=world.at)
        export_synopsis(opened, format, tmp_path / f"b.{format}", at=world.at, public=True)
    assert "Stieglitz.txt" in (tmp_path / "a.csv").read_text("utf-8")
    assert "Stieglitz" not in (tmp_path / "b.csv").read_text("utf-8")
    point = Point.objects.filter(comment__contribution=full, comment__position=0).get()
    place = reverse("evaluation:point", args=[opened.slug, point.pk])
    assert "Stieglitz.txt" in logged_in(world.officer).get(place).content.decode()
    erase(world, full, django_capture_on_commit_callbacks)
    assert written()["points"] == []
