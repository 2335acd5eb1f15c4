#!/usr/bin/env python3
"""Checks a public log of Richtschnur. Needs Python 3.9 or newer and nothing else.

    python verify.py DIR_OR_URL [--receipt FILE]… [--seen FILE]… [--key KEY] [--witness KEY]…
                     [--json]

It shares no code with the server: whoever does not trust the county reads these lines. It looks
at the signatures (Ed25519), the tree (RFC 6962) and its tiles, whether all published checkpoints
describe the same log, whether every contribution has one outcome and one answer, with a receipt
whether what was sent stands in the log unchanged, and with the keys of witnesses whether they
have signed the log's state, too.

Exit code: 0 all is well, 1 something is wrong (each line says what), 2 wrong use.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Fetch = Callable[[str], "bytes | None"]  # what stands at a path of the log; None: nothing

WIDTH = 256
RECEIVED = ("received", "late")
OUTCOMES = ("published", "withheld", "withdrawn", "redacted", "duplicate-of")
KINDS = (*RECEIVED, *OUTCOMES, "answered", "decision", "edition", "config")
# Which outcome may follow which; the last one holds.
FOLLOWS = {
    "": OUTCOMES,
    "published": ("withheld", "withdrawn", "redacted"),
    "withheld": ("published", "withdrawn", "redacted", "duplicate-of"),
    "duplicate-of": ("published", "withheld", "withdrawn", "redacted"),
    "withdrawn": ("redacted",),
    "redacted": (),
}
NEEDS_NO_ANSWER = ("withdrawn", "redacted")
FIELDS = {"v", "id", "kind", "of", "c", "day", "role", "note"}
PUBLISHED_WITHIN = timedelta(days=2)
WITNESSED_WITHIN = timedelta(days=7)
PROMISE = "richtschnur promise v1"


class Wrong(Exception):
    """Something that does not hold; `str()` is a sentence for a person."""


# Ed25519 (RFC 8032), points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or NEUTRAL


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this Ed25519 signature of 64 bytes belongs to message and public key."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, s = _point(public), int.from_bytes(signature[32:], "little")
    if key is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(digest, "little") % ORDER
    minus = (P - key[0], key[1], 1, P - key[3])  # s·B - h·A must be R
    both = _add(BASE, minus)
    found = NEUTRAL
    for bit in range(max(s.bit_length(), h.bit_length()) - 1, -1, -1):
        found = _add(found, found)
        which = (s >> bit & 1) | (h >> bit & 1) << 1
        if which:
            found = _add(found, (BASE, minus, both)[which - 1])
    inverse = pow(found[2], P - 2, P)
    x, y = found[0] * inverse % P, found[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# Notes and checkpoints (C2SP signed-note, tlog-checkpoint).


def _bytes(text: str) -> bytes:
    """What base64 stands for; one thing is written in one way only. Raises Wrong."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if base64.b64encode(data).decode() != text:
        raise Wrong("something that should be base64 is not")
    return data


class Key:
    """A log's public key as text: name+id+base64(kind, key)."""

    kind, whose = 1, "the log's public key"

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        parts = self.text.split("+", 2)
        if len(parts) != 3:
            raise Wrong(f"{self.whose} can't be read")
        self.name, data = parts[0], _bytes(parts[2])
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if len(data) != 33 or data[0] != self.kind or self.id.hex() != parts[1]:
            raise Wrong(f"{self.whose} can't be read")
        self.public = data[1:]

    def opened(self, note: str, what: str) -> str:
        """The text of a note that this key has signed. Raises Wrong."""
        text, gap, signatures = note.rpartition("\n\n")
        for line in signatures.splitlines() if gap else ():
            found = re.fullmatch("\u2014 (\\S+) (\\S+)", line)
            if found is None or found[1] != self.name:
                continue
            data = _bytes(found[2])
            if data[:4] == self.id and is_signed(self.public, f"{text}\n".encode(), data[4:]):
                return f"{text}\n"
        raise Wrong(f"{what} is not signed by the log's key")

    def checkpoint(self, note: str, what: str) -> tuple[int, bytes]:
        """Size and root of a signed checkpoint. Raises Wrong."""
        lines = self.opened(note, what).split("\n")
        if len(lines) < 4 or lines[0] != self.name or not re.fullmatch(r"0|[1-9]\d*", lines[1]):
            raise Wrong(f"{what} is no checkpoint of this log")
        return int(lines[1]), _bytes(lines[2])


