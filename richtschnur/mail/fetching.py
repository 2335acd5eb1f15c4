"""Mails from a mailbox, by IMAP (RFC 3501): each is handed over before it is marked as read."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

SECONDS: Final = 30.0
MOST_BYTES: Final = 40 * 1024 * 1024
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class Account:
    """Where mails arrive. `security` is "tls", "starttls" or "none" (on this machine only)."""

    host: str
    port: int = 993
    user: str = ""
    password: str = ""
    security: str = "tls"
    folder: str = "INBOX"

    @classmethod
    def of(cls, options: dict[str, Any]) -> Account | None:
        """As the settings name it; None without a host. Raises ValueError for odd ones."""
        if not options.get("host"):
            return None
        names = ("host", "port", "user", "password", "security", "folder")
        account = cls(**{name: options[name] for name in names if name in options})
        is_local = account.host in ("localhost", "127.0.0.1", "::1")
        if account.security not in ("tls", "starttls") and not is_local:
            raise ValueError("mails are fetched from other machines by tls or starttls only")
        return account


@dataclass(frozen=True)
class Fetched:
    """One mail. `raw` is its head only when the whole is larger than MOST_BYTES (`is_cut`)."""

    validity: int
    uid: int
    arrived_at: datetime
    raw: bytes
    is_cut: bool = False


class Mailbox:
    """An open folder. Numbers of mails (UIDs) only grow while `validity` stays the same."""

    def __init__(self, link: imaplib.IMAP4) -> None:
        self._link = link
        self.validity = int(link.response("UIDVALIDITY")[1][0] or 0)

    def after(self, uid: int) -> Iterator[Fetched]:
        """The mails behind this number, in order; none is marked as read by it."""
        found = self._link.uid("SEARCH", f"UID {uid + 1}:*")[1][0] or b""
        # "n:*" always means the last mail, too.
        for number in sorted(int(one) for one in found.split() if int(one) > uid):
            mail = self._fetch(number)
            if mail is not None:
                yield mail

    def mark_read(self, uid: int) -> None:
        """To be asked for when a mail is safely stored; a failure does no harm."""
        self._link.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _fetch(self, uid: int) -> Fetched | None:
        about = self._link.uid("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE)")[1]
        line = b" ".join(part if isinstance(part, bytes) else part[0] for part in about if part)
        if not line:
            return None  # deleted since it was found
        size = _SIZE.search(line)
        is_cut = size is None or int(size[1]) > MOST_BYTES
        part = "(BODY.PEEK[HEADER])" if is_cut else "(BODY.PEEK[])"
        answer = self._link.uid("FETCH", str(uid), part)[1]
        raw = next((one[1] for one in answer if isinstance(one, tuple)), None)
        if raw is None:
            return None
        when = imaplib.Internaldate2tuple(line)
        arrived = datetime(*when[:6]).astimezone(UTC) if when else datetime.now(UTC)
        return Fetched(self.validity, uid, arrived, raw, is_cut)


@contextmanager
def open_mailbox(account: Account) -> Iterator[Mailbox]:
    """Log in and open the folder. Raises OSError or imaplib.IMAP4.error."""
    secure = ssl.create_default_context()
    if account.security == "tls":
        link: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            account.host, account.port, ssl_context=secure, timeout=SECONDS
        )
    else:
        link = imaplib.IMAP4(account.host, account.port, timeout=SECONDS)
    try:
        if account.security == "starttls":
            link.starttls(secure)
        link.login(account.user, account.password)
        if link.select(f'"{account.folder}"')[0] != "OK":
            raise imaplib.IMAP4.error("there is no such folder")
        yield Mailbox(link)
    finally:
        try:
            link.logout()
        except (OSError, imaplib.IMAP4.error):
            link.shutdown()
