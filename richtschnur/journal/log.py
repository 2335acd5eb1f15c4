"""The public log: leaves with the act, the tree by one integrator, checkpoints afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from richtschnur.journal import keys, tree
from richtschnur.journal.actors import Actor
from richtschnur.journal.kinds import RECEIVED, LeafKind
from richtschnur.journal.models import Checkpoint, JournalEntry, Leaf, Tile
from richtschnur.journal.notes import checkpoint_text, size_and_root
from richtschnur.journal.operations import react
from richtschnur.journal.refusals import Refused
from richtschnur.journal.writing import insert, update_all

INTEGRATING = 0x1EAF  # the number of the integrators' lock in PostgreSQL


def new_leaf(
    *,
    kind: LeafKind,
    commitment: str,
    subject: str,
    by: Actor,
    at: datetime,
    of: str = "",
    note: str = "",
) -> Leaf:
    """Write one leaf; call it inside the act's transaction. It is in the tree a second later."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act and its leaf belong in one transaction")
    leaf = Leaf(
        uid=secrets.token_hex(16),
        kind=kind,
        of=of,
        commitment=commitment,
        day=localtime(at).date(),
        role=by.role or by.kind,
        note=note,
        subject=subject,
    )
    insert([leaf])
    return leaf


class Tiles:
    """Reads tiles of the database, each once; `known` are those that need no question."""

    def __init__(self, known: tree.Tiles | None = None) -> None:
        self.known: tree.Tiles = dict(known or {})

    def __call__(self, level: int, index: int) -> bytes:
        if (level, index) not in self.known:
            found = Tile.objects.filter(level=level, index=index).values_list("hashes").first()
            self.known[level, index] = bytes(found[0]) if found else b""
        return self.known[level, index]

    def fetch(self, entries: Iterable[int]) -> Tiles:
        """Read all tiles above these entries with one question."""
        wanted = {
            (level, entry >> tree.HEIGHT * (level + 1))
            for entry in entries
            for level in range(max(1, (entry.bit_length() + 7) // tree.HEIGHT))
        }
        rows = Tile.objects.filter(
            Q(*(Q(level=level, index=index) for level, index in wanted), _connector=Q.OR)
        )
        for row in rows:
            self.known[row.level, row.index] = bytes(row.hashes)
        return self


def tree_size() -> int:
    """How many leaves are in the tree."""
    last = Leaf.objects.filter(index__isnull=False).order_by("-index").first()
    return last.index + 1 if last is not None and last.index is not None else 0


def follow(act: str, kind: LeafKind) -> None:
    """Let each entry of this act have its leaf, with the entry's own commitment."""

    def write(entry: JournalEntry) -> None:
        new_leaf(
            kind=kind,
            commitment=entry.commitment,
            subject=entry.subject,
            by=Actor(entry.actor_kind, entry.actor_id, entry.actor_role),
            at=entry.at,
        )

    react(act, write)


def integrate(*, at: datetime, limit: int = 1000) -> int:
    """Append what waits to the tree and sign it; says how many leaves. One at a time.

    The work grows with the new leaves, not with the log. What a crash leaves undone between the
    two steps, the next call does.
    """
    is_waiting = Leaf.objects.filter(index__isnull=True).exists()
    count = _append_waiting(limit) if is_waiting else 0
    sign_checkpoint(at=at)
    publish_checkpoint(at=at)
    return count


@transaction.atomic
def _append_waiting(limit: int) -> int:
    _wait_for_other_integrators()
    waiting = list(Leaf.objects.filter(index__isnull=True).order_by("id")[:limit])
    if not waiting:
        return 0
    size = tree_size()
    for offset, leaf in enumerate(waiting):
        leaf.index = size + offset
    hashes = [tree.leaf_hash(leaf.entry()) for leaf in waiting]
    changed = tree.append(size, hashes, Tiles())
    update_all(Leaf, {"index": "bigint"}, [[leaf.pk, leaf.index] for leaf in waiting])
    Tile.objects.bulk_create(
        [Tile(level=level, index=index, hashes=data) for (level, index), data in changed.items()],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
    )
    return len(waiting)


def _wait_for_other_integrators() -> None:
    """Until its transaction ends; SQLite has one writer anyway."""
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INTEGRATING])


def sign_checkpoint(*, at: datetime) -> None:
    """Sign the tree as it stands, once what it holds is durable: never in its transaction.

    The file outside of the database comes first; it never goes back, and nothing is signed that
    does not continue it.
    """
    size = tree_size()
    if size and not Checkpoint.objects.filter(size=size).exists():
        _sign(at)


@transaction.atomic
def _sign(at: datetime) -> None:
    _wait_for_other_integrators()
    size = tree_size()
    read = Tiles().fetch([size - 1])
    _check_continues(size, read)
    signer = keys.signer()
    day = localtime(at).date()
    note = signer.sign(checkpoint_text(signer.name, size, tree.root(size, read), day))
    keys.remember(note)
    Checkpoint.objects.get_or_create(size=size, defaults={"note": note, "signed_at": at})


def check_log() -> None:
    """Refuse to start with a log that is shorter than, or another than, what was seen last."""
    keys.signer()
    _check_continues(tree_size(), Tiles())


def _check_continues(size: int, read: Tiles) -> None:
    note = keys.seen()
    if not note:
        return
    known, root = size_and_root(note)
    names = {"size": size, "known": known, "path": keys.folder() / keys.SEEN}
    if size < known:
        raise Refused(
            _(
                "The public log has %(size)s entries, but %(known)s were signed already"
                " (%(path)s): this database is older. Please restore a newer backup. If there is"
                " none, the administrators' guide says how to go on and what to tell the public."
            )
            % names,
            code="shorter-log",
        )
    read.fetch([known - 1])
    if tree.root(known, read) != root:
        raise Refused(
            _(
                "The first %(known)s entries of the public log are not those that were signed"
                " (%(path)s): this is another database, or it was altered. Please restore a"
                " backup."
            )
            % names,
            code="other-log",
        )


def publish_checkpoint(*, at: datetime) -> None:
    """Show the newest checkpoint to everyone, once a day: then nobody sees when someone wrote."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or newest.published_at is not None:
        return
    last = Checkpoint.objects.filter(published_at__isnull=False).order_by("-size").first()
    if last is not None and last.published_at is not None:
        is_at_once = settings.LOG.get("publish", "daily") == "at once"
        if not is_at_once and localtime(last.published_at).date() >= localtime(at).date():
            return
    since = last or Checkpoint(size=0)
    new = Leaf.objects.filter(index__gte=since.size, index__lt=newest.size).aggregate(
        received=Count("pk", filter=Q(kind__in=RECEIVED)),
        answered=Count("pk", filter=Q(kind=LeafKind.ANSWERED)),
    )
    Checkpoint.objects.filter(pk=newest.pk).update(
        published_at=at,
        contributions=since.contributions + new["received"],
        answered=since.answered + new["answered"],
    )
