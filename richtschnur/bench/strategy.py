"""A paper of 500 pages: reading each format, a section's page, comparing, PDF/UA."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2

from richtschnur.bench.cache import cached
from richtschnur.bench.databases import DATABASES, installed
from richtschnur.bench.papers import long, sentences
from richtschnur.documents import paper, writing
from richtschnur.documents.reading.pandoc import program

PASSAGES, FEW_PASSAGES = 5000, 500
STEPS = "richtschnur.bench.strategy_steps:everything"
READERS = {"docx": "docx", "odt": "odt", "html": "html", "md": "markdown", "txt": "markdown"}


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for each database and format.

    `import_s` is the whole import with recognition and storing, `pandoc_s` what pandoc alone
    takes for the same file (of a PDF: taking out its text with pypdfium2); pages are whole
    responses in milliseconds.
    """
    passages = FEW_PASSAGES if is_quick else PASSAGES
    progress(f"a paper of {passages} passages")
    files = cached(
        "long-paper",
        lambda folder: long.write_all(folder, passages=passages, seed=seed),
        settings=(passages, seed),
        sources=(long, sentences, paper, writing),
    )
    formats = ("docx", "pdf") if is_quick else long.FORMATS
    alone = {format: without_us(files / f"paper.{format}") for format in formats}
    runs = []
    for database in DATABASES:
        with installed(database) as place:
            for format in formats:
                progress(f"{database}: {format}")
                figures = place.call(STEPS, path=str(files / f"paper.{format}"))
                known = {"database": database, "format": format, "pandoc_s": alone[format]}
                runs.append(known | figures)
    return runs


def without_us(file: Path) -> float:
    """Seconds that pandoc alone takes to read a file, or pypdfium2 for the text of a PDF."""
    begun = time.perf_counter()
    if file.suffix == ".pdf":
        document = pypdfium2.PdfDocument(str(file))
        for page in document:
            page.get_textpage().get_text_range()
    else:
        with tempfile.TemporaryDirectory() as folder:
            reader = READERS[file.suffix.removeprefix(".")]
            output = Path(folder) / "tree.json"
            command = [program(), f"--from={reader}", "--to=json", f"--output={output}", str(file)]
            subprocess.run(command, check=True, capture_output=True)
    return round(time.perf_counter() - begun, 3)
