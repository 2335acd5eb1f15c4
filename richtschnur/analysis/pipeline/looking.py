"""The two looks at a chunk of texts: pure functions, so any process may do them, in any order.

What they return are bytes: they go from machine to machine and are kept as they are.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from richtschnur.analysis.alike.shingles import Hashes, Places, shingles
from richtschnur.analysis.alike.sketches import Sketches, sketches
from richtschnur.analysis.cleaning import clean
from richtschnur.analysis.keywords import Vocabulary, keywords_of_text, spellings
from richtschnur.analysis.language import recognise
from richtschnur.analysis.personal_data import Find, find_personal_data
from richtschnur.analysis.pipeline.sorting import Sorting, Suggestions

SEEN_FOR_PERSONAL_DATA = 20_000  # characters


class FirstLook(NamedTuple):
    """What a chunk's texts tell by themselves."""

    languages: list[str]
    personal_data: list[list[Find]]
    spellings: dict[str, int]
    pairs: Hashes
    lengths: Places
    sketches: Sketches


class SecondLook(NamedTuple):
    """What a chunk's texts tell among all others; topics only of those that were asked for."""

    keywords: list[list[str]]
    topics: list[Suggestions]


@dataclass(frozen=True)
class Common:
    """What the second look at every chunk needs."""

    vocabulary: Vocabulary
    sorting: Sorting | None


class Chunk(NamedTuple):
    """Texts in a row; `ranked` are the places of those whose topics are asked for."""

    texts: list[str]
    ranked: list[int]


def look_first(_common: None, texts: Sequence[str]) -> bytes:
    """See `FirstLook`."""
    found = shingles([clean(text) for text in texts])
    table = {
        "languages": [recognise(text) for text in texts],
        "personal_data": [_marks(text) for text in texts],
        "spellings": spellings(texts),
    }
    with io.BytesIO() as file:
        for part in (_as_numbers(table), found.pairs, np.diff(found.starts), sketches(found)):
            np.save(file, part, allow_pickle=False)
        return file.getvalue()


def read_first(body: bytes) -> FirstLook:
    """What `look_first` has said."""
    with io.BytesIO(body) as file:
        table, *numbers = (np.load(file, allow_pickle=False) for _part in range(4))
    told = json.loads(table.tobytes())
    marks = [[Find(kind=k, start=s, end=e) for k, s, e in each] for each in told["personal_data"]]
    return FirstLook(told["languages"], marks, told["spellings"], *numbers)


def look_again(common: Common, chunk: Chunk) -> bytes:
    """See `SecondLook`."""
    known, sorting = common.vocabulary, common.sorting
    asked = [chunk.texts[at] for at in chunk.ranked]
    topics = sorting.rank(asked) if sorting and asked else []
    told = [[keywords_of_text(text, known) for text in chunk.texts], topics]
    return json.dumps(told).encode()


def read_second(body: bytes) -> SecondLook:
    """What `look_again` has said."""
    keywords, topics = json.loads(body)
    return SecondLook(keywords, [[(name, sure) for name, sure in each] for each in topics])


Work = Callable[[Any, Any], bytes]


def _marks(text: str) -> list[tuple[str, int, int]]:
    finds = find_personal_data(text[:SEEN_FOR_PERSONAL_DATA])
    return [(find["kind"], find["start"], find["end"]) for find in finds]


def _as_numbers(told: object) -> Any:
    return np.frombuffer(json.dumps(told).encode(), np.uint8)
