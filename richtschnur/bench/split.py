"""Papers of associations in pieces: where the pieces begin, and which passages they speak about.

Ten papers of some twenty pages a seed, in ten manners of writing. The rules were tried out on the
first five manners with the seeds 1 to 3; the other five were kept for judging, and figures are told
for each part. A border is right when it stands on the very letter. A place is right when the
passage is among the first three of the piece that holds most of the demand. The peer parts at blank
lines and asks TF-IDF for the place. Two papers also go through DOCX and PDF files.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from richtschnur.analysis.splitting import Piece, propose
from richtschnur.bench.papers.offices.docx import write_docx
from richtschnur.bench.papers.offices.typeset import write_pdf
from richtschnur.bench.splitting import papers_a, papers_b, peer
from richtschnur.bench.splitting.files import found_again, sheet_of
from richtschnur.bench.splitting.material import draft, subjects
from richtschnur.bench.splitting.score import Score, judge
from richtschnur.bench.splitting.writer import Writer
from richtschnur.documents.as_text import as_text
from richtschnur.documents.reading import read
from richtschnur.search.tokens import tokens_of

Progress = Callable[[str], None]
Splitter = Callable[[str], list[Piece]]
FIRST = 1_000  # the rules were tried out on the seeds 1 to 3
SEEDS = 3
WISHES = 42
TRIED = (papers_a.welfare, papers_a.chamber, papers_a.union, papers_a.church, papers_a.refugees)
KEPT = (papers_b.migrants, papers_b.sports, papers_b.employers, papers_b.women, papers_b.parents)
THROUGH_FILES = (papers_a.welfare, papers_b.employers)


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """A run for all, for each part and manner; the same of the peer; then papers from files."""
    seeds = range(FIRST + seed, FIRST + seed + (1 if is_quick else SEEDS))
    runs = []
    for method, splitter in (("richtschnur", ours), ("paragraphs", peer.split)):
        progress(method)
        begun = time.perf_counter()
        scores = {
            style: [judge(splitter(w.text), w.units) for w in _papers(style, seeds)]
            for style in (*TRIED, *KEPT)
        }
        seconds = round(time.perf_counter() - begun, 1)
        parts = {"all": (*TRIED, *KEPT), "tried": TRIED, "kept": KEPT}
        named = {**parts, **{style.__name__: (style,) for style in (*TRIED, *KEPT)}}
        for name, styles in named.items():
            every = [score for style in styles for score in scores[style]]
            runs.append(_figures(every, method, name, seeds[0]) | {"all_s": seconds})
    progress("files")
    return [*runs, *_through_files(seeds[0])]


def ours(text: str) -> list[Piece]:
    """The product's own, with the words of its search."""
    return propose(text, draft(), words=words)


def words(text: str) -> list[str]:
    return tokens_of([text], "de", _is_known)


def _is_known(_form: str) -> bool:
    return False


def paper(style: Callable[..., Writer], seed: int) -> Writer:
    """One paper in a manner."""
    random = Random(f"{style.__name__} {seed}")  # noqa: S311 - no secret
    wishes = [(subject, demand) for subject in subjects() for demand in subject.demands]
    chosen = sorted(random.sample(range(len(wishes)), WISHES))
    return style(random, [wishes[at] for at in chosen])


def _papers(style: Callable[..., Writer], seeds: Sequence[int]) -> Iterator[Writer]:
    return (paper(style, seed) for seed in seeds)


def _figures(scores: Sequence[Score], method: str, part: str, seed: int) -> dict[str, Any]:
    total = sum(scores[1:], scores[0])
    return {
        "documents": len(scores),
        "boundary_f1": round(total.boundary_f1, 4),
        "place_top3": round(total.place_top3, 4),
        "place_top1": round(total.place_top1, 4),
        "sure": round(total.sure / total.demands, 4),
        "worst_f1": round(min(score.boundary_f1 for score in scores), 4),
        "method": method,
        "papers": part,
        "seed": seed,
    }


def _through_files(seed: int) -> Iterator[dict[str, Any]]:
    """Two papers written as files and read as a county reads them."""
    for format, write in (("docx", write_docx), ("pdf", write_pdf)):
        scores = []
        for style in THROUGH_FILES:
            made = paper(style, seed)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / f"paper.{format}"
                file.write_bytes(write(sheet_of(made)))
                text = as_text(read(file))
            scores.append(judge(ours(text), found_again(made, text)))
        yield _figures(scores, "richtschnur", f"through {format}", seed) | {"all_s": None}
