"""Witnesses of our log: who they are, asking them (C2SP tlog-witness), keeping their signatures.

They stand in the settings under `[[log.witnesses]]`: `name` for people, `key` (name+id+key of
kind 4), and `url` where one wants to be asked. Without an address nobody is asked; a witness may
also fetch the log and bring its signature. Nothing leaves the house but a published checkpoint
and hashes of the tree.
"""

from __future__ import annotations

import base64
import logging
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.journal import tree
from richtschnur.journal.actors import SYSTEM
from richtschnur.journal.log import Tiles
from richtschnur.journal.models import Checkpoint
from richtschnur.journal.operations import record
from richtschnur.journal.queries import published
from richtschnur.journal.refusals import Refused
from richtschnur.journal.verifier import Witness as WitnessKey
from richtschnur.journal.verifier import Wrong

LONGEST_ANSWER: Final = 16_384
TIMEOUT: Final = 20  # seconds
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Witness:
    """One that the settings name; `url` is "" for whoever comes by itself."""

    name: str
    key: WitnessKey
    url: str = ""


def named_witnesses() -> list[Witness]:
    """Those of the settings. Raises Refused where an entry can't be meant."""
    return [_witness(entry) for entry in settings.LOG.get("witnesses", ())]


def _witness(entry: dict[str, Any]) -> Witness:
    url = str(entry.get("url", "")).rstrip("/")
    address = urlsplit(url)
    is_safe = address.scheme == "https" or address.hostname in ("127.0.0.1", "::1", "localhost")
    if url and not is_safe:
        raise Refused(
            _("The witness's address %(url)s in settings.toml must begin with https://.")
            % {"url": url},
            code="witness-url",
        )
    try:
        key = WitnessKey(str(entry.get("key", "")))
    except Wrong:
        raise Refused(
            _(
                "The key of the witness “%(name)s” in settings.toml can't be read. Please copy it"
                " once more: it has three parts, joined by plus signs."
            )
            % {"name": entry.get("name", "")},
            code="witness-key",
        ) from None
    return Witness(str(entry.get("name", "")) or key.name, key, url)


@transaction.atomic
def take_cosignatures(*, checkpoint: Checkpoint, lines: str, at: datetime) -> list[str]:
    """Keep the lines that are true signatures of named witnesses under this checkpoint.

    Gives the names of those witnesses, also of those whose line was there. Raises Refused when
    a line bears a witness's name and key, but does not fit.
    """
    row = Checkpoint.objects.select_for_update().get(pk=checkpoint.pk)
    found = []
    for witness in named_witnesses():
        for line in lines.splitlines():
            try:
                is_true = witness.key.has_signed(f"{row.note}{line}\n", "it")
            except Wrong:
                raise Refused(
                    _("This signature does not fit the checkpoint of %(size)s entries.")
                    % {"size": row.size},
                    code="cosignature",
                ) from None
            if is_true and witness.name not in found:
                found.append(witness.name)
                if not has_signed(witness, row):
                    row.cosignatures += f"{line}\n"
                    _keep(row, witness, at)
    return found


def _keep(row: Checkpoint, witness: Witness, at: datetime) -> None:
    Checkpoint.objects.filter(pk=row.pk).update(cosignatures=row.cosignatures)
    record(
        act="journal.take_cosignature",
        subject=f"checkpoint:{row.size}",
        by=SYSTEM,
        at=at,
        data={"witness": witness.key.name},
    )


def signed_by(witnesses: list[Witness]) -> list[tuple[Witness, int]]:
    """How many entries each one has signed so far; one question to the database."""
    rows = Checkpoint.objects.exclude(cosignatures="").order_by("-size")[:200]
    states = list(rows) if witnesses else []
    return [
        (witness, next((row.size for row in states if has_signed(witness, row)), 0))
        for witness in witnesses
    ]


def has_signed(witness: Witness, checkpoint: Checkpoint) -> bool:
    """Whether its line stands under the checkpoint; one that is false counts as none."""
    if f"\u2014 {witness.key.name} " not in checkpoint.cosignatures:
        return False
    try:
        return witness.key.has_signed(checkpoint.cosigned, "it")
    except Wrong:
        return False


def ask_witnesses(*, at: datetime) -> int:
    """Ask those with an address to sign the newest published checkpoint; says how many did."""
    newest = published()
    if newest is None:
        return 0
    known = signed_by([witness for witness in named_witnesses() if witness.url])
    return sum(
        _ask(witness, newest, old=size, at=at) for witness, size in known if size < newest.size
    )


def _ask(witness: Witness, newest: Checkpoint, *, old: int, at: datetime) -> bool:
    try:
        status, text = _post(witness, newest, old)
        if status == 409 and text.strip().isdecimal() and int(text) <= newest.size:
            status, text = _post(witness, newest, int(text))  # it knows more than we remember
        if status == 200:
            return witness.name in take_cosignatures(checkpoint=newest, lines=text, at=at)
        log.warning("the witness %s answers %s", witness.key.name, status)
    except (OSError, Refused) as error:
        log.warning("the witness %s has not signed: %s", witness.key.name, error)
    return False


def request_text(newest: Checkpoint, old: int) -> str:
    """What a witness is sent: what it signed last, the proof, the checkpoint."""
    read = Tiles()
    is_grown = 0 < old < newest.size
    proof = tree.consistency(old, newest.size, read) if is_grown else []
    lines = [f"old {old}", *(base64.b64encode(step).decode() for step in proof)]
    return "\n".join(lines) + f"\n\n{newest.note}"


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Only the address of the settings is asked."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_StayHere)


def _post(witness: Witness, newest: Checkpoint, old: int) -> tuple[int, str]:
    request = urllib.request.Request(  # noqa: S310 – https, or this machine
        f"{witness.url}/add-checkpoint", data=request_text(newest, old).encode()
    )
    request.add_header("Content-Type", "text/plain; charset=utf-8")
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            return 200, answer.read(LONGEST_ANSWER).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(LONGEST_ANSWER).decode("utf-8", "replace")