class Witness(Key):
    """The public key of someone who signs the states of other people's logs."""

    kind, whose = 4, "a witness's public key"

    def has_signed(self, note: str, what: str) -> bool:
        """Whether its line (C2SP cosignature/v1) is there. Raises Wrong for a false one."""
        text, _gap, signatures = note.rpartition("\n\n")
        for line in signatures.splitlines():
            found = re.fullmatch("\u2014 (\\S+) (\\S+)", line)
            if found is None or found[1] != self.name:
                continue
            data = _bytes(found[2])
            if data[:4] != self.id:
                continue  # somebody of the same name, with another key
            time = int.from_bytes(data[4:12], "big")
            message = f"cosignature/v1\ntime {time}\n{text}\n".encode()
            if not is_signed(self.public, message, data[12:]):
                raise Wrong(
                    f"what stands as signature of the witness {self.name} in {what} is none"
                )
            return True
        return False


# The tree (RFC 6962).


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two others."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Roots:
    """The root after each entry, reckoned from the left: a stack of complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.stack: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf's hash."""
        number = self.size
        while number & 1:
            leaf = node_hash(self.stack.pop(), leaf)
            number >>= 1
        self.stack.append(leaf)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root over all that was added."""
        found: bytes | None = None
        for part in reversed(self.stack):
            found = part if found is None else node_hash(part, found)
        return hashlib.sha256().digest() if found is None else found


def included(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that an audit path leads to (RFC 9162, 2.1.3.2). Raises Wrong."""
    if not 0 <= index < size:
        raise Wrong("the receipt's place lies outside of its checkpoint")
    number, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise Wrong("the receipt's proof is too long")
        if number & 1 or number == last:
            found = node_hash(step, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, step)
        number, last = number >> 1, last >> 1
    if last:
        raise Wrong("the receipt's proof is too short")
    return found


# The log as it is published (C2SP tlog-tiles).


def number_path(number: int) -> str:
    """1234067 becomes x001/x234/067."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def tile_path(level: Any, index: int, width: int) -> str:
    """Where a tile, or with level "entries" a bundle of entries, stands."""
    return f"tile/{level}/{number_path(index)}" + (f".p/{width}" if width < WIDTH else "")


def fetcher(place: str) -> Fetch:
    """Reads a log from a folder or below an address. Raises Wrong when there is none."""
    if re.match("https?://", place):
        return lambda path: _fetched(f"{place.rstrip('/')}/{path}")
    folder = Path(place)
    if not folder.is_dir():
        raise Wrong(f"there is no folder {place}")

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    return read


def _fetched(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 – http(s) only
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise Wrong(f"{address} answers {error.code}") from None
    except OSError as error:
        raise Wrong(f"{address} can't be reached ({error})") from None


def needed(fetch: Fetch, path: str) -> bytes:
    """What must stand there. Raises Wrong."""
    found = fetch(path)
    if found is None:
        raise Wrong(f"the log has no {path}")
    return found


def bundled(data: bytes, path: str) -> list[bytes]:
    """The entries of a bundle. Raises Wrong."""
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entries.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(data):
        raise Wrong(f"{path} is cut off")
    return entries


def canonical(content: Any) -> bytes:
    """RFC 8785 for what a contribution holds: texts, whole numbers, truth values, lists."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _commitment(said: Any) -> str:
    """What the log shows of `said`: a secret number ("salt") and a content, hashed together."""
    salt = bytes.fromhex(said["salt"])
    return hashlib.sha256(b"v1" + salt + canonical(said["content"])).hexdigest()


