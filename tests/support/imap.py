"""An IMAP server of a test's own: what Python's client asks of it, over a real socket."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

ARRIVED = "02-Nov-2026 09:30:00 +0100"


@dataclass
class Inbox:
    """The mails of one folder by number. `drops_after` ends a connection so many mails on."""

    validity: int = 1
    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    drops_after: int = 10**6
    fetched: int = 0
    port: int = 0

    def put(self, raw: bytes) -> int:
        number = max(self.mails, default=0) + 1
        self.mails[number] = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return number


class _Session(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, word, *rest = line.split(" ", 2)
            if not self._answer(tag, word.upper(), rest[0] if rest else ""):
                return

    def _answer(self, tag: str, word: str, rest: str) -> bool:
        inbox: Inbox = self.server.inbox
        if word == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif word == "LOGIN" and "secret" not in rest:
            self._say(f"{tag} NO wrong password")
            return True
        elif word in ("SELECT", "EXAMINE"):
            self._say(f"* {len(inbox.mails)} EXISTS")
            self._say(f"* OK [UIDVALIDITY {inbox.validity}] here")
        elif word == "UID" and not self._uid(inbox, rest):
            return False
        elif word == "LOGOUT":
            self._say("* BYE")
        self._say(f"{tag} OK done")
        return word != "LOGOUT"

    def _uid(self, inbox: Inbox, rest: str) -> bool:
        word, _space, asked = rest.partition(" ")
        if word == "SEARCH":
            start = int(re.search(r"(\d+):\*", asked)[1])  # type: ignore[index]
            found = [n for n in inbox.mails if n >= start] or list(inbox.mails)[-1:]
            self._say("* SEARCH " + " ".join(map(str, found)))
            return True
        number = int(asked.split(" ")[0])
        if word == "STORE":
            inbox.seen.add(number)
            return True
        raw = inbox.mails[number]
        if "RFC822.SIZE" in asked:
            said = f'UID {number} RFC822.SIZE {len(raw)} INTERNALDATE "{ARRIVED}"'
            self._say(f"* {number} FETCH ({said})")
            return True
        if inbox.fetched >= inbox.drops_after:
            return False
        inbox.fetched += 1
        part = raw if "BODY.PEEK[]" in asked else raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        name = "BODY[]" if "BODY.PEEK[]" in asked else "BODY[HEADER]"
        self._say(f"* {number} FETCH (UID {number} {name} {{{len(part)}}}")
        self.wfile.write(part)
        self._say(")")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def open_inbox() -> Iterator[Inbox]:
    """Listens on a free port until the end of the block; its password is "secret"."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.inbox = Inbox(port=server.server_address[1])  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.inbox  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()
