"""How often somebody sends, without knowing who: buckets in memory, of this process alone.

No address is kept: a bucket's key is an HMAC of it with a random key that lives for a day. An
empty bucket never refuses anybody; it says that a further step is asked for.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.conf import settings

MOST_BUCKETS = 20_000


class Buckets:
    """`burst` at once, then one each `seconds`."""

    def __init__(self, *, burst: int, seconds: float) -> None:
        self.burst, self.seconds = burst, seconds
        self._levels: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._key, self._day = b"", date.min
        self._lock = Lock()

    def take(self, address: str, at: datetime) -> bool:
        """Whether there was something left for this address at this moment."""
        now = at.timestamp()
        with self._lock:
            name = self._name(address, at)
            level, before = self._levels.pop(name, (float(self.burst), now))
            level = min(self.burst, level + max(0.0, now - before) / self.seconds)
            has_some = level >= 1
            self._levels[name] = (level - 1 if has_some else level, now)
            if len(self._levels) > MOST_BUCKETS:
                self._levels.popitem(last=False)
        return has_some

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._levels.clear()

    def _name(self, address: str, at: datetime) -> bytes:
        if self._day != at.date():
            self._day, self._key = at.date(), secrets.token_bytes(32)
            self._levels.clear()
        return hmac.digest(self._key, address.encode(), "sha256")[:16]


def address_of(request: Any) -> str:
    """Where a request comes from; behind our own proxy the last address that it names."""
    direct: str = request.META.get("REMOTE_ADDR", "")
    if not settings.SECURE_PROXY_SSL_HEADER:
        return direct
    named: str = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return named[:60] or direct
