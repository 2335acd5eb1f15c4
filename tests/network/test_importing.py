"""Importing: what is sure goes in, what is doubtful waits for a person, nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from richtschnur.cli import main
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.exports import export_register
from richtschnur.network.models import Contact, MatchKey, Organization, entry_of
from richtschnur.network.operations import (
    Decision,
    archive_organization,
    foreseen,
    import_organizations,
)
from richtschnur.network.queries import Verdict, Wanted, plan_import, read_register
from tests.network.register import TREFF, keep, table
from tests.support.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HEAD = ["Name", "Ort", "E-Mail", "Telefon", "Ansprechpartner"]
ROWS = [
    HEAD,
    ["FRAUENTREFF HAGENWERTH", "Dornsee", "neu@frauentreff.example", "", "Frau Blum"],
    ["Sportfreunde Silberau e.V.", "Silberau", "info@sport-silberau.example", "", "Herr Wolf"],
    ["Sportfreunde Silberau", "Silberau"],
    ["", "Quellitz"],
]


def rows_of(tmp_path: Path, rows: list[list[str]] = ROWS, name: str = "t.xlsx"):  # type: ignore[no-untyped-def]
    return read_register(table(tmp_path / name, rows))


def test_the_plan_stores_nothing_and_tells_each_row(tmp_path: Path) -> None:
    keep()
    before = JournalEntry.objects.count()
    plan = plan_import(rows_of(tmp_path))
    verdicts = [planned.verdict for planned in plan.rows]
    assert verdicts == [Verdict.DOUBTFUL, Verdict.NEW, Verdict.DOUBTFUL, Verdict.BAD]
    assert plan.rows[0].candidates[0].kinds[0] == "name"
    assert plan.rows[2].twin == 3
    report = foreseen(plan)
    assert (report.imported, report.updated, report.duplicates) == (1, 0, 2)
    assert [row["row"] for row in report.rejected] == [5]
    assert Organization.objects.count() == 1
    assert JournalEntry.objects.count() == before


def test_doubtful_rows_wait_without_a_decision(tmp_path: Path) -> None:
    treff = keep()
    report = import_organizations(rows=rows_of(tmp_path), by=CLI, at=NOON)
    assert (report.imported, report.updated, report.duplicates) == (1, 0, 2)
    treff.refresh_from_db()
    assert entry_of(treff) == TREFF
    assert Contact.objects.get().name == "Herr Wolf"
    again = import_organizations(rows=rows_of(tmp_path), by=CLI, at=NOON)
    assert (again.imported, again.duplicates) == (0, 3)
    assert Organization.objects.count() == 2


def test_a_confirmed_row_updates_what_was_chosen_and_is_remembered(tmp_path: Path) -> None:
    treff = keep()
    decisions = {2: Decision(same=treff.pk, fields=("towns",)), 4: Decision(is_new=True)}
    report = import_organizations(rows=rows_of(tmp_path), decisions=decisions, by=CLI, at=NOON)
    assert (report.imported, report.updated, report.duplicates) == (2, 1, 0)
    entry = entry_of(Organization.objects.get(pk=treff.pk))
    assert entry.towns == ("Hagenwerth", "Silberau", "Dornsee")
    assert entry.emails == TREFF.emails, "not chosen, so not taken"
    assert entry.name == TREFF.name
    assert MatchKey.objects.filter(organization=treff, key__startswith="same:").exists()
    later = import_organizations(rows=rows_of(tmp_path)[:1], by=CLI, at=NOON)
    assert (later.imported, later.updated) == (0, 1)
    entry = entry_of(Organization.objects.get(pk=treff.pk))
    assert entry.emails == (*TREFF.emails, "neu@frauentreff.example")


def test_only_what_was_proposed_can_be_chosen(tmp_path: Path) -> None:
    keep()
    other = keep(TREFF.__class__(name="Ganz anderes"))
    decisions = {2: Decision(same=other.pk, fields=("towns",))}
    report = import_organizations(rows=rows_of(tmp_path), decisions=decisions, by=CLI, at=NOON)
    assert report.updated == 0
    assert entry_of(Organization.objects.get(pk=other.pk)).towns == ()


@pytest.mark.parametrize("format", ["xlsx", "ods", "csv"])
def test_the_own_export_comes_back_by_its_ids(tmp_path: Path, format: str) -> None:
    treff = keep()
    path = tmp_path / f"register.{format}"
    export_register(format, path, at=NOON, wanted=Wanted())  # type: ignore[arg-type]
    rows = read_register(path)
    assert rows[0].identity == str(treff.identity)
    assert rows[0].entry == TREFF
    plan = plan_import(rows)
    assert [planned.verdict for planned in plan.rows] == [Verdict.SAME]
    report = import_organizations(rows=rows, by=CLI, at=NOON)
    assert (report.imported, report.updated, report.duplicates) == (0, 0, 1)


def test_a_row_of_the_archive_is_told_and_not_added_anew(tmp_path: Path) -> None:
    treff = keep()
    export_register("csv", tmp_path / "r.csv", at=NOON, wanted=Wanted())
    archive_organization(organization=treff, by=CLI, at=NOON)
    report = import_organizations(rows=read_register(tmp_path / "r.csv"), by=CLI, at=NOON)
    assert (report.imported, report.updated, len(report.rejected)) == (0, 0, 1)
    assert "archive" in str(report.rejected[0]["reason"])


def test_a_preview_is_imported_once(tmp_path: Path) -> None:
    rows = rows_of(tmp_path)
    decisions = {4: Decision(is_new=True)}
    import_organizations(rows=rows, decisions=decisions, key="k", by=CLI, at=NOON)
    count = Organization.objects.count()
    with pytest.raises(Refused, match="just been imported"):
        import_organizations(rows=rows, decisions=decisions, key="k", by=CLI, at=NOON)
    assert Organization.objects.count() == count


def test_only_the_administration_imports(tmp_path: Path) -> None:
    world = World()
    for by in (VISITOR, world.reviewer.actor(NOON.date())):
        with pytest.raises(Forbidden):
            import_organizations(rows=rows_of(tmp_path), by=by, at=NOON)
    assert Organization.objects.count() == 0


def test_the_command_says_what_the_contract_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(table(tmp_path / "t.csv", ROWS))
    assert main(["network", "import", path, "--dry-run", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"imported", "updated", "duplicates", "rejected"}
    assert said["imported"] == 2
    assert Organization.objects.count() == 0
    assert main(["network", "import", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == said
    assert Organization.objects.count() == 2
    assert main(["network", "import", path]) == 0
    assert "row 5:" in capsys.readouterr().out
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    assert main(["network", "import", str(tmp_path / "bad.csv")]) == 1
    assert main(["network", "import", str(tmp_path / "none.csv")]) == 1
    errors = capsys.readouterr().err
    assert "Traceback" not in errors
    assert len(errors.strip().splitlines()) == 2
