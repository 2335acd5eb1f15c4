"""Topics for texts: a sorter is fitted once and then ranks any number of texts, in any batches.

Stated behaviour: a text without words gets the topics in the order of their frequency, with the
certainty that they have without looking. Labels whose topic is not among the topics are left out.
The result for a text hangs on what the sorter was fitted with, not on the texts beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from richtschnur.analysis.topics import Labelled, Suggestion, Topic
from richtschnur.analysis.topics.embedding import Embedder, Remembering, Rows, as_rows
from richtschnur.analysis.topics.floor import CountedWords
from richtschnur.analysis.topics.learning import (
    Choice,
    Numbers,
    Places,
    Strength,
    learn,
    likeness,
)

METHOD = "topics/1"  # a new number when the same texts are sorted otherwise
# How much is believed, for a model and for the floor: chosen on other texts than are measured.
MODEL, FLOOR = Strength(10.0, 1.0, 1.0), Strength(8.0, 1.0, 1.0)
BACKGROUND = 2_000  # texts of which the middle is taken
TEXTS_OF_A_TOPIC = 40
FEW = 10  # as many texts as the topics' own middle counts for


@dataclass(frozen=True)
class Described:
    """The topics' own texts as rows around the middle, and whose they are (a topic's number)."""

    rows: Rows
    owner: Places
    middle: Rows
    scale: float

    def first(self, rows: Rows) -> Numbers:
        """Scores before any label; `rows` are seen from the middle."""
        return likeness(rows, self.rows, self.owner, self.scale)


class Sorter:
    """What was learned; see `fit`."""

    def __init__(
        self, names: Sequence[str], embedder: Embedder, described: Described, choice: Choice
    ) -> None:
        self.names, self.embedder = names, embedder
        self.described, self.choice = described, choice
        self.method = f"{METHOD}, {embedder.name}"

    @classmethod
    def fit(
        cls,
        topics: Sequence[Topic],
        labelled: Sequence[Labelled] = (),
        embedder: Embedder | None = None,
        *,
        background: Sequence[str] = (),
    ) -> Sorter:
        """Learn from the topics' own texts, then from what people said.

        `background` are texts of the same kind without labels (some of those to be ranked): what
        all of them share tells nothing. Raises ValueError without a topic or with one twice.
        """
        names = [topic.name for topic in topics]
        if not names or len(set(names)) != len(names):
            raise ValueError("topics must have different names, and there must be one")
        asked = embedder or CountedWords()
        remembering = asked if isinstance(asked, Remembering) else Remembering(asked)
        known = {name: at for at, name in enumerate(names)}
        usable = [each for each in labelled if each.topic_name in known]
        rows = remembering.embed([each.text for each in usable])
        common = remembering.embed([*background[:BACKGROUND]])
        strength = FLOOR if remembering.name == CountedWords.name else MODEL
        described = _described(topics, remembering, _joined(common, rows), strength.scale)
        labels = np.array([known[each.topic_name] for each in usable], np.int64)
        seen = _around(rows, described.middle)
        choice = learn(described.first(seen), seen, labels, strength)
        return cls(names, remembering, described, choice)

    def rank(self, texts: Sequence[str], count: int = 3) -> list[list[Suggestion]]:
        """For each text its likeliest topics, the likeliest first."""
        if not texts:
            return []
        rows = _around(self.embedder.embed(list(texts)), self.described.middle)
        shares = self.choice.shares(self.described.first(rows), rows)
        best = np.argsort(-shares, axis=1, kind="stable")[:, :count]
        return [
            [Suggestion(self.names[at], int(own[at] * 10_000) / 10_000) for at in order]
            for own, order in zip(shares, best, strict=True)
        ]


def suggest(
    texts: Sequence[str],
    topics: Sequence[Topic],
    *,
    labelled: Sequence[Labelled] = (),
    embedder: Embedder | None = None,
    count: int = 3,
) -> list[list[Suggestion]]:
    """Fit and rank in one; the texts themselves are the background."""
    sorter = Sorter.fit(topics, labelled, embedder, background=texts)
    return sorter.rank(texts, count)


def _described(
    topics: Sequence[Topic], embedder: Embedder, others: Rows, scale: float
) -> Described:
    """The topics' rows, seen from their own middle; and the middle of the other texts."""
    texts = [_words_of(topic) for topic in topics]
    rows = embedder.embed([text for own in texts for text in own])
    width = max(rows.shape[1], others.shape[1])
    rows, others = _wide(rows, width), _wide(others, width)
    owner = np.repeat(np.arange(len(topics)), [len(own) for own in texts])
    means = np.stack([rows[owner == at].mean(axis=0) for at in range(len(topics))])
    own_middle = means.mean(axis=0) if len(topics) > 1 else np.zeros(width, np.float32)
    held = others[np.abs(others).max(axis=1, initial=0) > 0]
    middle: Rows = (held.sum(axis=0) + FEW * means.mean(axis=0)) / (len(held) + FEW)
    return Described(_around(rows, own_middle), owner, middle.astype(np.float32), scale)


def _joined(*parts: Rows) -> Rows:
    """All rows in one; those of texts that were without words get the others' width."""
    width = max(part.shape[1] for part in parts)
    return np.concatenate([_wide(part, width) for part in parts])


def _wide(rows: Rows, width: int) -> Rows:
    """Rows of texts that all were without words know no width: they get one."""
    missing = width - rows.shape[-1]
    return rows if not missing else np.zeros((*rows.shape[:-1], width), np.float32)


def _around(rows: Rows, middle: Rows) -> Rows:
    """The rows as seen from the middle, of length 1; a row of zeros stays one."""
    rows = _wide(rows, len(middle))
    is_empty = np.abs(rows).max(axis=1, keepdims=True) == 0
    return as_rows(np.where(is_empty, 0, rows - middle))


def _words_of(topic: Topic) -> list[str]:
    """Each of a topic's texts behind its name; long papers by a sample over their length."""
    texts = [text for text in topic.texts if text.strip()]
    step = max(1, -(-len(texts) // TEXTS_OF_A_TOPIC))
    return [f"{topic.name}: {text}" for text in texts[::step]] or [topic.name]
