"""A long page that is sent while it is being made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

PLACE = "<!-- streamed -->"


def streamed_page(
    request: HttpRequest, template: str, context: dict[str, Any], parts: Iterable[str]
) -> StreamingHttpResponse:
    """The template with `parts` (safe HTML) where it says `{{ streamed }}`.

    Parts are made one after the other, so that the page's memory does not grow with its length.
    """
    frame = render_to_string(template, context | {"streamed": PLACE}, request)
    head, _place, tail = frame.partition(PLACE)
    language = get_language() or settings.LANGUAGE_CODE
    return StreamingHttpResponse(_sent(head, parts, tail, language))


def _sent(head: str, parts: Iterable[str], tail: str, language: str) -> Iterator[str]:
    """Parts are made after the request's own time, so their language is set once more."""
    yield head
    rest = iter(parts)
    while True:
        with override(language):
            part = next(rest, None)
        if part is None:
            break
        yield part
    yield tail
