"""A mail as people wrote it: who, what, which files; and what a machine sent by itself.

Nothing here trusts a mail (RFC 5322, RFC 2045): headers may be broken, character sets wrong,
parts endless. The raw bytes are kept elsewhere; what is read here may be read again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser
from typing import Final, Literal

Automatic = Literal["", "auto-reply", "bounce"]
MOST_TEXT: Final = 200_000  # code points
MOST_FILES: Final = 20
MOST_PARTS: Final = 500
_HISTORY: Final = re.compile(
    r"^(?:-{2,} ?\w[^\n]{0,80}\w ?-{2,}|_{10,}"
    r"|(?:am|on|le|el) .{5,120}(?:schrieb|wrote|a écrit|escribió).{0,80}:"
    r"|(?:von|from|от|від|kimden): .{1,200})\s*$",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(r"^-{2,} ?(?:weitergeleitet|forwarded)", re.IGNORECASE)
_ROBOTS: Final = re.compile(r"^(?:mailer-daemon|postmaster)@", re.IGNORECASE)


@dataclass(frozen=True)
class MailFile:
    """A file that came with a mail."""

    name: str
    data: bytes


@dataclass(frozen=True)
class ReadMail:
    """`own` is what the sender wrote, `rest` the signature and quoted history behind it."""

    message_id: str
    sender_name: str
    sender_email: str
    subject: str
    recipients: tuple[str, ...]
    own: str
    rest: str
    files: tuple[MailFile, ...]
    automatic: Automatic

    @property
    def text(self) -> str:
        return f"{self.own}\n\n{self.rest}".strip()


def read_mail(raw: bytes) -> ReadMail:
    """Take a mail apart; it never fails, what can't be read is left out."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    name, address = parseaddr(_header(mail, "From"))
    own, rest = parted(_body(mail))
    return ReadMail(
        message_id=_header(mail, "Message-ID").strip("<> ")[:250],
        sender_name=_readable(name)[:200],
        sender_email=address[:254] if re.fullmatch(r"[^@\s]+@[^@\s]+", address) else "",
        subject=_readable(_header(mail, "Subject"))[:300],
        recipients=_recipients(mail),
        own=own,
        rest=rest,
        files=_files(mail),
        automatic=_automatic(mail, address),
    )


def parted(text: str) -> tuple[str, str]:
    """What was written, and behind it signature and quoted history; nothing is lost.

    A mail that quotes above its answers, or between them, is left whole.
    """
    lines = text.split("\n")
    end = len(lines)
    for place, line in enumerate(lines):
        is_history = _HISTORY.match(line.strip()) and not _FORWARDED.match(line.strip())
        if line.rstrip("\r") == "-- " or line == "--" or is_history:
            end = place
            break
    if end == len(lines):
        while end and (lines[end - 1].startswith(">") or not lines[end - 1].strip()):
            end -= 1
    own = "\n".join(lines[:end]).strip()
    if not own:
        return text.strip(), ""
    return own, "\n".join(lines[end:]).strip()


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(mail[name] or "").split())
    except Exception:  # noqa: BLE001 – the parser of broken headers fails in many ways
        return ""


def _recipients(mail: EmailMessage) -> tuple[str, ...]:
    found = []
    for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"):
        try:
            values = [str(value) for value in mail.get_all(name, [])]
        except Exception:  # noqa: BLE001
            values = []
        found += [address.lower() for _name, address in getaddresses(values) if address]
    return tuple(dict.fromkeys(found))


def _body(mail: EmailMessage) -> str:
    try:
        part = mail.get_body(("plain", "html"))
    except Exception:  # noqa: BLE001
        return ""
    if part is None:
        return ""
    text = _text(part)
    if part.get_content_type() == "text/html":
        text = _without_markup(text)
    return _readable(text.replace("\r\n", "\n").replace("\r", "\n"), lines=True)[:MOST_TEXT]


def _text(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace").replace("\ufffd", "?")


class _Words(HTMLParser):
    """The words of a page, its blocks as lines."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in ("style", "script", "head")
        if tag in ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "head"):
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data if data.strip() else " ")


def _without_markup(html: str) -> str:
    reader = _Words()
    reader.feed(html[: 4 * MOST_TEXT])
    lines = [" ".join(line.split()) for line in "".join(reader.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _readable(text: str, *, lines: bool = False) -> str:
    kept = "\n\t" if lines else ""
    return "".join(c for c in text if c in kept or unicodedata.category(c) not in ("Cc", "Cs"))


def _files(mail: EmailMessage) -> tuple[MailFile, ...]:
    found: list[MailFile] = []
    for place, part in enumerate(mail.walk()):
        if place > MOST_PARTS or len(found) == MOST_FILES:
            break
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        try:
            name = part.get_filename() or ""
        except Exception:  # noqa: BLE001
            name = "?"
        if not name and part.get_content_disposition() != "attachment":
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            found.append(MailFile(name, data))
    return tuple(found)


def _automatic(mail: EmailMessage, sender: str) -> Automatic:
    kind = mail.get_content_type()
    if kind == "multipart/report" or _ROBOTS.match(sender) or _header(mail, "Return-Path") == "<>":
        return "bounce"
    answered = _header(mail, "Auto-Submitted").lower()
    precedence = _header(mail, "Precedence").lower()
    if answered not in ("", "no") or precedence in ("auto_reply", "bulk", "junk"):
        return "auto-reply"
    return "auto-reply" if mail["X-Autoreply"] or mail["X-Autorespond"] else ""
