"""The pipeline from end to end: texts in, a row for each out, in the order of the texts."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from richtschnur.analysis.alike.grouping import grouped_pairs
from richtschnur.analysis.alike.shingles import Shingles
from richtschnur.analysis.alike.sketches import SIZE
from richtschnur.analysis.keywords import vocabulary
from richtschnur.analysis.personal_data import Find
from richtschnur.analysis.pipeline.engines import Engine
from richtschnur.analysis.pipeline.keeping import Kept, digest, rules
from richtschnur.analysis.pipeline.looking import (
    Chunk,
    Common,
    FirstLook,
    SecondLook,
    look_again,
    look_first,
    read_first,
    read_second,
)
from richtschnur.analysis.pipeline.sorting import Suggestions, Topics, fitted

Texts = Callable[[], Iterable[str]]
Progress = Callable[[str, int, int | None], None]  # the step, how many texts of how many

CHUNK = 1_000  # texts
SAMPLE = 2_000  # texts that show the topics' sorter what all have in common
MOST_WORDS = 2_000_000  # spellings that are counted at once; rare ones are forgotten beyond
NO_TOPICS = Topics()
READING, GROUPING, TELLING = "reading", "grouping", "telling"


class Row(NamedTuple):
    """What is said of one text; `group` is the place of the group's first text, None alone.

    Members of a group have the topics of its first text.
    """

    language: str
    group: int | None
    topics: Suggestions
    keywords: list[str]
    personal_data: list[Find]


class Changed(Exception):
    """The texts are other ones than a moment ago."""


@dataclass
class Read:
    """What the first look has told of all texts together."""

    digests: list[str] = field(default_factory=list)
    texts: int = 0
    pairs: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    sample: list[str] = field(default_factory=list)
    step: int = 1

    def add(self, name: str, found: FirstLook) -> None:
        self.digests.append(name)
        self.texts += len(found.languages)
        self.pairs += int(found.lengths.sum())
        self.spellings.update(found.spellings)
        if len(self.spellings) > MOST_WORDS:
            self.spellings = Counter({w: n for w, n in self.spellings.items() if n > 1})

    def show(self, begin: int, texts: list[str]) -> None:
        """Keep some texts, from all over; the same ones whatever was done before."""
        self.sample += texts[-begin % self.step :: self.step]
        while len(self.sample) > SAMPLE:
            self.sample, self.step = self.sample[::2], 2 * self.step


def analysed(
    texts: Texts,
    *,
    folder: Path,
    engine: Engine,
    topics: Topics = NO_TOPICS,
    progress: Progress = lambda step, done, of: None,
) -> Iterator[Row]:
    """Rows for all texts. `texts()` is called twice and must give the same texts.

    `folder` is a working folder of this run's own; a run that was ended finds there what it had
    finished, and one that is through leaves nothing. Raises InUse, Changed, Unusable, OSError.
    """
    with Kept(folder) as kept:
        read = _read(texts, kept, engine, progress)
        progress(GROUPING, 0, read.texts)
        groups = _grouped(read, kept)
        known = vocabulary(read.spellings, texts=read.texts)
        read.spellings = Counter()
        ranked = len(_ranked(groups, 0, len(groups)))
        common = Common(known, fitted(topics, read.sample, ranked))
        method = common.sorting.method if common.sorting else ""
        run = digest(rules(), method, repr(topics), *read.digests)
        yield from _told(texts, kept, engine, progress, read, groups, common, run)
        kept.clear()


def _read(texts: Texts, kept: Kept, engine: Engine, progress: Progress) -> Read:
    """The first look at all chunks, as far as it is not kept."""
    read, names = Read(), []

    def missing() -> Iterator[list[str]]:
        at = 0
        for chunk in _chunks(texts):
            names.append(digest(rules(), *chunk))
            read.show(at, chunk)
            at += len(chunk)
            if kept.read(names[-1]) is None:
                waiting.append(names[-1])
                yield chunk

    waiting: list[str] = []
    for number, body in enumerate(engine.each(look_first, missing())):
        kept.write(waiting[number], body)
        progress(READING, (number + 1) * CHUNK, None)
    for name in names:
        read.add(name, read_first(_kept(kept, name)))
    return read


def _grouped(read: Read, kept: Kept) -> list[int | None]:
    """For each text the first of its group; kept, too."""
    name = digest(rules(), *read.digests, GROUPING)
    body = kept.read(name)
    if body is None:
        pairs, made = np.empty(read.pairs, np.uint32), np.empty((read.texts, SIZE), np.uint32)
        starts = np.zeros(read.texts + 1, np.int64)
        at = 0
        for found in _first_looks(read, kept):
            end = at + len(found.lengths)
            starts[at + 1 : end + 1] = starts[at] + np.cumsum(found.lengths)
            pairs[starts[at] : starts[end]] = found.pairs
            made[at:end] = found.sketches
            at = end
        groups = grouped_pairs(Shingles(pairs, starts), made)
        with io.BytesIO() as file:
            np.save(file, np.array([-1 if g is None else g for g in groups], np.int64))
            body = file.getvalue()
        kept.write(name, body)
    with io.BytesIO(body) as file:
        return [None if at < 0 else at for at in np.load(file, allow_pickle=False).tolist()]


def _told(
    texts: Texts,
    kept: Kept,
    engine: Engine,
    progress: Progress,
    read: Read,
    groups: list[int | None],
    common: Common,
    run: str,
) -> Iterator[Row]:
    """The second look at all chunks, as far as it is not kept, and the rows."""
    names = [digest(run, str(at), name) for at, name in enumerate(read.digests)]

    def missing() -> Iterator[Chunk]:
        for at, chunk in enumerate(_chunks(texts)):
            if at >= len(names) or digest(rules(), *chunk) != read.digests[at]:
                raise Changed
            if kept.read(names[at]) is None:
                waiting.append(names[at])
                yield Chunk(chunk, _ranked(groups, at * CHUNK, len(chunk)))

    waiting: list[str] = []
    for number, body in enumerate(engine.each(look_again, missing(), common)):
        kept.write(waiting[number], body)
        progress(TELLING, (number + 1) * CHUNK, read.texts)
    of_firsts: dict[int, Suggestions] = {}
    begin = 0
    for name, first in zip(names, _first_looks(read, kept), strict=True):
        second = read_second(_kept(kept, name))
        yield from _rows(begin, first, second, groups, of_firsts)
        begin += len(first.languages)


def _rows(
    begin: int,
    first: FirstLook,
    second: SecondLook,
    groups: list[int | None],
    of_firsts: dict[int, Suggestions],
) -> Iterator[Row]:
    topics = iter(second.topics)
    ranked = set(_ranked(groups, begin, len(first.languages))) if second.topics else set()
    for place, language in enumerate(first.languages):
        at = begin + place
        group = groups[at]
        own = next(topics) if place in ranked else of_firsts.get(-1 if group is None else group, [])
        if group == at:
            of_firsts[at] = own
        yield Row(language, group, own, second.keywords[place], first.personal_data[place])


def _ranked(groups: list[int | None], begin: int, size: int) -> list[int]:
    """The places in a chunk of those who stand alone or are a group's first."""
    return [place for place in range(size) if groups[begin + place] in (None, begin + place)]


def _first_looks(read: Read, kept: Kept) -> Iterator[FirstLook]:
    for name in read.digests:
        yield read_first(_kept(kept, name))


def _kept(kept: Kept, name: str) -> bytes:
    body = kept.read(name)
    if body is None:
        raise Changed
    return body


def _chunks(texts: Texts) -> Iterator[list[str]]:
    rest = iter(texts())
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
