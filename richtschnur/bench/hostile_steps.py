"""What `bench hostile` does in a process that works on one installation."""

from __future__ import annotations

import io
import logging
import tempfile
import zipfile
from pathlib import Path
from random import Random
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from richtschnur.bench.intake_steps import baskets_in, opened
from richtschnur.contributions.operations import receive_file
from richtschnur.journal.refusals import Refused

SCRIPTS = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "'-alert(window.hit=1)-'",
    "javascript:window.hit=1",
    "<svg/onload=window.hit=1>",
    "{{ 7*7 }}{% debug %}",
    "</textarea><script>window.hit=1</script>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "<a href='javascript:window.hit=1'>x</a>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
)
ODD = (
    "",
    "0",
    "-1",
    "9" * 40,
    "\x00",
    "%00",
    "\ud7ff\u202e",
    "../../etc/passwd",
    "'; --",
    "a" * 9000,
)
HEADS = ("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_ACCEPT", "HTTP_COOKIE")
METHODS = ("get", "post", "put", "delete", "head", "options", "patch")


def fuzzed(tries: int, seed: int) -> dict[str, Any]:
    """Odd requests to all addresses, without a login: {tried, unhandled, where}."""
    logging.disable(logging.CRITICAL)  # thousands of addresses that do not exist
    random = Random(seed)  # noqa: S311 – no secret
    consultation = opened(seed)
    basket = baskets_in(consultation)
    known = [consultation.slug, basket["secret"], "de", "1", str(consultation.pk)]
    addresses = [f"/de/{path}" if at else f"/{path}" for path, at in _addresses(get_resolver())]
    found = []
    for _try in range(tries):
        path = _filled(random.choice(addresses), random, known)
        client = Client(HTTP_HOST="localhost", raise_request_exception=False)
        client.cookies[basket["cookie"]] = random.choice(
            [basket["secret"], _as_sent(_odd(random))[:90]]
        )
        fields = {_word(random): _odd(random) for _field in range(random.randint(0, 4))}
        head: dict[str, Any] = {random.choice(HEADS): _as_sent(_odd(random))}
        method = random.choice(METHODS if random.random() < 0.3 else ("get", "post"))
        answer = client.generic(method.upper(), path, **_body(method, fields, random), **head)
        if answer.status_code >= 500:
            found.append(f"{method} {path[:120]}")
    return {"tried": tries, "unhandled": len(found), "where": sorted(set(found))[:20]}


def _body(method: str, fields: dict[str, str], random: Random) -> dict[str, Any]:
    from urllib.parse import urlencode

    if method == "get":
        return {"QUERY_STRING": urlencode(fields, errors="replace")}
    kinds = ("application/x-www-form-urlencoded", "application/json", "multipart/form-data", "x/y")
    data = urlencode(fields, errors="replace")
    return {
        "data": data,
        "content_type": random.choice(kinds if random.random() < 0.3 else kinds[:1]),
    }


def _addresses(resolver: Any, prefix: str = "", is_inner: bool = False) -> list[tuple[str, bool]]:
    """All patterns as (text with <converters>, whether a language begins it)."""
    from django.urls.resolvers import LocalePrefixPattern

    found: list[tuple[str, bool]] = []
    for entry in resolver.url_patterns:
        inner = is_inner or isinstance(entry.pattern, LocalePrefixPattern)
        is_prefix = isinstance(entry.pattern, LocalePrefixPattern)
        text = prefix if is_prefix else prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += _addresses(entry, text, inner)
        elif isinstance(entry, URLPattern):
            found.append((text, inner))
    return found


def _filled(pattern: str, random: Random, known: list[str]) -> str:
    """A pattern with something in each of its places."""
    from urllib.parse import quote

    parts, rest = [], pattern
    while "<" in rest:
        before, _open, after = rest.partition("<")
        place, _close, rest = after.partition(">")
        number = str(random.choice([0, 1, 2, 10**12, 10**30]))
        value = number if place.startswith("int") else random.choice([*known, _odd(random)])
        parts += [before, quote(value[:500], errors="replace") or "x"]
    return "".join([*parts, rest])


def _odd(random: Random) -> str:
    if random.random() < 0.5:
        return random.choice([*ODD, *SCRIPTS])
    return "".join(chr(random.choice([random.randint(1, 0x2FF), 0x202E])) for _n in range(40))


def _as_sent(text: str) -> str:
    """A header as a server hands it on: its bytes, each as one character, in one line."""
    sent = text.encode("utf-8", "replace").decode("latin-1")
    return sent.replace("\n", " ").replace("\r", " ").replace("\0", " ")[:4000]


def _word(random: Random) -> str:
    names = ("key", "kind", "text", "name", "email", "remove", "seen", "q", "page", "sort", "next")
    return random.choice([*names, "organisation", "theme", "passage", "csrfmiddlewaretoken", "x[]"])


def attached(tries: int, seed: int) -> dict[str, int]:
    """Hostile files looked at as attachments: taken or refused with a sentence, never more."""
    random, unhandled = Random(seed), 0  # noqa: S311 – no secret
    with tempfile.TemporaryDirectory() as folder:
        for number in range(tries):
            path = Path(folder) / f"file-{number}"
            path.write_bytes(_hostile(number, random))
            try:
                receive_file(source=path, name=random.choice([*SCRIPTS, *ODD, "a.pdf", "b.docx"]))
            except Refused:
                pass
            except Exception:  # noqa: BLE001 – that is what is counted
                unhandled += 1
            path.unlink()
    return {"tried": tries, "unhandled": unhandled}


def _hostile(number: int, random: Random) -> bytes:
    kind = number % 8
    if kind == 0:
        return _zip({f"{'../' * 9}etc/passwd": b"x", "word/document.xml": b"<x/>"})
    if kind == 1:
        return _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"\0" * 30_000_000})
    if kind == 2:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
        return _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": bomb.encode()})
    heads = (
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"<svg ",
    )
    body = random.randbytes(random.randint(0, 5000))
    return (random.choice(heads) if kind < 7 else b"") + body


def _zip(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()
