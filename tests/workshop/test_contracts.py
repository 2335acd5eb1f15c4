"""The import contracts catch planted faults: checked on a copy of the package's names."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = str(Path(sys.executable).parent / "lint-imports")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package without templates and data, beside the project's own contracts."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "richtschnur",
        folder / "richtschnur",
        ignore=lambda _, names: [name for name in names if "." in name and name[-3:] != ".py"],
    )
    shutil.copytree(ROOT / "tools", folder / "tools")
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def broken_contracts(folder):
    answer = subprocess.run(
        [LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Contracts:" in answer.stdout, answer.stdout + answer.stderr
    return [line for line in answer.stdout.splitlines() if line.endswith("BROKEN")]


def test_all_contracts_hold(copy):
    assert broken_contracts(copy) == []


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("strategy/planted.py", "import richtschnur.evaluation.models", "The river"),
        ("planted.py", "", "The river"),
        ("strategy/models.py", "import richtschnur.strategy.operations", "The rooms"),
        ("documents/planted.py", "import django.db", "Files and texts"),
        ("strategy/utils.py", "", "The doors"),
        ("strategy/views/planted.py", "", "The doors"),
    ],
)
def test_a_planted_fault_is_caught(copy, file, line, contract):
    path = copy / "richtschnur" / file
    intruder = copy / "richtschnur" / "consultation" / "queries.py"
    before = {place: place.read_text() if place.exists() else None for place in (path, intruder)}
    path.parent.mkdir(exist_ok=True)
    path.write_text((before[path] or "") + f"\n{line}\n")
    if "views" in file:
        (path.parent / "__init__.py").touch()
        intruder.write_text(
            (before[intruder] or "") + "\nimport richtschnur.strategy.views.planted\n"
        )
    try:
        assert any(broken.startswith(contract) for broken in broken_contracts(copy))
    finally:
        for place, text in before.items():
            if text is None:
                place.unlink(missing_ok=True)
            else:
                place.write_text(text)
