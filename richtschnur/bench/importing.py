"""Papers of many offices, written and read again: what came back of sections and elements.

Truth comes from the model that the papers are made of, never from the reader. PDF files are
typeset by typst, and where LibreOffice is on the path, also printed by it from the DOCX. Beside
each reading stands the time that pandoc alone needs for the same file (it reads no PDF).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from richtschnur.bench.papers.offices import score, web
from richtschnur.bench.papers.offices.compose import papers
from richtschnur.bench.papers.offices.docx import write_docx
from richtschnur.bench.papers.offices.habits import Habit
from richtschnur.bench.papers.offices.odt import write_odt
from richtschnur.bench.papers.offices.sheet import Sheet
from richtschnur.bench.papers.offices.typeset import write_pdf
from richtschnur.documents.reading import read
from richtschnur.documents.reading.pandoc import program
from richtschnur.documents.structure import recognise

Progress = Callable[[str], None]
PAPERS: Final = 30
QUICK: Final = 6
SEEDS: Final = 3
FIRST: Final = 20_261_122  # the reader was developed on papers with seeds below 1,000
_WAIT: Final = 120  # seconds for LibreOffice and one file


@dataclass
class _Tally:
    format: str
    maker: str
    sections: list[score.Score] = field(default_factory=list)
    elements: list[score.Score] = field(default_factory=list)
    habits: list[str] = field(default_factory=list)
    seconds: float = 0.0
    pandoc_seconds: float = 0.0

    def figures(self, seed: int) -> dict[str, Any]:
        worst = min(
            range(len(self.habits)), key=lambda at: self.sections[at].f1 + self.elements[at].f1
        )
        return {
            "format": self.format,
            "papers": len(self.habits),
            "section_f1": round(score.summed(self.sections).f1, 4),
            "element_f1": round(score.summed(self.elements).f1, 4),
            "maker": self.maker,
            "seed": seed,
            "worst_section_f1": round(min(one.f1 for one in self.sections), 4),
            "worst_element_f1": round(min(one.f1 for one in self.elements), 4),
            "worst_style": self.habits[worst],
            "seconds": round(self.seconds, 2),
            "pandoc_s": round(self.pandoc_seconds, 2) if self.format != "pdf" else None,
        }


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """One run for each format and maker of PDF files, and for each of the seeds."""
    runs: list[dict[str, Any]] = []
    for one in [seed] if is_quick else [seed + shift for shift in range(SEEDS)]:
        made = papers(FIRST + one, QUICK if is_quick else PAPERS)
        with tempfile.TemporaryDirectory() as folder:
            for format_, maker, paths in _files(made, Path(folder)):
                progress(f"seed {one}: {format_} by {maker}")
                runs.append(_measure(format_, maker, made, paths).figures(one))
    return runs


def _files(made: list[tuple[Habit, Sheet]], folder: Path) -> Iterator[tuple[str, str, list[Path]]]:
    writers: dict[str, Callable[[Sheet], bytes]] = {
        "docx": write_docx,
        "odt": write_odt,
        "pdf": write_pdf,
        "html": web.write_html,
        "md": web.write_md,
        "txt": web.write_txt,
    }
    docx: list[Path] = []
    for format_, write in writers.items():
        paths = []
        for at, (_, sheet) in enumerate(made):
            paths.append(folder / f"paper-{at}.{format_}")
            paths[-1].write_bytes(write(sheet))
        docx = paths if format_ == "docx" else docx
        yield format_, "typst" if format_ == "pdf" else "richtschnur", paths
    office = shutil.which("soffice")
    if office:
        yield "pdf", "libreoffice", _printed(office, docx, folder)


def _printed(office: str, sources: list[Path], folder: Path) -> list[Path]:
    """The DOCX files as LibreOffice prints them."""
    target = folder / "printed"
    command = [
        office,
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(target),
        *map(str, sources),
    ]
    wait = _WAIT + 5 * len(sources)
    subprocess.run(command, check=True, capture_output=True, timeout=wait)
    return [target / f"{source.stem}.pdf" for source in sources]


def _measure(
    format_: str, maker: str, made: list[tuple[Habit, Sheet]], paths: list[Path]
) -> _Tally:
    tally = _Tally(format_, maker)
    for (habit, sheet), path in zip(made, paths, strict=True):
        start = time.perf_counter()
        outline = recognise(read(path))
        tally.seconds += time.perf_counter() - start
        tally.pandoc_seconds += _pandoc_alone(path, format_)
        tally.habits.append(habit.name)
        tally.sections.append(score.sections(outline, sheet.truth))
        tally.elements.append(score.elements(outline, sheet.truth))
    return tally


def _pandoc_alone(path: Path, format_: str) -> float:
    readers = {"docx": "docx", "odt": "odt", "html": "html", "md": "markdown"}
    if format_ not in readers:
        return 0.0
    start = time.perf_counter()
    command = [program(), "--sandbox", f"--from={readers[format_]}", "--to=json", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=_WAIT)
    return time.perf_counter() - start
