"""The calls of the contract: exit codes, one object, one line on failure, never a traceback."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from richtschnur.cli import main
from richtschnur.consultation.models import Consultation
from richtschnur.journal.models import JournalEntry
from richtschnur.strategy.models import Edition
from richtschnur.ui import clock
from tests.ground import papers
from tests.support.world import World

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[3] / "shared/input/003_fe87fc30482b2f26.txt"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]):
    def run(*arguments: object, code: int = 0) -> dict:
        capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == code, capsys.readouterr().err
        said = capsys.readouterr()
        if code:
            assert said.out == ""
            assert len(said.err.strip().splitlines()) == 1
            return {"error": said.err.strip()}
        assert said.err == ""
        return json.loads(said.out) if "--json" in arguments else {"text": said.out}

    return run


@pytest.mark.skipif(not REAL.is_file(), reason=f"{REAL.name} is not here")
def test_the_real_text_has_eight_guidelines(call) -> None:
    found = call("strategy", "import", REAL, "--json")
    assert set(found) == {"strategy", "edition", "sections", "passages", "guidelines", "warnings"}
    assert len(found["guidelines"]) == 8
    for guideline in found["guidelines"]:
        assert guideline["goals"]
        assert guideline["measures"]
    text = " ".join(Edition.objects.get().passages.values_list("text", flat=True))
    assert "Übergangsbegleitung" in text


@pytest.mark.parametrize("format", ["md", "docx", "odt", "pdf", "html", "txt"])
def test_the_same_paper_in_every_format(call, tmp_path: Path, format: str) -> None:
    file = papers.make(tmp_path, format)
    found = call("strategy", "import", file, "--json", "--title", "Probe")
    assert found["strategy"] == "probe"
    assert len(found["guidelines"]) == 8


def test_from_the_draft_to_the_overview(call, tmp_path: Path) -> None:
    first = call("strategy", "import", papers.make(tmp_path, "md"), "--json")
    today = clock.now()
    opened = call(
        *("consultation", "open", first["edition"], "--json"),
        *("--from", (today - timedelta(days=1)).date(), "--until", "2099-12-31T18:00"),
    )
    assert set(opened) == {"consultation", "url"}
    consultation = Consultation.objects.get(slug=opened["consultation"])
    assert consultation.audience == "internal"
    assert not Edition.objects.get().is_published
    table = tmp_path / "in.csv"
    table.write_text("text,passage,kind\nMehr Kurse bitte.,2,resident\n,,\n", "utf-8")
    imported = call("contributions", "import", consultation.slug, table, "--json")
    assert imported == {"imported": 1, "duplicates": 0, "rejected": []}
    for format in ("csv", "xlsx", "ods", "json"):
        out = tmp_path / f"contributions.{format}"
        call("contributions", "export", consultation.slug, "--format", format, "-o", out, "--json")
        assert out.stat().st_size
    for format in ("docx", "odt", "pdf", "xlsx", "ods", "csv", "json"):
        out = tmp_path / f"overview.{format}"
        call("synopsis", "export", consultation.slug, "--format", format, "-o", out)
        assert out.stat().st_size
    extend = ("consultation", "extend", consultation.slug, "--until")
    extended = call(*extend, "2100-01-31", "--reason", "Ferien.", "--json")
    assert set(extended) == {"consultation", "until"}
    assert "later" in call(*extend, "2100-01-30", "--reason", "Ferien.", code=1)["error"]
    assert "why" in call(*extend, "2100-02-01", "--reason", " ", code=1)["error"]
    assert call("consultation", "close", consultation.slug, "--json")
    again = call("strategy", "import", papers.make(tmp_path, "md"), "--json")
    other = call("strategy", "compare", first["edition"], again["edition"], "--json", code=1)
    assert "two papers" in other["error"]
    acts = JournalEntry.objects.exclude(actor_kind="cli")
    assert not acts.exists()


def test_export_writes_every_format(call, tmp_path: Path) -> None:
    world = World()
    for format in ("html", "docx", "odt", "pdf", "md", "json"):
        out = tmp_path / f"paper.{format}"
        call("strategy", "export", world.edition.ref, "--format", format, "-o", out)
        assert out.stat().st_size
    same = call("strategy", "compare", world.edition.ref, world.edition.ref, "--json")
    assert same["kept"] == 5
    assert {entry["fate"] for entry in same["passages"]} == {"kept"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["strategy", "import", "/nowhere/draft.docx"], "no file"),
        (["strategy", "export", "nothing.1", "--format", "md", "-o", "/tmp/x"], "no edition"),
        (["consultation", "close", "nothing"], "no consultation"),
        (
            ["consultation", "open", "nothing", "--from", "2026-01-01", "--until", "2026-01-02"],
            "no",
        ),
        (["contributions", "import", "nothing", "/nowhere"], "no consultation"),
        (["strategy", "import", __file__, "--into", "nothing"], "no paper"),
    ],
)
def test_failures_are_one_line(call, arguments: list[str], words: str) -> None:
    assert words in call(*arguments, code=1)["error"]


def test_bad_moments_and_periods_are_one_line(call) -> None:
    edition = World().edition.ref
    wrong = [("2026-02-30", "2026-03-01"), ("2026-03-02", "2026-03-01"), ("x", "2026-03-01")]
    for opens, until in wrong:
        call("consultation", "open", edition, "--from", opens, "--until", until, code=1)
    assert Consultation.objects.count() == 1


def test_files_that_cannot_be_read_leave_nothing_behind(call, tmp_path: Path) -> None:
    for name, content in {
        "a.docx": b"",
        "b.pdf": b"%PDF-1.7 broken",
        "c.odt": b"PK\x03\x04x",
    }.items():
        (tmp_path / name).write_bytes(content)
        call("strategy", "import", tmp_path / name, code=1)
    assert not Edition.objects.exists()
    assert not JournalEntry.objects.exists()


def test_wrong_use_is_two() -> None:
    for arguments in ([], ["strategy"], ["strategy", "export", "x"], ["user", "add", "x"]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 2


def test_a_person_is_added_with_a_one_time_password(call) -> None:
    made = call("user", "add", "neu", "--role", "reviewer", "--json")
    assert set(made) == {"login", "password"}
    assert len(made["password"]) >= 12
    assert "taken" in call("user", "add", "Neu", "--role", "reviewer", code=1)["error"]


def test_without_an_installation(call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from richtschnur.config.installation import Installation

    monkeypatch.setattr(settings, "INSTALLATION", Installation(tmp_path))
    assert "init" in call("strategy", "compare", "a.1", "a.2", code=1)["error"]
