"""The frame of the benchmarks: what it prints, what it refuses, what it leaves alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from richtschnur.bench import available, cache
from richtschnur.bench.commands import say
from richtschnur.cli import main


def bench(*arguments, **environment):
    command = [sys.executable, "-m", "richtschnur", "bench", *arguments]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_list_names_every_benchmark_with_what_it_measures(capsys):
    assert main(["bench", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["benchmarks"]
    assert set(listed) == set(available())
    assert all(text.strip() for text in listed.values())


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["list", "--seed", "many"]])
def test_wrong_use_is_one_clear_line_and_code_2(arguments):
    answer = bench(*arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr


def test_a_benchmark_that_breaks_is_told_in_one_line(tmp_path):
    """Planted: a benchmark whose module raises, run as the child would run it."""
    script = (
        "import sys; from richtschnur import bench; from richtschnur.bench import child;"
        "bench.BENCHMARKS['broken'] = 'tests.bench.broken';"
        f"sys.argv = ['child', 'broken', {str(tmp_path / 'result.json')!r}, '--seed', '3'];"
        "sys.exit(child.main())"
    )
    home = {"RICHTSCHNUR_HOME": str(tmp_path / "home")}
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | home,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads((tmp_path / "result.json").read_text()) == {"error": "ValueError: seed 3"}


def test_people_get_a_table_with_a_column_for_each_figure():
    runs = [{"format": "docx", "section_f1": 0.99}, {"format": "pdf", "section_f1": 1.0, "n": 3}]
    text = say({"name": "import", "machine": "a box", "seconds": 2.0, "runs": runs})
    head, columns, first, second = text.splitlines()
    assert head == "import on a box, 2.0 s"
    assert columns.split() == ["format", "section_f1", "n"]
    assert first.split() == ["docx", "0.99", "–"]
    assert second.split() == ["pdf", "1", "3"]


def test_generated_data_are_kept_until_settings_or_generator_change(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "folder", lambda: tmp_path)
    made = []

    def make(folder):
        made.append(folder)
        (folder / "paper.txt").write_text("text")

    first = cache.cached("papers", make, settings=1, sources=(cache,))
    again = cache.cached("papers", make, settings=1, sources=(cache,))
    other = cache.cached("papers", make, settings=2, sources=(cache,))
    assert first == again != other
    assert len(made) == 2
    assert (first / "paper.txt").read_text() == "text"


def test_half_made_data_are_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "folder", lambda: tmp_path)

    def make(folder):
        (folder / "half").touch()
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        cache.cached("papers", make, settings=1, sources=(cache,))
    assert list((tmp_path / "papers").iterdir()) == []
