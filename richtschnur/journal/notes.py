"""Signed notes and checkpoints as C2SP describes them (signed-note, tlog-checkpoint), Ed25519.

A note is text that ends with a line feed, an empty line, and lines of signatures. A checkpoint's
text is the log's name, the number of entries, the root, and as an extension line the day on which
it was signed: nobody can say for long that a signed state is only not published yet.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519, COSIGNATURE = b"\x01", b"\x04"
PROMISE = "richtschnur promise v1"


@dataclass(frozen=True)
class Signer:
    """The name of a log or, with kind COSIGNATURE, a witness, and its secret key of 32 bytes."""

    name: str
    seed: bytes
    kind: bytes = ED25519

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(sign.isspace() for sign in self.name):
            raise ValueError("a log's name has no spaces and no plus signs")

    @property
    def _key(self) -> Ed25519PrivateKey:
        # 10 MB that a web process needs only when somebody opens a receipt.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        """Kind and public key, 33 bytes."""
        return self.kind + self._key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.public).digest()[:4]

    @property
    def verifier(self) -> str:
        """What others need to check: name+id+key."""
        return f"{self.name}+{self.key_id.hex()}+{_text(self.public)}"

    def secret(self) -> str:
        """What the key's file holds."""
        return f"PRIVATE+KEY+{self.name}+{self.key_id.hex()}+{_text(self.kind + self.seed)}"

    def sign(self, text: str) -> str:
        """The note: text and signature."""
        if not text.endswith("\n"):
            raise ValueError("a note's text ends with a line feed")
        signature = _text(self.key_id + self._key.sign(text.encode()))
        return f"{text}\n— {self.name} {signature}\n"

    def cosign(self, note: str, *, at: datetime) -> str:
        """A witness's line under a checkpoint (C2SP tlog-cosignature, cosignature/v1)."""
        text, moment = note.rpartition("\n\n")[0] + "\n", int(at.timestamp())
        signed = self._key.sign(f"cosignature/v1\ntime {moment}\n{text}".encode())
        signature = _text(self.key_id + moment.to_bytes(8, "big") + signed)
        return f"— {self.name} {signature}\n"


def read_secret(text: str, kind: bytes = ED25519) -> Signer:
    """The signer of this kind that a key's file holds. Raises ValueError."""
    parts = text.strip().split("+", 4)
    if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
        raise ValueError("this is not a log's secret key")
    data = base64.b64decode(parts[4], validate=True)
    if len(data) != 33 or data[:1] != kind:
        raise ValueError("this is not an Ed25519 key")
    signer = Signer(parts[2], data[1:], kind)
    if signer.key_id.hex() != parts[3]:
        raise ValueError("name and key do not belong together")
    return signer


def checkpoint_text(name: str, size: int, root: bytes, day: date) -> str:
    """What is signed on a day for a tree of `size` entries."""
    return f"{name}\n{size}\n{_text(root)}\n{day.isoformat()}\n"


def promise_text(name: str, leaf: bytes) -> str:
    """What is signed at once: an entry with this hash will stand in the log."""
    return f"{PROMISE}\n{name}\n{_text(leaf)}\n"


def size_and_root(note: str) -> tuple[int, bytes]:
    """Entries and root of a checkpoint; the signature is not checked here."""
    lines = note.split("\n")
    return int(lines[1]), base64.b64decode(lines[2], validate=True)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
