"""One question by HTTP to the address that the county has set, and to no other."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, Final, TypedDict

from richtschnur.translation.machine import MachineFailed

LONGEST_ANSWER: Final = 8 * 1024 * 1024
LONGEST_WAIT: Final = 3600


class Address(TypedDict):
    """Where a machine answers; `timeout` in seconds."""

    url: str
    key: str
    model: str
    timeout: float


def address_in(options: Mapping[str, Any], *, timeout: float) -> Address | None:
    """The address of a part of the settings file such as `[summary]`; None while it is off.

    Raises MachineFailed("settings") when the part names no usable address.
    """
    url = str(options.get("url", "")).rstrip("/")
    if not url:
        return None
    if not url.startswith(("https://", "http://")):
        raise MachineFailed("settings", url)
    try:
        seconds = float(options.get("timeout", timeout))
    except (TypeError, ValueError):
        raise MachineFailed("settings", "timeout") from None
    key, model = str(options.get("key", "")), str(options.get("model", ""))
    return {"url": url, "key": key, "model": model, "timeout": seconds}


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirection would send the texts to an address that nobody has set."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_StayHere)


def ask(url: str, question: dict[str, Any], *, timeout: float, key: str = "") -> Any:
    """Post JSON, get JSON. Raises MachineFailed with what went wrong."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(  # noqa: S310 – machine_of lets only http(s) through
        url, data=json.dumps(question).encode(), headers=headers
    )
    try:
        with _opener.open(request, timeout=timeout) as answer:
            return _understood(answer.read(LONGEST_ANSWER + 1))
    except urllib.error.HTTPError as error:
        raise _told(error) from None
    except TimeoutError:
        raise MachineFailed("timeout") from None
    except urllib.error.URLError as error:
        is_late = isinstance(error.reason, TimeoutError | socket.timeout)
        raise MachineFailed("timeout" if is_late else "unreachable", str(error.reason)) from None
    except (OSError, ValueError) as error:
        raise MachineFailed("unreachable", error.__class__.__name__) from None


def _understood(content: bytes) -> Any:
    if len(content) > LONGEST_ANSWER:
        raise MachineFailed("nonsense", "too long")
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise MachineFailed("nonsense", "no JSON") from None


def _told(error: urllib.error.HTTPError) -> MachineFailed:
    with error:
        if error.code in (429, 503):
            return MachineFailed("busy", str(error.code), wait=_wait(error))
        if 300 <= error.code < 500 and error.code != 408:
            return MachineFailed("refused", str(error.code))
        return MachineFailed("unreachable", str(error.code))


def _wait(error: urllib.error.HTTPError) -> int:
    """Seconds of Retry-After; a minute where it names none, or a date."""
    told = (error.headers.get("Retry-After") or "").strip()
    return min(int(told), LONGEST_WAIT) if told.isdecimal() else 60
