"""Whole addresses, as they are printed and mailed."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def whole_address(request: Any, path: str) -> str:
    """The path at the installation's public address, else at the one that was asked for."""
    if settings.PUBLIC_URL:
        return f"{settings.PUBLIC_URL}{path}"
    return f"{request.scheme}://{request.get_host()}{path}"
