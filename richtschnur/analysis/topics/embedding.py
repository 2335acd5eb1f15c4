"""The port to what turns texts into rows of numbers, and a memory in front of it.

Stated behaviour: a text is cleaned before (`cleaned`); of a text without a letter or digit the row
is all zeros and nobody is asked; the same words are asked for once.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
LOOKED_AT = 2_000  # characters of a text: what it is about stands in its beginning
TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]{0,500}>", re.DOTALL)
UNSEEN = ("Cf", "Cc", "Cs", "Co", "Cn")  # zero-width and bidi marks, control characters …
KEEPS = "\u200c\u200d"  # joiners that Persian words need


class Embedder(Protocol):
    """Turns texts into rows of length 1; `name` says publicly what model it was, and its state."""

    name: str

    def embed(self, texts: list[str], /) -> Rows:
        """A row for each text, all of the same width."""


def cleaned(text: str) -> str:
    """The words of a text's beginning: without mark-up and unseen characters, spaces single."""
    part = TAG.sub(" ", text[: 4 * LOOKED_AT])
    if not part.replace("\n", " ").isprintable():  # true for nearly all, and looks at all at once
        part = "".join(" " if c in "\t\r\n" else c for c in part if _is_seen(c))
    return " ".join(unicodedata.normalize("NFKC", part).split())[:LOOKED_AT]


def _is_seen(sign: str) -> bool:
    return sign in "\t\r\n" or sign in KEEPS or unicodedata.category(sign) not in UNSEEN


class Remembering:
    """An embedder that asks another one once for each distinct text, in batches.

    `memory` maps the digest of the words (and the model's name) to a row's bytes: a dictionary, or
    something that lasts. `progress` hears how many of the distinct texts are done.
    """

    def __init__(
        self,
        embedder: Embedder,
        memory: MutableMapping[str, bytes] | None = None,
        *,
        batch: int = 32,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> None:
        self.embedder, self.name = embedder, embedder.name
        self.batch, self.progress = batch, progress
        self.memory: MutableMapping[str, bytes] = {} if memory is None else memory

    def embed(self, texts: list[str], /) -> Rows:
        """See the port."""
        words = [cleaned(text) for text in texts]
        keys = [self.key(word) if has_words(word) else "" for word in words]
        distinct = dict(zip(keys, words, strict=True))
        distinct.pop("", None)
        known = self._known(distinct)
        missing = [key for key in distinct if key not in known]
        for at in range(0, len(missing), self.batch):
            chunk = missing[at : at + self.batch]
            rows = self.embedder.embed([distinct[key] for key in chunk])
            found = {key: row.tobytes() for key, row in zip(chunk, as_rows(rows), strict=True)}
            self.memory.update(found)
            known |= found
            self.progress(len(distinct) - len(missing) + at + len(chunk), len(distinct))
        return _in_order(keys, known)

    def _known(self, distinct: Mapping[str, str]) -> dict[str, bytes]:
        found = ((key, self.memory.get(key)) for key in distinct)
        return {key: row for key, row in found if row is not None}

    def key(self, words: str) -> str:
        """By what the memory knows these words."""
        return hashlib.sha256(f"{self.name}\0{words}".encode()).hexdigest()


def has_words(words: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(map(str.isalnum, words))


def as_rows(values: Sequence[Sequence[float]] | Rows) -> Rows:
    """Rows of length 1; zeros stay zeros."""
    rows = np.asarray(values, np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


def _in_order(keys: Sequence[str], known: Mapping[str, bytes]) -> Rows:
    width = len(next(iter(known.values()), b"\0\0\0\0")) // 4
    rows = np.zeros((len(keys), width), np.float32)
    for at, key in enumerate(keys):
        if key:
            rows[at] = np.frombuffer(known[key], np.float32)
    return rows
