"""Named places in earlier stages' pages, and the navigation, that later stages fill.

A stage registers in `AppConfig.ready()`; the page that offers the slot knows nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

Filler = Callable[[HttpRequest, Any], str]
_fillers: dict[str, list[tuple[int, Filler]]] = {}


def fill(slot: str, filler: Filler, *, order: int = 50) -> None:
    """Let `filler(request, thing)` add safe HTML to a slot; smaller orders come first."""
    entries = _fillers.setdefault(slot, [])
    if all(known is not filler for _order, known in entries):
        entries.append((order, filler))
        entries.sort(key=lambda entry: entry[0])


def fillers(slot: str) -> list[Filler]:
    """Who fills a slot, in order."""
    return [filler for _order, filler in _fillers.get(slot, [])]


@dataclass(frozen=True)
class Destination:
    """One entry of the navigation in "public" or "staff"; shown when `is_shown(request)`."""

    place: str
    label: Any
    url_name: str
    order: int
    is_shown: Callable[[HttpRequest], bool] = lambda request: True

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_destinations: list[Destination] = []


def offer(destination: Destination) -> None:
    """Add an entry to the navigation."""
    if destination not in _destinations:
        _destinations.append(destination)
        _destinations.sort(key=lambda entry: entry.order)


def destinations(place: str, request: HttpRequest) -> list[Destination]:
    """The entries that this request is shown."""
    return [d for d in _destinations if d.place == place and d.is_shown(request)]
