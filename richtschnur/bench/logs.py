"""Honest public logs of a few days, with the receipts of their senders; made from a seed."""

from __future__ import annotations

import base64
import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from richtschnur.journal import commitments, export, tiles, tree
from richtschnur.journal.kinds import OUTCOMES, RECEIVED, Ground, LeafKind
from richtschnur.journal.models import Leaf
from richtschnur.journal.notes import Signer, checkpoint_text, promise_text

BEGUN = date(2026, 3, 2)
WORDS = "Bus Deutsch Kurs Abend Eltern Schule Verein Wohnung Arzt Kita Termin Ämter ändern ß „so“"
SMALL, LARGE = (4, 60), (250, 600)
IN_ONE_LARGE = 40


@dataclass
class Log:
    """Leaves in their order, and what was signed and given out while they came."""

    signer: Signer
    leaves: list[Leaf] = field(default_factory=list)
    published: list[int] = field(default_factory=list)  # sizes
    contents: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    last_day: date = BEGUN

    def entries(self) -> list[bytes]:
        """What stands in the log."""
        return [leaf.entry() for leaf in self.leaves]

    def files(self) -> dict[str, bytes]:
        """The log as it is exported, its manifest included."""
        return laid_out(self.signer, self.entries(), self.published)

    def checkpoint(self, size: int) -> str:
        """The signed state after the first `size` entries."""
        return checkpoint(self.signer, self.entries()[:size])

    def receipt(self, index: int, size: int) -> dict[str, Any]:
        """What the sender of entry `index` got when the log had `size` entries; 0: at once."""
        leaf = self.leaves[index]
        content, salt = self.contents[leaf.uid]
        promise = promise_text(self.signer.name, tree.leaf_hash(leaf.entry()))
        proof = []
        if size:
            grown = grow(self.entries()[:size])
            proof = tree.inclusion(index, size, lambda level, at: grown.get((level, at), b""))
        return {
            "content": content,
            "salt": salt.hex(),
            "commitment": leaf.commitment,
            "leaf": leaf.entry().decode(),
            "promise": self.signer.sign(promise),
            "index": index if size else None,
            "proof": [base64.b64encode(step).decode() for step in proof] if size else None,
            "checkpoint": self.checkpoint(size) if size else None,
            "log": {"address": "", "key": self.signer.verifier},
        }


def grow(entries: list[bytes]) -> tree.Tiles:
    """The tiles over these entries."""
    return tree.append(0, [tree.leaf_hash(entry) for entry in entries], lambda _level, _at: b"")


def checkpoint(signer: Signer, entries: list[bytes]) -> str:
    """The signed state of these entries."""
    grown = grow(entries)
    root = tree.root(len(entries), lambda level, at: grown.get((level, at), b""))
    day = json.loads(entries[-1])["day"] if entries else BEGUN.isoformat()
    return signer.sign(checkpoint_text(signer.name, len(entries), root, date.fromisoformat(day)))


def laid_out(signer: Signer, entries: list[bytes], published: list[int]) -> dict[str, bytes]:
    """Everything that is exported for these entries, rightly reckoned and signed."""
    grown = grow(entries)

    def find(level: int | str, index: int, width: int) -> bytes | None:
        if level == tiles.ENTRIES:
            first = index * tree.WIDTH
            return tiles.bundle(entries[first : first + width])
        return grown[int(level), index][: width * tree.SIZE]

    files = dict(
        export.log_files(
            size=len(entries),
            find=find,
            key=signer.verifier,
            checkpoint=checkpoint(signer, entries),
            notes=[checkpoint(signer, entries[:size]) for size in published],
        )
    )
    del files[export.VERIFIER]
    return files


def honest(chance: random.Random) -> Log:
    """A log as ordinary days make it; one in forty needs more than one tile."""
    name = f"kreis-{chance.randrange(10**6)}.example/log"
    log = Log(Signer(name, chance.randbytes(32)))
    least, most = LARGE if chance.randrange(IN_ONE_LARGE) == 0 else SMALL
    size = chance.randint(least, most)
    received: list[Leaf] = []
    while len(log.leaves) < size:
        if chance.random() < 0.1:
            log.last_day += timedelta(days=1)
            if log.leaves and log.published[-1:] != [len(log.leaves)]:
                log.published.append(len(log.leaves))
        if received and chance.random() < 0.5:
            _follow(log, chance, chance.choice(received))
        elif chance.random() < 0.85:
            received.append(_receive(log, chance))
        else:
            kind = chance.choice([LeafKind.CONFIG, LeafKind.EDITION])
            _add(log, chance, kind, commitment=chance.randbytes(32).hex())
    if not received:
        _receive(log, chance)
    if log.published[-1:] != [len(log.leaves)]:
        log.published.append(len(log.leaves))
    return log


def _receive(log: Log, chance: random.Random) -> Leaf:
    text = " ".join(chance.choices(WORDS.split(), k=chance.randint(1, 30)))
    content = {"comments": [{"passage": None, "text": text}], "nil_return": False}
    salt = chance.randbytes(commitments.SALT_BYTES)
    kind = LeafKind.LATE if chance.random() < 0.1 else LeafKind.RECEIVED
    leaf = _add(log, chance, kind, commitment=commitments.commit(content, salt=salt))
    log.contents[leaf.uid] = content, salt
    return leaf


def _follow(log: Log, chance: random.Random, leaf: Leaf) -> None:
    """What can happen next to a contribution."""
    about = [other for other in log.leaves if other.of == leaf.uid]
    present = next((str(o.kind) for o in reversed(about) if o.kind in OUTCOMES), "")
    possible: list[LeafKind] = [LeafKind.DECISION, *OUTCOMES[present]]
    if not any(other.kind == LeafKind.ANSWERED for other in about):
        possible += [LeafKind.ANSWERED] * 3
    kind = chance.choice(possible)
    note = ""
    if kind == LeafKind.REDACTED:
        note = chance.choice(Ground.values)
    if kind == LeafKind.DUPLICATE_OF:
        note = next(other.uid for other in log.leaves if other.kind in RECEIVED)
    _add(log, chance, kind, commitment=chance.randbytes(32).hex(), of=leaf.uid, note=note)


def _add(
    log: Log,
    chance: random.Random,
    kind: LeafKind,
    *,
    commitment: str,
    of: str = "",
    note: str = "",
) -> Leaf:
    leaf = Leaf(
        uid=chance.randbytes(16).hex(),
        kind=kind,
        of=of,
        commitment=commitment,
        day=log.last_day,
        role=chance.choice(["visitor", "administration"]),
        note=note,
    )
    log.leaves.append(leaf)
    return leaf
