"""Pages that are the same for everyone are made once and handed out until anything changes.

A page is kept under what it was made from: its address, language, theme, the second, and the
state of the whole database before it was made. Whatever anyone has committed since – a comment, an
answer, a deadline – makes another state, so nobody ever gets what is no longer so. Whoever comes
with a cookie other than the theme's gets a page of their own, and nothing that sets a cookie is
kept. See ADR 0031.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse

from richtschnur.ui import clock

View = TypeVar("View", bound=Callable[..., HttpResponse])
Key = tuple[Any, ...]
THEME = "richtschnur_theme"
MOST_PAGES = 200
MOST_BYTES = 8_000_000  # of all of them, in each process
LARGEST_PAGE = 200_000  # bytes, as it is sent


def same_for_everyone(view: View) -> View:
    """Decorator: without cookies, this page depends on the database and the second alone."""

    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.is_same_for_everyone = True  # type: ignore[attr-defined]
        return response

    return marked  # type: ignore[return-value]


def state_of_database() -> Key:
    """Another value as soon as anyone has committed anything.

    PostgreSQL's snapshot holds for all connections, SQLite's number for this one only: its own
    writes are counted beside it.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_current_snapshot()::text")
            return tuple(cursor.fetchone())
        cursor.execute("PRAGMA data_version")
        version = cursor.fetchone()[0]
        own: Any = connection.connection
        return (threading.get_ident(), id(own), version, own.total_changes)


class KeepingMiddleware:
    """Answers from what is kept; the outermost of all, so that what it keeps is complete.

    An address is known to be kept once it was answered by a view that says so: all others cost
    no question more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._known: set[str] = set()
        self._pages: OrderedDict[Key, tuple[Key, dict[str, str], bytes]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or not request.COOKIES.keys() <= {THEME}:
            return self.get_response(request)
        if connection.in_atomic_block:  # its own changes have no state of their own yet
            return self.get_response(request)
        if request.path_info not in self._known:
            response = self.get_response(request)
            if getattr(response, "is_same_for_everyone", False):
                self._remember(request.path_info)
            return response
        # Before the page is made: it is at least as new as this state, which never comes again.
        state = (int(clock.now().timestamp()), *state_of_database())
        asked = _asked(request)
        kept = self._pages.get(asked)
        if kept is not None and kept[0] == state:
            return HttpResponse(kept[2], headers=kept[1])
        response = self.get_response(request)
        if _may_be_kept(response):
            self._keep(asked, state, response)
        return response

    def _remember(self, path: str) -> None:
        with self._lock:
            if len(self._known) >= 10 * MOST_PAGES:
                self._known.clear()
            self._known.add(path)

    def _keep(self, asked: Key, state: Key, response: HttpResponse) -> None:
        with self._lock:
            if asked in self._pages:
                self._bytes -= len(self._pages.pop(asked)[2])
            self._pages[asked] = (state, dict(response.headers), response.content)
            self._bytes += len(response.content)
            while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
                _oldest, page = self._pages.popitem(last=False)
                self._bytes -= len(page[2])


def _asked(request: HttpRequest) -> Key:
    """All of a request that a page without cookies may depend on; SQLite's state is a thread's."""
    told = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT_LANGUAGE", "QUERY_STRING")
    packs = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    thread = threading.get_ident() if connection.vendor == "sqlite" else 0
    theme = request.COOKIES.get(THEME, "")
    return (request.path_info, packs, theme, thread, *(request.META.get(name) for name in told))


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        getattr(response, "is_same_for_everyone", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response
        and len(response.content) <= LARGEST_PAGE
    )
