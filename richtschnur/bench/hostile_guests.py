"""Guests of a served installation: forms sent over HTTP with whatever fits into their fields."""

from __future__ import annotations

import http.client
import re
import secrets
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Any
from urllib.parse import urlencode

from richtschnur.bench.payloads import file_name, line, words

TOKEN = "b" * 32  # of the protection against forged posts: cookie and form agree
FORM = "application/x-www-form-urlencoded"
REPEATABLE = ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")
KEY = re.compile(r'name="key" value="([^"]*)"')


@dataclass
class Answer:
    """What came back, its headers' names in lower case; `status` is 0 when the connection broke.

    Then `broken` stands among the headers, with why.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Guest:
    """One browser without a window: a connection of its own, cookies that are kept."""

    port: int
    cookies: dict[str, str] = field(default_factory=lambda: {"richtschnur_csrf": TOKEN})

    def __post_init__(self) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, str], *files: tuple[str, bytes]) -> Answer:
        """A form with its token; with files as multipart/form-data."""
        given = {"csrfmiddlewaretoken": TOKEN} | fields
        if not files:
            body = urlencode(given, errors="replace").encode()
            return self.ask("POST", path, body, {"Content-Type": FORM})
        edge = secrets.token_hex(16)
        kind = f"multipart/form-data; boundary={edge}"
        return self.ask("POST", path, _multipart(given, files, edge), {"Content-Type": kind})

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """Any request; a connection that breaks is begun anew and told as status 0 and why.

        A kept connection may be closed by the server at any time: as browsers do (RFC 9112, 9.3.1),
        what may be repeated is then asked once more on a new one.
        """
        was_kept = self._link.sock is not None
        try:
            return self._asked(method, path, body, headers or {})
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            if was_kept and method in REPEATABLE and isinstance(error, ConnectionError):
                return self.ask(method, path, body, headers)
            return Answer(0, {"broken": repr(error)})

    def _asked(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._link.request(method, path, body or None, {"Cookie": said} | headers)
        got = self._link.getresponse()
        for name, value in got.headers.items():
            if name.lower() == "set-cookie" and "csrf" not in value.partition("=")[0]:
                key, _equal, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(got.status, {n.lower(): v for n, v in got.headers.items()}, got.read())

    def close(self) -> None:
        self._link.close()


def _multipart(fields: dict[str, str], files: tuple[tuple[str, bytes], ...], edge: str) -> bytes:
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, data in files:
        quoted = name.replace("\\", "\\\\").replace('"', "%22").replace("\r", "").replace("\n", "")
        head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{quoted}"\r\n'
        parts.append(
            head.encode("utf-8", "replace") + b"Content-Type: x/y\r\n\r\n" + data + b"\r\n"
        )
    return b"".join(parts) + f"--{edge}--\r\n".encode()


@dataclass
class Visits:
    """What the guests did: addresses of receipts, answers that nobody expected, a basket."""

    tried: int = 0
    receipts: list[str] = field(default_factory=list)
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def secrets(self) -> list[str]:
        """What opens the receipts."""
        return [address.rstrip("/").rpartition("/")[2] for address in self.receipts[:20]]

    def note(self, answer: Answer, what: str) -> Answer:
        """302 and 303 went well, 4xx is a refusal, anything else is wrong."""
        self.tried += 1
        if answer.status in (400, 409, 413, 422):
            self.refused += 1
        elif answer.status not in (200, 302, 303):
            self.wrong.append(f"{answer.status} {what}")
        return answer


def send_all(port: int, made: dict[str, Any], count: int, seed: int) -> Visits:
    """So many contributions, answers and reports, each field with another try; one basket stays."""
    visits, random = Visits(), Random(seed)  # noqa: S311 – no secret
    for number in range(count):
        _contribute(port, made, number, random, visits)
        _report(port, made, number, visits)
    guest = _basket(port, made, count, random, visits)
    visits.cookies = guest.cookies
    return visits


def _basket(port: int, made: dict[str, Any], number: int, random: Random, visits: Visits) -> Guest:
    guest, paths = Guest(port), made["paths"]
    comment = {"text": words("text", number), "suggestion": words("suggestion", number)}
    visits.note(guest.post(paths["comment"].format(random.randint(1, 40)), comment), "comment")
    visits.note(guest.post(paths["whole"], {"text": words("text", number + 1)}), "whole")
    key = key_of(guest.get(paths["basket"]))
    upload = (file_name(number), f"Seite {number}".encode())
    visits.note(guest.post(paths["basket"], {"key": key, "attach": "1"}, upload), "attach")
    return guest


def _contribute(
    port: int, made: dict[str, Any], number: int, random: Random, visits: Visits
) -> None:
    guest = _basket(port, made, number, random, visits)
    answer = {made["question"]: words("answer", number)}
    visits.note(guest.post(made["paths"]["questions"], answer), "questions")
    for path in (made["paths"]["basket"], made["paths"]["answers"]):
        sender = {
            "key": key_of(guest.get(path)),
            "kind": "resident",
            "name": line("name", number),
            "organisation": line("organisation", number),
            "email": f"guest{number}@post.example",
            "publish_name": "on",
        }
        sent = visits.note(guest.post(path, sender), "send")
        if sent.status == 303:
            visits.receipts.append(sent.headers["location"])
    guest.close()


def _report(port: int, made: dict[str, Any], number: int, visits: Visits) -> None:
    guest = Guest(port)
    fields = {
        "name": line("entry", number),
        "short_name": line("entry", number + 1, 60),
        "kind": "club",
        "towns": line("entry", number + 2, 60),
        "websites": words("entry", number + 3),
        "offer_words": words("entry", number + 4),
        "message": words("report", number),
        "reporter": line("reporter", number, 110),
    }
    path = made["reports"][number % len(made["reports"])]
    answer = guest.post(path, fields)
    if answer.status == 200:  # the form came back: no address of the web is one
        fields |= {"websites": "", "towns": "Ort"}
        answer = guest.post(path, fields)
    visits.note(answer, "report")
    guest.close()


def key_of(page: Answer) -> str:
    """By which a basket's form is known again."""
    found = KEY.search(page.text)
    return unescape(found.group(1)) if found else ""
