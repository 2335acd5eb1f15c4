"""Addresses are looked for among many patterns; what was found is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.urls import ResolverMatch, URLPattern, URLResolver
from django.utils.translation import get_language

MOST_KNOWN, LONGEST = 2_000, 200  # addresses, and signs of one
UNSPOKEN = frozenset(["secret", "key"])  # what whoever looks into the memory must not find


class RememberingResolver(URLResolver):
    """Finds each address once: what an address leads to in a language stays while it runs.

    Only addresses that lead somewhere are remembered, so that nobody fills it with others.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[tuple[str, str | None], ResolverMatch] = {}

    def resolve(self, path: str) -> ResolverMatch:
        """The view of a path and what it is called with. Raises Resolver404."""
        asked = (str(path), get_language())
        known = self._known.get(asked)
        if known is None:
            known = super().resolve(path)
            self._remember(asked, known)
        return known

    def _remember(self, asked: tuple[str, str | None], found: ResolverMatch) -> None:
        if len(asked[0]) > LONGEST or UNSPOKEN & found.kwargs.keys():
            return
        if len(self._known) >= MOST_KNOWN:
            self._known = {}
        self._known[asked] = found


def in_languages(*patterns: Any) -> Sequence[URLPattern | URLResolver]:
    """`i18n_patterns` that remember: an address begins with its language."""
    (resolver,) = i18n_patterns(*patterns)
    assert isinstance(resolver, URLResolver)
    return [RememberingResolver(resolver.pattern, list(patterns))]
