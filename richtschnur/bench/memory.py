"""Rows of a model that are kept between runs: embedding is what takes the time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from richtschnur.analysis.topics.embedding import Embedder, Remembering
from richtschnur.bench import cache


@contextmanager
def remembered(embedder: Embedder, progress: Callable[[str], None]) -> Iterator[Remembering]:
    """The embedder behind a memory in the benchmarks' working folder, one file a model."""
    path = cache.folder() / "embeddings" / f"{re.sub(r'[^a-z0-9.]+', '-', embedder.name)}.npz"
    memory: dict[str, bytes] = {}
    if path.is_file():
        with np.load(path) as kept:
            memory = dict(zip(kept["keys"].tolist(), map(bytes, kept["rows"]), strict=True))
    known = len(memory)
    yield Remembering(
        embedder, memory, progress=lambda done, of: progress(f"embedded {done} of {of}")
    )
    if len(memory) > known:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = np.stack([np.frombuffer(row, np.float32) for row in memory.values()])
        unfinished = path.with_suffix(".part.npz")
        np.savez(unfinished, keys=np.array(list(memory)), rows=rows)
        unfinished.replace(path)
