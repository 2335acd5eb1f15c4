"""`analyse` and `evaluate`: a row for each text, one clear line where something is wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from richtschnur.cli import main
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Likeness, Topic
from richtschnur.evaluation.operations import decline_likeness
from richtschnur.journal.models import JournalEntry
from tests.evaluation.answering import acting
from tests.support.world import World

CAMPAIGN = (
    "ich lehne das geplante Konzept ab, weil es dem Landkreis zu viel Geld kostet und niemand"
    " gefragt wurde, der in den Dörfern wohnt und jeden Tag mit dem Bus zur Arbeit fährt."
)
TEXTS = {
    "a": f"Guten Tag, {CAMPAIGN}",
    "b": "Die Kita braucht mehr Platz. Anna Müller, anna@example.org, 😀 geb. 02.03.1980",
    "c": f"Hallo, {CAMPAIGN}",
    "d": "",
    "e": "Автобус не їздить увечері, будь ласка, зробіть розклад кращим.",
}
KINDS = {"email", "phone", "iban", "name", "address", "birth", "tax", "plate"}
HEAD = ["id", "language", "group", "topic", "topic_score", "keywords", "personal_data"]


def written(folder: Path, *, start: str = "") -> tuple[Path, Path]:
    """The texts and two topics as files."""
    source, topics = folder / "in.csv", folder / "topics.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        file.write(start)
        csv.writer(file).writerows([("id", "text"), *TEXTS.items()])
    topics.write_text("topic,description\nVerkehr,Bus und Bahn\nKita,Kita und Platz\n", "utf-8")
    return source, topics


def analyse(source: Path, target: Path, *more: str) -> int:
    return main(["analyse", str(source), "-o", str(target), "--topics-by", "words", *more])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_each_text_has_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], start: str
) -> None:
    source, topics = written(tmp_path, start=start)
    target = tmp_path / "out.csv"
    assert analyse(source, target, "--topics", str(topics), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    found = rows(target)
    assert list(found[0]) == HEAD
    assert [row["id"] for row in found] == list(TEXTS)
    assert [row["language"] for row in found] == ["de", "de", "de", "", "uk"]
    assert [row["group"] for row in found] == ["1", "", "1", "", ""]
    assert found[1]["topic"] == "Kita"
    assert all(0 <= float(row["topic_score"]) <= 1 for row in found)
    assert not target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert said["contributions"] == 5
    assert said["languages"] == {"de": 3, "": 1, "uk": 1}
    assert (said["groups"], said["largest_group"], said["engine"]) == (1, 2, "local")
    assert sum(said["topics"].values()) == 5
    assert said["peak_rss_mb"] > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "topics.csv"]


def test_personal_data_are_spans_of_code_points(tmp_path: Path) -> None:
    source, _topics = written(tmp_path)
    assert analyse(source, tmp_path / "out.csv") == 0
    found = json.loads(rows(tmp_path / "out.csv")[1]["personal_data"])
    parts = {find["kind"]: TEXTS["b"][find["start"] : find["end"]] for find in found}
    assert parts["email"] == "anna@example.org"
    assert parts["birth"] == "02.03.1980"
    assert set(parts) <= KINDS
    assert all(set(find) == {"kind", "start", "end"} for find in found)


def test_without_topics_and_ids(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("Text;x\nDer Bus fährt nicht;1\n", "utf-8")
    assert analyse(source, tmp_path / "out.csv") == 0
    row = rows(tmp_path / "out.csv")[0]
    assert (row["id"], row["topic"], row["topic_score"]) == ("1", "", "")


BAD = {
    "": "is empty",
    "id,words\n1,Bus\n": "row 1: there is no column “text”",
    "id,text\n1,Bus\n2,Bus,Bahn\n": "row 3: more cells than the head has",
    "id,text\n1\n": "row 2: the cell “text” is missing",
    'id,text\n1,Bus\n2,"Bus\n': "row 3: ",
    "text,text\nBus,Bahn\n": "two columns have the same name",
}


@pytest.mark.parametrize("content", BAD)
def test_a_bad_file_says_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    source = tmp_path / "in.csv"
    source.write_text(content, "utf-8")
    assert analyse(source, tmp_path / "out.csv") == 1
    said = capsys.readouterr()
    assert BAD[content] in said.err
    assert len(said.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_other_bad_things(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, topics = written(tmp_path)
    (tmp_path / "latin.csv").write_bytes("text\nöl\n".encode("latin-1"))
    (tmp_path / "none.csv").write_text("topic\n", "utf-8")
    out = tmp_path / "out.csv"
    for said, code in {
        "there is no file": analyse(tmp_path / "x.csv", out),
        "UTF-8": analyse(tmp_path / "latin.csv", out),
        "there is no folder": analyse(source, tmp_path / "none" / "out.csv"),
        "is a folder": analyse(source, tmp_path),
        "would be overwritten": analyse(source, source),
        "names no topic": analyse(source, out, "--topics", str(tmp_path / "none.csv")),
        "there is no engine": analyse(source, out, "--engine", "spark"),
    }.items():
        assert code == 1
        assert said
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 7
    for part in ("no file", "UTF-8", "no folder", "a folder", "overwritten", "no topic", "spark"):
        assert part in said
    assert topics.is_file()
    assert not out.exists()
    with pytest.raises(SystemExit) as wrong:
        main(["analyse", str(source)])
    assert wrong.value.code == 2


@pytest.fixture
def world(db: None) -> World:
    made = World()
    for n, opening in enumerate(("Guten Tag,", "Sehr geehrte Frau Landrätin,", "Hallo,")):
        made.contribute(f"{opening} {CAMPAIGN}", key=f"k{n}")
    made.contribute("Der Abschnitt zur Kita gefällt mir gut.", key="other")
    for name in ("Kita", "Bus"):
        Topic.objects.create(strategy=made.consultation.strategy, name=name)
    return made


def evaluate(world: World, capsys: pytest.CaptureFixture[str], *more: str) -> dict:
    capsys.readouterr()
    call = ["evaluate", world.consultation.slug, "--json", *more]
    assert main(call) == 0, capsys.readouterr().err
    found: dict = json.loads(capsys.readouterr().out)
    return found


def test_a_consultation_is_evaluated(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = evaluate(world, capsys)
    assert (found["contributions"], found["points"]) == (Contribution.objects.count(), 4)
    assert (found["groups"], found["largest_group"]) == (1, 3)
    assert set(found["topics"]) <= {"Kita", "Bus"}
    assert sum(found["topics"].values()) == 4
    assert sum(found["languages"].values()) == 4
    keys = {"contributions", "points", "languages", "groups", "largest_group", "topics"}
    assert set(found) == keys | {"seconds", "peak_rss_mb", "engine"}
    assert Likeness.objects.get().size == 3
    entry = JournalEntry.objects.get(act="evaluation.evaluate_points")
    assert entry.actor_kind == "cli"


def test_evaluating_again_changes_nothing_more(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate(world, capsys)
    evaluate(world, capsys)
    assert Likeness.objects.get().size == 3


def test_what_was_declined_is_not_proposed_again(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate(world, capsys)
    decline_likeness(likeness=Likeness.objects.get(), by=acting(world, world.officer), at=world.at)
    evaluate(world, capsys)
    assert not Likeness.objects.filter(verdict="").exists()


def test_a_consultation_that_is_not_there(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "nirgends"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