class Check:
    """One look at a log; `problems` gathers what is wrong, `notes` what one should know."""

    def __init__(self, fetch: Fetch, *, key: str = "") -> None:
        self.fetch = fetch
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.known_key = key.strip()
        self.key: Key | None = None
        self.size = 0
        self.hashes: list[bytes] = []
        self.leaves: list[dict[str, Any]] = []
        self.counts = {"contributions": 0, "answered": 0, "open": 0}
        self.outcomes: dict[str, int] = {}
        self.wanted: dict[int, list[tuple[bytes, str]]] = {}  # size: root, whose
        self.states: list[tuple[int, str, str]] = []  # size, note, what; the newest last

    def run(
        self,
        receipts: list[tuple[str, Any]],
        seen: list[tuple[str, str]],
        today: date | None = None,
        witnesses: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Everything; receipts and seen checkpoints come with the names of their files."""
        today = today or date.today()  # noqa: DTZ011 – a day of grace lies in PUBLISHED_WITHIN
        try:
            self._read()
        except Wrong as wrong:
            self.problems.append(str(wrong))
        if self.key is not None:
            for name, note in seen:
                self._try(self._remember, note, name)
            for name, receipt in receipts:
                self._try(self._receipt, receipt, name, today)
            for witness in witnesses:
                self._try(self._witness, witness, "a witness's key", today)
        self._tree()
        self._leaves()
        self._try(self._manifest)
        return self.report()

    def report(self) -> dict[str, Any]:
        """What the command prints."""
        return {
            "ok": not self.problems,
            "entries": self.size,
            **self.counts,
            "problems": self.problems,
            "notes": self.notes,
            "outcomes": self.outcomes,
            "log": self.key.name if self.key else "",
        }

    def _try(self, act: Callable[..., None], *arguments: Any) -> None:
        try:
            act(*arguments)
        except Wrong as wrong:
            self.problems.append(str(wrong))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            self.problems.append(f"{arguments[1] if arguments[1:] else 'a file'} can't be read")

    def _read(self) -> None:
        """Key, checkpoints and entries."""
        self.key = Key(needed(self.fetch, "key").decode("utf-8", "replace"))
        if self.known_key and self.known_key != self.key.text:
            raise Wrong("the log's key is not the one that you named")
        note = needed(self.fetch, "checkpoint").decode("utf-8", "replace")
        self.size, root = self.key.checkpoint(note, "the log's checkpoint")
        self._expect(self.size, root, "the log's checkpoint")
        earlier = (self.fetch("checkpoints") or b"").decode("utf-8", "replace")
        for number, line in enumerate(earlier.splitlines(), 1):
            self._try(self._earlier, line, f"published checkpoint {number}")
        self.states.append((self.size, note, "the log's checkpoint"))
        for index in range((self.size + WIDTH - 1) // WIDTH):
            width = min(WIDTH, self.size - index * WIDTH)
            path = tile_path("entries", index, width)
            entries = bundled(needed(self.fetch, path), path)
            if len(entries) != width:
                raise Wrong(f"{path} holds {len(entries)} entries, not {width}")
            for entry in entries:
                self.hashes.append(leaf_hash(entry))
                self._try(self._leaf, entry, f"entry {len(self.hashes) - 1}")

    def _earlier(self, line: str, what: str) -> None:
        note = json.loads(line)
        self._remember(note, what)
        self.states.append((int(note.split("\n")[1]), note, what))

    def _remember(self, note: str, what: str) -> None:
        """A checkpoint that the log must still agree with."""
        assert self.key is not None
        size, root = self.key.checkpoint(note, what)
        if size > self.size:
            raise Wrong(f"the log is shorter than {what}: {self.size} of {size} entries")
        self._expect(size, root, what)

    def _expect(self, size: int, root: bytes, what: str) -> None:
        self.wanted.setdefault(size, []).append((root, what))

    def _witness(self, text: str, _what: str, today: date) -> None:
        """Whether a witness has signed the newest state, or one before it that is not old."""
        witness, known = Witness(text), -1
        for size, note, what in self.states:
            if witness.has_signed(note, what):
                known = max(known, size)
        if known < 0:
            raise Wrong(f"the witness {witness.name} has signed no state of this log")
        if known < self.size:
            days = [note.split("\n")[3] for size, note, _what in self.states if size > known]
            said = f"{witness.name} has signed the first {known} of {self.size} entries"
            if date.fromisoformat(min(days)) + WITNESSED_WITHIN <= today:
                raise Wrong(f"the witness {said} and nothing since {min(days)}")
            self.notes.append(f"the witness {said}")

    def _tree(self) -> None:
        """All roots that were promised, and the tiles."""
        roots = Roots()
        self._compare(roots)
        for leaf in self.hashes:
            roots.add(leaf)
            if roots.size in self.wanted:
                self._compare(roots)
        level, hashes = 0, self.hashes
        while hashes and len(self.hashes) == self.size:
            self._try(self._tiles, level, f"level {level} of the tiles", hashes)
            for _step in range(8):
                pairs = range(0, len(hashes) - 1, 2)
                hashes = [node_hash(hashes[at], hashes[at + 1]) for at in pairs]
            level += 1

    def _compare(self, roots: Roots) -> None:
        for root, what in self.wanted.get(roots.size, ()):
            if root != roots.root:
                self.problems.append(f"the first {roots.size} entries are not those of {what}")

    def _tiles(self, level: int, _what: str, hashes: list[bytes]) -> None:
        for index in range((len(hashes) + WIDTH - 1) // WIDTH):
            part = hashes[index * WIDTH : (index + 1) * WIDTH]
            path = tile_path(level, index, len(part))
            if needed(self.fetch, path) != b"".join(part):
                raise Wrong(f"{path} does not fit its entries")

    def _leaf(self, entry: bytes, what: str) -> None:
        leaf = json.loads(entry)
        is_known = set(leaf) == FIELDS and leaf["v"] == 1 and leaf["kind"] in KINDS
        shaped = is_known and all(
            re.fullmatch(pattern, leaf[name])
            for name, pattern in (("id", "[0-9a-f]{32}"), ("c", "[0-9a-f]{64}|"))
        )
        if not shaped or canonical(leaf) != entry:
            raise Wrong(f"{what} is no leaf of this log")
        date.fromisoformat(leaf["day"])
        self.leaves.append(leaf)

    def _leaves(self) -> None:
        """The closing manifest: one outcome and one answer for everything that was received."""
        outcome: dict[str, str] = {}
        other: dict[str, str] = {}
        answered = set()
        ids = set()
        for leaf in self.leaves:
            kind, of = leaf["kind"], leaf["of"]
            if leaf["id"] in ids:
                self.problems.append(f"leaf {leaf['id']} stands twice in the log")
            ids.add(leaf["id"])
            if kind in RECEIVED:
                outcome[leaf["id"]] = ""
            elif of and of not in outcome:
                self.problems.append(f"a leaf “{kind}” speaks of {of}, which was never received")
            elif kind in OUTCOMES:
                if kind not in FOLLOWS[outcome.get(of, "redacted")]:
                    before = outcome.get(of) or "nothing"
                    self.problems.append(f"contribution {of}: “{kind}” can't follow “{before}”")
                outcome[of], other[of] = kind, leaf["note"]
            elif kind == "answered":
                if of in answered or not of:
                    self.problems.append(f"contribution {of} has two answers")
                answered.add(of)
        self._count(outcome, other, answered)

    def _count(self, outcome: dict[str, str], other: dict[str, str], answered: Any) -> None:
        def is_settled(of: str) -> bool:
            kind = outcome[of]
            is_answered = of in answered or kind in NEEDS_NO_ANSWER
            return bool(kind) and (
                is_answered or (kind == "duplicate-of" and other.get(of) in answered)
            )

        self.counts["contributions"] = len(outcome)
        self.counts["answered"] = sum(of in answered for of in outcome)
        self.counts["open"] = sum(not is_settled(of) for of in outcome)
        for kind in outcome.values():
            if kind:
                self.outcomes[kind] = self.outcomes.get(kind, 0) + 1

    def _manifest(self) -> None:
        """What the county says about its log, if it says anything."""
        data = self.fetch("manifest.json") if self.key is not None else None
        if data is None:
            return
        said = json.loads(data)
        found = {"entries": self.size, **self.counts, "outcomes": self.outcomes}
        for name, value in found.items():
            if said.get(name) != value:
                self.problems.append(f"manifest.json says {name}: {said.get(name)}, not {value}")

    def _receipt(self, receipt: Any, what: str, today: date) -> None:
        """Whether what a sender holds in her hands stands in the log."""
        assert self.key is not None
        if receipt["log"]["key"] != self.key.text:
            raise Wrong(f"{what} was given under another key than the log's")
        entry = receipt["leaf"].encode()
        leaf, hashed = json.loads(entry), leaf_hash(entry)
        made = _commitment(receipt)
        if not made == receipt["commitment"] == leaf["c"]:
            raise Wrong(f"the words in {what} are not those that were sent")
        files = [_commitment(file) for file in receipt.get("files", ())]
        if "files" in receipt and files != receipt["content"].get("attachments", []):
            raise Wrong(f"the files in {what} are not those that were sent")
        promise = self.key.opened(receipt["promise"], f"the promise in {what}")
        wanted = f"{PROMISE}\n{self.key.name}\n{base64.b64encode(hashed).decode()}\n"
        if promise != wanted:
            raise Wrong(f"the promise in {what} is for something else")
        index = receipt["index"]
        if index is None:
            index = self.hashes.index(hashed) if hashed in self.hashes else None
        else:
            self._proof(receipt, what, hashed, today)
        if index is None or index >= self.size:
            if date.fromisoformat(leaf["day"]) + PUBLISHED_WITHIN <= today:
                raise Wrong(f"what {what} promises does not stand in the log")
            self.notes.append(f"{what} is younger than the published log: please check again later")
        elif self.hashes[index : index + 1] != [hashed]:
            raise Wrong(f"the log has something else in the place of {what}")

    def _proof(self, receipt: Any, what: str, hashed: bytes, today: date) -> None:
        assert self.key is not None
        size, root = self.key.checkpoint(receipt["checkpoint"], f"the checkpoint in {what}")
        proof = [_bytes(step) for step in receipt["proof"]]
        if included(hashed, receipt["index"], size, proof) != root:
            raise Wrong(f"the proof in {what} does not lead to its checkpoint")
        day = date.fromisoformat(receipt["checkpoint"].split("\n")[3])
        if size <= self.size:
            self._expect(size, root, what)
        elif day + PUBLISHED_WITHIN <= today:
            raise Wrong(f"the log is shorter than the checkpoint in {what}")


def verify(
    place: str,
    *,
    receipts: Any = (),
    seen: Any = (),
    key: str = "",
    today: date | None = None,
    witnesses: Sequence[str] = (),
) -> dict[str, Any]:
    """Check the log at a folder or address; `receipts` and `seen` are names of files."""
    check = Check(fetcher(place), key=key)
    held, known = [], []
    for name in receipts:
        try:
            held.append((name, json.loads(Path(name).read_text("utf-8"))))
        except (OSError, ValueError):
            check.problems.append(f"{name} is no receipt that can be read")
    for name in seen:
        try:
            known.append((name, Path(name).read_text("utf-8")))
        except (OSError, ValueError):
            check.problems.append(f"{name} is no checkpoint that can be read")
    return check.run(held, known, today, witnesses)


def in_words(report: dict[str, Any]) -> str:
    """The report for people."""
    counts = "{entries} entries, {contributions} contributions: {answered} answered, {open} open"
    lines = [counts.format(**report), *report["notes"]]
    lines += [f"WRONG: {problem}" for problem in report["problems"]]
    return "\n".join([*lines, "All is well." if report["ok"] else "This log does not hold."])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("place", metavar="DIR_OR_URL", help="an exported log, or its address")
    parser.add_argument(
        "--receipt", action="append", default=[], metavar="FILE", help="a receipt that must hold"
    )
    parser.add_argument(
        "--seen", action="append", default=[], metavar="FILE", help="a checkpoint kept from before"
    )
    parser.add_argument("--key", default="", help="the log's key, known from elsewhere")
    parser.add_argument(
        "--witness", action="append", default=[], metavar="KEY", help="a witness that must agree"
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    try:
        report = verify(
            args.place,
            receipts=args.receipt,
            seen=args.seen,
            key=args.key,
            witnesses=args.witness,
        )
    except Wrong as wrong:
        print(f"verify: {wrong}", file=sys.stderr)  # noqa: T201
        return 1
    print(json.dumps(report, ensure_ascii=False) if args.json else in_words(report))  # noqa: T201
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
