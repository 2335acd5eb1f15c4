"""The overview grouped by passage, topic or contributor, with the columns that were chosen."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import freeze_overview, tag_point
from tests.evaluation.answering import acting
from tests.evaluation.test_overview import letters, texts
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute("Erstes.", "Zweites.", "Drittes.", key="k1")
    made.contribute("Viertes.", key="k2")
    by = acting(made, made.officer)
    first, second, *_rest = Point.objects.order_by("pk")
    tag_point(point=second, topics=["Arbeit", "Zeit"], by=by, at=made.at)
    tag_point(point=first, topics=["Wohnen"], by=by, at=made.at)
    return made


def numbers(world: World, path: Path, order: str) -> list[int]:
    export_synopsis(world.consultation, "json", path, at=world.at, order=order)
    return [point["number"] for point in json.loads(path.read_text("utf-8"))["points"]]


def test_orders(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    assert numbers(world, path, "passage") == [1, 2, 3, 4]
    by_topic = numbers(world, path, "topic")
    assert by_topic[2:] == [2, 4], "without a topic comes last"
    assert {frozenset(by_topic[:2])} == {frozenset([1, 3])}
    assert sorted(numbers(world, path, "contributor")) == [1, 2, 3, 4]
    sums = {
        export_synopsis(world.consultation, "csv", tmp_path / "x.csv", at=world.at, order=o).sha256
        for o in ("passage", "topic", "contributor")
    }
    assert len(sums) == 1, "the checksum does not depend on the order"


@pytest.mark.parametrize("format", ["docx", "odt", "pdf"])
def test_headings(world: World, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"x.{format}"
    export_synopsis(world.consultation, format, path, at=world.at, order="topic")
    found = letters(texts(path))
    assert found.index("Arbeit") < found.index("Zweites.") < found.index("Wohnen")
    state = freeze_overview(
        consultation=world.consultation, by=acting(world, world.officer), at=world.at
    )
    export_synopsis(world.consultation, format, path, at=world.at, order="contributor", state=state)
    assert letters("Erika Beispiel") in letters(texts(path))


def test_columns_of_the_working_version_only(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    chosen = ["number", "text", "state", "nonsense"]
    export_synopsis(world.consultation, "csv", path, at=world.at, columns=chosen)
    with path.open(encoding="utf-8", newline="") as file:
        assert [len(row) for row in csv.reader(file)] == [3] * 5
    paper = tmp_path / "x.docx"
    export_synopsis(world.consultation, "docx", paper, at=world.at, columns=chosen)
    found = letters(texts(paper))
    assert "Erstes." in found
    assert letters("Erika Beispiel") not in found
    export_synopsis(world.consultation, "csv", path, at=world.at, public=True, columns=chosen)
    with path.open(encoding="utf-8", newline="") as file:
        assert len(next(csv.reader(file))) > 10, "everyone reads the same public version"
