"""Sending very often asks for one more step; nobody is held out, nothing typed is lost."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Any

from django.conf import settings

from richtschnur.ui.buckets import Buckets, address_of

# A class or a town hall behind one address goes through; then one step more, once each.
SENDING = Buckets(burst=settings.SENDING_BURST, seconds=10)
WAIT = 3  # seconds between being asked and confirming
VALID = 24 * 3600
TRAP = "website"  # a field that people neither see nor hear


def must_confirm(request: Any, key: str, given: str) -> bool:
    """Whether this sending has to be confirmed first; `given` is what confirms the form `key`."""
    confirmed = _is_confirmed(given, key, request.at)
    return not confirmed and not SENDING.take(address_of(request), request.at)


def confirmation(request: Any, key: str, given: str) -> str:
    """What the form carries when it is asked for; one that was given before is kept."""
    if _age(given, key, request.at) is not None:
        return given
    begun = str(int(request.at.timestamp()))
    return f"{begun}.{_sign(begun, key)}"


def is_trapped(request: Any) -> bool:
    """Whether the field that people don't see was filled in."""
    return bool(request.POST.get(TRAP, "").strip())


def _is_confirmed(given: str, key: str, at: datetime) -> bool:
    age = _age(given, key, at)
    return age is not None and age >= WAIT


def _age(given: str, key: str, at: datetime) -> int | None:
    """How many seconds ago it was asked for; None for what is not ours or too old."""
    begun, _dot, signature = given.partition(".")
    if not (begun.isascii() and begun.isdigit() and len(begun) < 14):
        return None
    if not hmac.compare_digest(signature.encode(), _sign(begun, key).encode()):
        return None
    age = int(at.timestamp()) - int(begun)
    return age if 0 <= age <= VALID else None


def _sign(begun: str, key: str) -> str:
    words = f"confirm:{begun}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()[:40]
