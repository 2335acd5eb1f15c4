"""What the acts are called, for people who read the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_words: dict[str, Any] = {}


def name_acts(words: Mapping[str, Any]) -> None:
    """A stage says what its acts are called; the texts are lazily translated."""
    _words.update(words)


def act_in_words(act: str) -> str:
    """An act such as "strategy.import_draft" in words, in the language in force."""
    return str(_words.get(act, act))


def named_acts() -> frozenset[str]:
    """All acts that have words."""
    return frozenset(_words)
