"""Public logs tampered with by someone with all rights, and honest ones: what `verify` says.

The tamperer has the database, the files and the log's secret key: entries are changed, all tiles
reckoned anew, all checkpoints signed anew. What he does not have is what others keep: the last
checkpoint that was published, and the receipts of the senders. What is younger than all of these
nobody has seen, so nobody can miss it; it is not tampered with here. A promise alone names no
place: it is kept as long as the entry stands anywhere in the log.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from richtschnur.bench.logs import Log, honest, laid_out
from richtschnur.journal import export, verifier
from richtschnur.journal.kinds import RECEIVED
from richtschnur.journal.notes import Signer

TAMPERINGS, FEW = 1000, 105
Files = dict[str, bytes]


@dataclass
class Case:
    """An honest log with what others keep of it, and who tampers with it."""

    log: Log
    chance: random.Random
    seen: int  # size of the checkpoint that a witness keeps
    receipts: dict[int, int]  # entry -> size of the log when its receipt was given; 0: at once

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(entry) for entry in self.log.entries()]

    def place(self) -> int:
        """A place of the log that somebody else has seen, in a checkpoint or in a receipt."""
        return self.chance.randrange(max(self.seen, *self.receipts.values()))

    def victim(self) -> int:
        """An entry that somebody else knows of: seen in its place, or promised."""
        return self.chance.choice([self.place(), *self.receipts])

    def rebuilt(self, entries: list[dict[str, Any]], signer: Signer | None = None) -> Files:
        """All files for other entries, as if it had always been so."""
        data = [verifier.canonical(entry) for entry in entries]
        sizes = [size for size in self.log.published if size <= len(data)]
        return with_manifest(laid_out(signer or self.log.signer, data, sizes))


def with_manifest(files: Files) -> Files:
    """The same with the manifest that fits."""
    return files | {"manifest.json": json.dumps(export.manifest(files)).encode()}


def delete(case: Case) -> Files:
    """An entry disappears; the others move up."""
    entries = case.entries
    del entries[case.victim()]
    return case.rebuilt(entries)


def edit(case: Case) -> Files:
    """An entry says something else."""
    entries = case.entries
    entry = entries[case.victim()]
    name = case.chance.choice(["c", "role", "note", "id"])
    turned = entry[name][::-1]
    entry[name] = turned if turned != entry[name] else "x"
    return case.rebuilt(entries)


def reorder(case: Case) -> Files:
    """Two entries change places."""
    entries = case.entries
    first = case.place()
    second = case.chance.choice([at for at in range(len(entries)) if at != first])
    entries[first], entries[second] = entries[second], entries[first]
    return case.rebuilt(entries)


def backdate(case: Case) -> Files:
    """Something came earlier than it did: its day is changed, or it is slipped in."""
    entries = case.entries
    at = case.place()
    if case.chance.random() < 0.5:
        day = case.log.leaves[at].day - timedelta(days=case.chance.randint(1, 30))
        entries[at]["day"] = day.isoformat()
    else:
        entries.insert(at, entries[at] | {"id": case.chance.randbytes(16).hex(), "kind": "config"})
        entries[at]["of"] = ""
    return case.rebuilt(entries)


def swap(case: Case) -> Files:
    """Two contributions exchange their fingerprints, or one becomes late instead of another."""
    entries = case.entries
    at = case.victim()
    others = [n for n in range(len(entries)) if entries[n]["c"] != entries[at]["c"]]
    other = case.chance.choice(others)
    entries[at]["c"], entries[other]["c"] = entries[other]["c"], entries[at]["c"]
    return case.rebuilt(entries)


def fork(case: Case) -> Files:
    """From some entry on another history, perhaps with a new key."""
    entries = case.entries
    at = case.victim()
    kept = entries[:at]
    for entry in entries[at:]:
        kept.append(entry | {"c": case.chance.randbytes(32).hex()})
    if case.chance.random() < 0.3:
        return case.rebuilt(entries, Signer(case.log.signer.name, case.chance.randbytes(32)))
    return case.rebuilt(kept)


def cut(case: Case) -> Files:
    """The log ends earlier, as if the rest had not happened."""
    return case.rebuilt(case.entries[: case.victim()] or case.entries[:0])


def double(case: Case) -> Files:
    """Rightly appended, but against the rules: a second answer, an outcome that can't follow."""
    entries = case.entries
    of = entries[case.chance.choice([*case.receipts])]["id"]
    kinds = case.chance.choice([("answered", "answered"), ("redacted", "published")])
    for kind in kinds:
        new = {"id": case.chance.randbytes(16).hex(), "kind": kind, "of": of, "note": ""}
        entries.append(entries[0] | new)
    return case.rebuilt(entries)


def clumsy(case: Case) -> Files:
    """One byte of one file changes, nothing is reckoned anew; or a file is lost."""
    files = with_manifest(case.log.files())
    names = [name for name in files if name.startswith("tile/") or name in ("checkpoint", "key")]
    name = case.chance.choice(names)
    if case.chance.random() < 0.2:
        del files[name]
        return files
    data = bytearray(files[name])
    at = case.chance.randrange(len(data.rstrip(b"\n")))
    data[at] ^= case.chance.randint(1, 255)
    return files | {name: bytes(data)}


def lie(case: Case) -> Files:
    """The manifest counts otherwise than the log."""
    files = with_manifest(case.log.files())
    said = json.loads(files["manifest.json"])
    name = case.chance.choice(["entries", "contributions", "answered", "open"])
    said[name] += case.chance.choice([-1, 1])
    return files | {"manifest.json": json.dumps(said).encode()}


KINDS: tuple[Callable[[Case], Files], ...] = (
    delete,
    edit,
    reorder,
    backdate,
    swap,
    fork,
    cut,
    double,
    clumsy,
    lie,
)


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run: of so many tamperings so many found, of so many honest logs so many accused."""
    count = FEW if is_quick else TAMPERINGS
    found: dict[str, list[int]] = {kind.__name__: [0, 0] for kind in KINDS}
    accused = 0
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 – repeatable on purpose
        case = case_of(honest(chance), chance)
        tamper = KINDS[number % len(KINDS)]
        found[tamper.__name__][0] += 1
        found[tamper.__name__][1] += not judged(case, tamper(case))["ok"]
        accused += not judged(case, with_manifest(case.log.files()))["ok"]
        if number % 100 == 99:
            progress(f"{number + 1} of {count}")
    return [
        {
            "tamperings": count,
            "found": sum(each for _tried, each in found.values()),
            "honest_logs": count,
            "accused": accused,
            "missed": " ".join(name for name, (tried, each) in found.items() if each < tried),
        }
    ]


def case_of(log: Log, chance: random.Random) -> Case:
    """Somebody keeps a published checkpoint, a few senders show their receipts."""
    received = [at for at, leaf in enumerate(log.leaves) if leaf.kind in RECEIVED]
    held = chance.sample(received, min(len(received), chance.randint(1, 3)))
    sizes = {at: chance.choice([0, chance.randint(at + 1, len(log.leaves))]) for at in held}
    return Case(log, chance, chance.choice(log.published), sizes)


def judged(case: Case, files: Files) -> dict[str, Any]:
    """What the verifier says to these files, with what others keep."""
    log = case.log
    receipts = [(f"receipt {at}", log.receipt(at, size)) for at, size in case.receipts.items()]
    seen = [("a kept checkpoint", log.checkpoint(case.seen))]
    return verifier.Check(files.get).run(receipts, seen, log.last_day + timedelta(days=3))
