"""Odd requests to every address of a served installation, and hostile files for its forms."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from richtschnur.bench.hostile_guests import FORM, TOKEN, Answer, Guest, key_of
from richtschnur.bench.payloads import WORDS

RAW = tuple(words for words in WORDS if words.startswith("<") and "hit" in words)
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
HEADS = ("Accept-Language", "Referer", "User-Agent", "Accept", "If-None-Match", "Range")
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
NAMES = ("key", "kind", "text", "name", "email", "remove", "seen", "q", "page", "sort", "next",
         "organisation", "theme", "passage", "suggestion", "x[]", "after", "language")  # fmt: skip
KINDS = (FORM, "application/json", "multipart/form-data; boundary=x", "x/y")
LEFT_OUT = ("logout", "password", "abmelden", "kennwort", "passwort")
LEAST = 3  # answers of one connection until it is begun anew


@dataclass
class Fuzzed:
    """`where` names what answered 5xx or not at all, `reflected` what gave back raw markup."""

    tried: int = 0
    where: list[str] = field(default_factory=list)
    reflected: list[str] = field(default_factory=list)
    by_status: dict[int, int] = field(default_factory=dict)


def fuzz(port: int, made: dict[str, Any], tries: int, seed: int) -> Fuzzed:
    """So many odd requests: most by visitors with and without a basket, some by staff."""
    random, found = Random(seed), Fuzzed()  # noqa: S311 – no secret
    addresses = [one for one in all_addresses() if not any(part in one for part in LEFT_OUT)]
    guests = [Guest(port), Guest(port), Guest(port)]
    guests[1].cookies |= made["cookies"]
    guests[2].cookies["richtschnur_session"] = made["sessions"]["sommer"]
    for _try in range(tries):
        guest = random.choice(guests)
        path = _filled(random.choice(addresses), random, made["known"])
        method = random.choice(METHODS if random.random() < 0.3 else ("GET", "POST"))
        fields = {random.choice(NAMES): _odd(random) for _field in range(random.randint(0, 4))}
        kept = dict(guest.cookies)
        answer = _ask(guest, method, path, fields, random)
        guest.cookies = kept
        _note(found, answer, f"{method} {path[:120]}", method)
    for guest in guests:
        guest.close()
    return found


def _note(found: Fuzzed, answer: Answer, said: str, method: str) -> None:
    found.tried += 1
    found.by_status[answer.status] = found.by_status.get(answer.status, 0) + 1
    if answer.status >= 500 or answer.status == 0:
        found.where.append(f"{answer.status} {said} {answer.headers.get('broken', '')}".rstrip())
    kind = answer.headers.get("content-type", "text/html")
    if kind.startswith("text/html") and method != "HEAD":
        found.reflected += [f"{words} by {said}" for words in RAW if words in answer.text]


def _ask(guest: Guest, method: str, path: str, fields: dict[str, str], random: Random) -> Answer:
    headers = {random.choice(HEADS): _as_sent(_odd(random))}
    if method in ("GET", "HEAD"):
        query = urlencode(fields, errors="replace")[:6000]
        return guest.ask(method, f"{path}?{query}" if query else path, headers=headers)
    if random.random() < 0.8:
        fields = {"csrfmiddlewaretoken": TOKEN} | fields
    kind = random.choice(KINDS if random.random() < 0.3 else KINDS[:1])
    body = urlencode(fields, errors="replace").encode()
    return guest.ask(method, path, body, headers | {"Content-Type": kind})


def all_addresses() -> list[str]:
    """All patterns as texts with <converters>, with the language that begins them."""
    return [f"/de/{path}" if at else f"/{path}" for path, at in _patterns(get_resolver())]


def _patterns(resolver: Any, prefix: str = "", is_inner: bool = False) -> list[tuple[str, bool]]:
    from django.urls.resolvers import LocalePrefixPattern

    found: list[tuple[str, bool]] = []
    for entry in resolver.url_patterns:
        inner = is_inner or isinstance(entry.pattern, LocalePrefixPattern)
        is_prefix = isinstance(entry.pattern, LocalePrefixPattern)
        text = prefix if is_prefix else prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += _patterns(entry, text, inner)
        elif isinstance(entry, URLPattern):
            found.append((text, inner))
    return found


def _filled(pattern: str, random: Random, known: list[str]) -> str:
    """A pattern with something in each of its places."""
    parts, rest = [], pattern
    while "<" in rest:
        before, _open, after = rest.partition("<")
        place, _close, rest = after.partition(">")
        number = str(random.choice([0, 1, 2, 10**12, 10**30]))
        value = number if place.startswith("int") else random.choice([*known, _odd(random)])
        parts += [quote(before), quote(value[:500], errors="replace") or "x"]
    return "".join([*parts, quote(rest)])


def _odd(random: Random) -> str:
    if random.random() < 0.5:
        return random.choice([*ODD, *WORDS])
    return "".join(chr(random.choice([random.randint(1, 0x2FF), 0x202E])) for _n in range(40))


def _as_sent(text: str) -> str:
    """In one line of bytes, each as one character."""
    sent = text.encode("utf-8", "replace").decode("latin-1")
    return "".join(c if c.isprintable() else " " for c in sent)[:4000].strip() or "x"


def upload(port: int, made: dict[str, Any], tries: int, seed: int) -> Fuzzed:
    """Hostile files put into baskets: taken or refused with a sentence, never more."""
    random, found, guest, key = Random(seed), Fuzzed(), Guest(port), ""  # noqa: S311
    path = made["paths"]["basket"]
    for number in range(tries):
        if number % LEAST == 0:
            guest.close()
            guest = Guest(port)
            guest.post(made["paths"]["whole"], {"text": "Mit Anlage."})
            key = key_of(guest.get(path))
        name = random.choice([*WORDS, *ODD, "a.pdf", "b.docx"]).replace("\0", "")[:200]
        fields = {"key": key, "attach": "1"}
        answer = guest.post(path, fields, (name or "x", hostile(number, random)))
        _note(found, answer, f"file {number}", "POST")
        if answer.status not in (200, 422):
            found.where.append(f"{answer.status} file {number} was not looked at")
    guest.close()
    return found


def hostile(number: int, random: Random) -> bytes:
    """A file that is none, is too large when unpacked, leads elsewhere, or is cut and shuffled."""
    kind = number % 8
    if kind == 0:
        return _zip({f"{'../' * 9}etc/passwd": b"x", "word/document.xml": b"<x/>"})
    if kind == 1:
        return _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"\0" * 30_000_000})
    if kind == 2:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
        return _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": bomb.encode()})
    if kind == 3:
        return f"<svg xmlns='http://www.w3.org/2000/svg'>{random.choice(WORDS)}</svg>".encode()
    heads = (
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"<svg ",
    )
    tails = (b"", b"\nstartxref\n9\n%%EOF\n")
    body = random.randbytes(random.randint(0, 5000))
    head = random.choice(heads) if kind < 7 else b""
    return head + body + random.choice(tails)


def _zip(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()
