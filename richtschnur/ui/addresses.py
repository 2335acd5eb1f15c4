"""Whole addresses, as they are printed and mailed; addresses of many things of one kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

NOTHING: Final = UUID(int=0)


def whole_address(request: Any, path: str) -> str:
    """The path at the installation's public address, else at the one that was asked for."""
    if settings.PUBLIC_URL:
        return f"{settings.PUBLIC_URL}{path}"
    return f"{request.scheme}://{request.get_host()}{path}"


def path_with(name: str, secret: str) -> str:
    """The path of a page whose one argument is a secret of letters, digits and dashes."""
    before, behind = _around(name, get_language(), get_script_prefix())
    return f"{before}{secret}{behind}"


@cache
def _around(name: str, language: str | None, prefix: str) -> tuple[str, str]:
    before, _nothing, behind = reverse(name, args=[str(NOTHING)]).rpartition(str(NOTHING))
    return before, behind


def addresses(name: str, *args: Any) -> Callable[[UUID], str]:
    """What gives the address of one identity; worked out once, as a page has hundreds."""
    before, _nothing, behind = reverse(name, args=[*args, NOTHING]).rpartition(str(NOTHING))
    return lambda identity: f"{before}{identity}{behind}"
