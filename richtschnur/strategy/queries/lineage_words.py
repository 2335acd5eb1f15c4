"""How one text became another, word by word, in bounded time also for very long ones."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Final

Change = tuple[str, str]  # ("same" | "removed" | "added", words)
MOST_STEPS: Final = 250_000  # pairs of words compared in one go; more are first cut at sentences
_WORD: Final = re.compile(r"\S+\s*")
_SENTENCE: Final = re.compile(r".+?(?:[.!?;:](?=\s)\s*|\n+|$)", re.DOTALL)


def word_changes(old: str, new: str) -> list[Change]:
    """How one text became the other: ("same"|"removed"|"added", text) in order.

    Texts too long for a comparison word by word are compared sentence by sentence first, and by
    words only within the sentences that differ.
    """
    if _is_small(old, new):
        return _joined(_changes(_WORD.findall(old), _WORD.findall(new)))
    changes: list[Change] = []
    block: dict[str, str] = {"removed": "", "added": ""}
    for kind, text in [*_changes(_SENTENCE.findall(old), _SENTENCE.findall(new)), ("same", "")]:
        if kind != "same":
            block[kind] += text
            continue
        changes += _within(block["removed"], block["added"])
        block = {"removed": "", "added": ""}
        changes.append((kind, text))
    return _joined(changes)


def _is_small(old: str, new: str) -> bool:
    return (old.count(" ") + 1) * (new.count(" ") + 1) <= MOST_STEPS


def _within(old: str, new: str) -> list[Change]:
    """The changes of a block of sentences; a whole one is replaced where it is too long."""
    if old and new and _is_small(old, new):
        return _changes(_WORD.findall(old), _WORD.findall(new))
    return [(kind, text) for kind, text in (("removed", old), ("added", new)) if text]


def _changes(a: Sequence[str], b: Sequence[str]) -> list[Change]:
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    end_a, end_b = len(a) - tail, len(b) - tail
    changes = [("same", "".join(b[:head]))]
    plain_a, plain_b = [w.strip() for w in a[head:end_a]], [w.strip() for w in b[head:end_b]]
    # Only lists far longer than a passage are judged by their rarer parts.
    matcher = difflib.SequenceMatcher(None, plain_a, plain_b, autojunk=len(plain_b) > 2000)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            changes.append(("same", "".join(b[head + j1 : head + j2])))
            continue
        changes.append(("removed", "".join(a[head + i1 : head + i2])))
        changes.append(("added", "".join(b[head + j1 : head + j2])))
    changes.append(("same", "".join(b[end_b:])))
    return [(kind, text) for kind, text in changes if text]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words from the front are alike."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one.strip() != other.strip():
            break
        count += 1
    return count


def _joined(changes: list[Change]) -> list[Change]:
    """Neighbours of one kind as one; a space stays between what was parted."""
    joined: list[Change] = []
    for kind, text in changes:
        if joined and joined[-1][0] == kind:
            joined[-1] = kind, joined[-1][1] + text
        elif text:
            joined.append((kind, text))
    return joined
