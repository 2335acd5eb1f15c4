"""The check for places finds a path of one machine and a package registry."""

import pytest

from tools import checks


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "work/main/run",
        "cd /" + "home/anna/richtschnur",
        "https://" + "registry.example.org/x.tgz",
        "--extra-" + "index-url https://example.org/simple",
    ],
)
def test_a_planted_place_is_caught(tmp_path, text):
    path = tmp_path / "file.txt"
    path.write_text(f"first line\n{text}\n")
    assert [line.partition(":")[0] for line in checks.places_in(path)] == ["file.txt"]


def test_ordinary_text_is_good(tmp_path):
    path = tmp_path / "file.txt"
    path.write_text("The workshop stands at https://example.org/home/start, its data in build/.\n")
    assert checks.places_in(path) == []
