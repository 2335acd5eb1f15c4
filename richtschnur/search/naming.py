"""What stages say about their documents: names of kinds, and who sees what is not public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_kinds: dict[str, Any] = {}
_sees_hidden: list[Callable[[Any], bool]] = []


def name_kinds(names: dict[str, Any]) -> None:
    """Give kinds of documents their (lazily translated) names; their order is that of filters."""
    _kinds.update(names)


def kind_names() -> dict[str, Any]:
    """Kind → name of those that have one."""
    return dict(_kinds)


def show_hidden_to(predicate: Callable[[Any], bool]) -> None:
    """Let requests for which this holds also find what is not public."""
    if predicate not in _sees_hidden:
        _sees_hidden.append(predicate)


def sees_hidden(request: Any) -> bool:
    """Whether this request finds what is not public."""
    return any(predicate(request) for predicate in _sees_hidden)
