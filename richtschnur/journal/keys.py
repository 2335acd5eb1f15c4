"""The log's key and what is kept outside of the database, in the folder `log` of the home.

`key` signs (nobody else may read it), `checkpoint` is the last one that was signed, `erasures`
names what was erased, by random ids only: after the return of an old backup both tell what the
database has forgotten. `witness` holds what this county needs as a witness of other logs: a key
of its own, and the last state of each that it has signed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from richtschnur.journal.notes import COSIGNATURE, ED25519, Signer, read_secret
from richtschnur.journal.refusals import Refused

FOLDER, KEY, SEEN, ERASURES = "log", "key", "checkpoint", "erasures"
WITNESS = "witness"
_known: dict[Path, Signer] = {}


def folder() -> Path:
    """Where it is kept."""
    return Path(settings.HOME) / FOLDER


def signer() -> Signer:
    """The log's key, read once a process; made at first need. Raises Refused without one."""
    path = folder() / KEY
    if path not in _known:
        if not path.is_file():
            make_key()
        try:
            _known[path] = read_secret(path.read_text("ascii"))
        except ValueError:
            raise Refused(
                _("The log's key in %(path)s can't be read. Please bring it back from a backup.")
                % {"path": path}
            ) from None
    return _known[path]


def make_key() -> None:
    """Write a new key, readable for its owner only; one that is there stays."""
    from richtschnur.journal.models import Checkpoint

    if Checkpoint.objects.exists():
        raise Refused(
            _("The log's key is missing in %(path)s. Please bring it back from a backup.")
            % {"path": folder() / KEY}
        )
    _make(folder() / KEY, "log", ED25519)


def witness_signer() -> Signer:
    """The key with which this county signs the logs of others; made at first need."""
    path = folder() / WITNESS / KEY
    if not path.is_file():
        _make(path, "witness", COSIGNATURE)
    return read_secret(path.read_text("ascii"), COSIGNATURE)


def _make(path: Path, what: str, kind: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    host = urlsplit(settings.PUBLIC_URL).netloc or f"richtschnur-{secrets.token_hex(6)}"
    secret = Signer(f"{host}/{what}", secrets.token_bytes(32), kind).secret()
    unfinished = path.with_name(f".{KEY}-{secrets.token_hex(6)}")
    _write(unfinished, secret + "\n", mode=0o600)
    try:
        os.link(unfinished, path)  # whoever comes second finds the first one's
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
    _settle(path.parent)


def seen(log: str = "") -> str:
    """The last checkpoint that was signed, our own or as a witness of another log, or ""."""
    path = _seen_at(log)
    return path.read_text("utf-8") if path.is_file() else ""


def remember(note: str, log: str = "") -> None:
    """Keep a checkpoint outside of the database: whole or not at all."""
    path = _seen_at(log)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    unfinished = path.with_name(f".{SEEN}-{secrets.token_hex(6)}")
    _write(unfinished, note)
    unfinished.replace(path)
    _settle(path.parent)


def _seen_at(log: str) -> Path:
    """Names of logs hold slashes: their hash names the file."""
    if not log:
        return folder() / SEEN
    return folder() / WITNESS / hashlib.sha256(log.encode()).hexdigest()


def forget_for_good(leaf: str, ground: str) -> None:
    """Add an erased contribution, by the random id of its leaf."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o750)
    with (folder() / ERASURES).open("a", encoding="ascii") as file:
        file.write(f"{leaf} {ground}\n")
        file.flush()
        os.fsync(file.fileno())
    _settle(folder())


def erased() -> dict[str, str]:
    """Leaf → ground of all that was ever erased; half a line at the end does not count."""
    path = folder() / ERASURES
    lines = path.read_text("ascii").splitlines() if path.is_file() else []
    return dict(line.split() for line in lines if len(line.split()) == 2)


def _write(path: Path, text: str, *, mode: int = 0o640) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # on a full disk a try each second would leave thousands of halves
        path.unlink(missing_ok=True)
        raise


def _settle(place: Path) -> None:
    """What was named in the folder is named there after a power cut, too."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
