"""A post office of our own for tests: aiosmtpd takes mails by SMTP, Dovecot hands them out by IMAP.

Both are servers that others run, too; each mailbox is a Maildir that one writes and the other
reads. Dovecot is found on the path or installed with apt-get. It refuses to open mailboxes as
root, so root starts it as another user, without any right of its own.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from mailbox import Maildir
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tools import processes

PASSWORD = "post"
PLACES = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/opt/homebrew/sbin/dovecot")
SETTINGS = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/boxes/%n
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/boxes/%n
}}
"""


class Missing(Exception):
    """There is no Dovecot and it can't be installed; the message says in one line what to do."""


@dataclass(frozen=True)
class PostOffice:
    """Two ports of 127.0.0.1. Who is written to has a mailbox, named before its “+” or “@”."""

    smtp: int
    imap: int


class _Sorting:
    """Puts each mail into the mailbox of everyone whom its envelope names."""

    def __init__(self, boxes: Path, owner: pwd.struct_passwd | None) -> None:
        self._boxes, self._owner = boxes, owner

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        head = f"Received: from {session.host_name} by post.example; {formatdate()}\r\n"
        for address in envelope.rcpt_tos:
            self._put(address, f"Delivered-To: {address}\r\n{head}".encode() + envelope.content)
        return "250 OK"

    def _put(self, address: str, mail: bytes) -> None:
        name = address.partition("@")[0].partition("+")[0].lower()
        if not name.isalnum():
            raise ValueError("no such mailbox")
        box = Maildir(self._boxes / name)
        key = box.add(mail.replace(b"\r\n", b"\n"))
        if self._owner:
            written = self._boxes / name / "new" / key
            for path in (written, self._boxes / name, *(self._boxes / name).glob("*")):
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)


@contextmanager
def running() -> Iterator[PostOffice]:
    """Starts both servers and ends them. Raises Missing."""
    program = dovecot(install=True)
    owner = processes.unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="richtschnur-post-", dir="/tmp"))
    boxes = folder / "boxes"
    boxes.mkdir()
    for path in (folder, boxes):
        path.chmod(0o755)
        if owner:
            os.chown(path, owner.pw_uid, owner.pw_gid)
    taking = Controller(_Sorting(boxes, owner), hostname="127.0.0.1", port=processes.free_port())
    try:
        taking.start()
        try:
            with _dovecot(program, folder, owner) as port:
                yield PostOffice(smtp=taking.port, imap=port)
        finally:
            taking.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def dovecot(*, install: bool = False) -> str:
    """The path of a Dovecot; with `install` it is fetched when there is none."""
    found = _on_path()
    if not found and install and processes.is_root() and shutil.which("apt-get"):
        # RUNLEVEL: it must not begin to serve the whole machine.
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        wanted = ["install", "-y", "-qq", "--no-install-recommends", "dovecot-imapd"]
        for arguments in (["update", "-qq"], wanted):
            subprocess.run(
                ["apt-get", *arguments], env=environment, capture_output=True, check=False
            )
        found = _on_path()
    if not found:
        raise Missing("Dovecot is missing: install it (Debian: apt-get install dovecot-imapd).")
    return found


def _on_path() -> str | None:
    return shutil.which("dovecot") or next((one for one in PLACES if Path(one).is_file()), None)


@contextmanager
def _dovecot(program: str, folder: Path, owner: pwd.struct_passwd | None) -> Iterator[int]:
    who, port = owner or pwd.getpwuid(os.geteuid()), processes.free_port()
    settings = folder / "dovecot.conf"
    given = {"uid": who.pw_uid, "gid": who.pw_gid, "user": who.pw_name, "group": _group(who)}
    settings.write_text(
        SETTINGS.format(folder=folder, port=port, password=PASSWORD, **given), "utf-8"
    )
    settings.chmod(0o644)
    server = subprocess.Popen(
        [program, "-F", "-c", str(settings)],
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        preexec_fn=processes.end_with_parent,
    )
    try:
        if not processes.wait_until(lambda: processes.answers(port), seconds=30):
            log = folder / "log"
            said = log.read_text("utf-8")[-500:] if log.is_file() else ""
            raise Missing(f"Dovecot did not start: {said}")
        yield port
    finally:
        processes.stop(server)


def _group(who: pwd.struct_passwd) -> str:
    import grp

    return grp.getgrgid(who.pw_gid).gr_name
