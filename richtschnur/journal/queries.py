"""Checking the journal's chain; what the public log says and proves."""

from __future__ import annotations

from dataclasses import dataclass

from richtschnur.journal import commitments, keys, tiles, tree
from richtschnur.journal.kinds import RECEIVED
from richtschnur.journal.log import Tiles
from richtschnur.journal.models import Checkpoint, JournalEntry, Leaf, Tile
from richtschnur.journal.notes import promise_text


def chain_faults() -> list[str]:
    """What is wrong with the sealed chain, one line a fault; empty when all holds."""
    faults = []
    chain, expected = commitments.CHAIN_START, 0
    sealed = JournalEntry.objects.filter(position__isnull=False).order_by("position")
    for entry in sealed.iterator(chunk_size=1000):
        if entry.position != expected:
            faults.append(f"position {expected} is missing")
            expected = entry.position or 0
        if commitments.commit(entry.content(), salt=bytes(entry.salt)) != entry.commitment:
            faults.append(f"entry {entry.position} was altered")
        chain = commitments.link(chain, entry.commitment)
        if chain != entry.chain:
            faults.append(f"the chain breaks at {entry.position}")
            chain = entry.chain
        expected += 1
    return faults


def leaves_about(subject: str) -> list[Leaf]:
    """All leaves about one thing, in the order they came."""
    return list(Leaf.objects.filter(subject=subject).order_by("id"))


def received_leaf(subject: str) -> Leaf | None:
    """The leaf with which a contribution arrived."""
    return Leaf.objects.filter(subject=subject, kind__in=RECEIVED).first()


def promise(leaf: Leaf) -> str:
    """The county's signed word that this leaf will stand in the log; waits for nothing."""
    signer = keys.signer()
    return signer.sign(promise_text(signer.name, tree.leaf_hash(leaf.entry())))


@dataclass(frozen=True)
class Proof:
    """That a leaf stands in the log: its place, the path to the root, the signed root."""

    index: int
    size: int
    path: list[bytes]
    checkpoint: str


def proof_of(leaf: Leaf) -> Proof | None:
    """None until the integrator has been there; two questions to the database."""
    if leaf.index is None:
        return None
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or newest.size <= leaf.index:
        return None
    read = Tiles().fetch([leaf.index, newest.size - 1])
    path = tree.inclusion(leaf.index, newest.size, read)
    return Proof(leaf.index, newest.size, path, newest.note)


def published() -> Checkpoint | None:
    """The newest checkpoint that everyone may see."""
    return Checkpoint.objects.filter(published_at__isnull=False).order_by("-size").first()


def published_as(text: str) -> Checkpoint | None:
    """The published checkpoint with exactly this text, signatures apart."""
    size = text.split("\n")[1:2]
    if not size or not size[0].isascii() or not size[0].isdecimal() or len(size[0]) > 15:
        return None
    found = Checkpoint.objects.filter(size=int(size[0]), published_at__isnull=False).first()
    return found if found is not None and found.note.startswith(f"{text}\n") else None


def published_notes() -> list[str]:
    """All checkpoints that were ever published with their co-signatures, the oldest first."""
    rows = Checkpoint.objects.filter(published_at__isnull=False).order_by("size")
    return [note + lines for note, lines in rows.values_list("note", "cosignatures")]


def tile(level: int | str, index: int, width: int, *, size: int) -> bytes | None:
    """A tile or a bundle of entries of the log with `size` entries; None beyond its end."""
    below = tree.HEIGHT * (0 if level == tiles.ENTRIES else int(level))
    if index * tree.WIDTH + width > size >> below:
        return None
    if level == tiles.ENTRIES:
        return _entries(index, width)
    found = Tile.objects.filter(level=level, index=index).values_list("hashes").first()
    hashes = bytes(found[0])[: width * tree.SIZE] if found else b""
    return hashes if len(hashes) == width * tree.SIZE else None


def _entries(index: int, width: int) -> bytes | None:
    first = index * tree.WIDTH
    rows = Leaf.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
    entries = [leaf.entry() for leaf in rows]
    return tiles.bundle(entries) if len(entries) == width else None
