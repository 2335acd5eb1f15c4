"""Witnesses: whom we ask, whose signature we keep, what we sign for others, and who checks it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from richtschnur.journal import guards, keys, tree, verifier
from richtschnur.journal.actors import CLI
from richtschnur.journal.export import export_log
from richtschnur.journal.kinds import LeafKind
from richtschnur.journal.log import integrate, new_leaf
from richtschnur.journal.models import Checkpoint, JournalEntry, Leaf, Tile
from richtschnur.journal.notes import COSIGNATURE, Signer, checkpoint_text, read_secret
from richtschnur.journal.refusals import Refused
from richtschnur.journal.witnesses import (
    ask_witnesses,
    named_witnesses,
    request_text,
    take_cosignatures,
)
from richtschnur.journal.witnessing import witness_log
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import NOON

__all__ = ["fresh_log"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_log"),
    pytest.mark.usefixtures("in_english"),
]

NEIGHBOUR = Signer("nachbar.example/witness", bytes(range(32)), COSIGNATURE)
STRANGER = Signer("nachbar.example/witness", bytes(32), COSIGNATURE)  # same name, another key


def grown(count: int, days: int = 0) -> Checkpoint:
    """So many more entries, published on a day."""
    at = NOON + timedelta(days=days)
    with transaction.atomic():
        for n in range(count):
            new_leaf(kind=LeafKind.CONFIG, commitment="a" * 64, subject=f"x:{n}", by=CLI, at=at)
    integrate(at=at)
    return Checkpoint.objects.order_by("-size")[0]


@pytest.fixture
def named(settings: Any) -> Any:
    settings.LOG = {"witnesses": [{"name": "Nachbarkreis", "key": NEIGHBOUR.verifier}]}
    return settings


def checked(folder: Path, *, days: int = 0, witness: str = NEIGHBOUR.verifier) -> dict[str, Any]:
    export_log(folder)
    today = (NOON + timedelta(days=days)).date()
    return verifier.verify(str(folder), witnesses=[witness], today=today)


# What is signed, in the form of C2SP


def test_a_line_has_the_form_of_c2sp() -> None:
    name, kind, data = NEIGHBOUR.verifier.split("+", 2)
    assert (name, len(kind), base64.b64decode(data)[0]) == ("nachbar.example/witness", 8, 4)
    note = f"{checkpoint_text('a/log', 5, bytes(32), NOON.date())}\n— a/log c2ln\n"
    line = NEIGHBOUR.cosign(note, at=NOON)
    told = base64.b64decode(line.split(" ")[2])
    assert (len(told), told[:4].hex()) == (4 + 8 + 64, kind)
    assert int.from_bytes(told[4:12], "big") == int(NOON.timestamp())
    witness = verifier.Witness(NEIGHBOUR.verifier)
    assert witness.has_signed(note + line, "it")
    assert not witness.has_signed(note, "it")
    assert read_secret(NEIGHBOUR.secret(), COSIGNATURE) == NEIGHBOUR
    with pytest.raises(ValueError, match="Ed25519"):
        read_secret(NEIGHBOUR.secret())
    with pytest.raises(verifier.Wrong):
        verifier.Key(NEIGHBOUR.verifier)


@pytest.mark.parametrize("place", [0, 4, 11, 12, 75])
def test_one_bent_byte_spoils_a_line(place: int) -> None:
    note = f"{checkpoint_text('a/log', 5, bytes(32), NOON.date())}\n— a/log c2ln\n"
    dash, name, data = NEIGHBOUR.cosign(note, at=NOON).split(" ")
    bent = bytearray(base64.b64decode(data))
    bent[place] ^= 1
    line = f"{dash} {name} {base64.b64encode(bent).decode()}\n"
    witness = verifier.Witness(NEIGHBOUR.verifier)
    if place < 4:
        assert not witness.has_signed(note + line, "it"), "it names another key"
    else:
        with pytest.raises(verifier.Wrong):
            witness.has_signed(note + line, "it")


@pytest.mark.parametrize(("old", "new"), [(1, 1), (1, 2), (3, 7), (4, 7), (8, 300), (255, 600)])
def test_consistency_is_proved_and_nothing_else(old: int, new: int) -> None:
    leaves = [tree.leaf_hash(str(n).encode()) for n in range(new)]
    grown_tiles = tree.append(0, leaves, lambda _level, _index: b"")

    def read(level: int, index: int) -> bytes:
        return grown_tiles.get((level, index), b"")

    before, after = tree.root(old, read), tree.root(new, read)
    proof = tree.consistency(old, new, read)
    assert tree.continues(old, before, new, after, proof)
    assert not tree.continues(old, bytes(32), new, after, proof)
    assert not tree.continues(old, before, new, bytes(32), proof)
    assert not tree.continues(old, before, new, after, [*proof, bytes(32)])
    for at in range(len(proof)):
        assert not tree.continues(old, before, new, after, proof[:at] + proof[at + 1 :])
        bent = [*proof[:at], bytes(32), *proof[at + 1 :]]
        assert not tree.continues(old, before, new, after, bent)
    assert not tree.continues(0, before, new, after, proof)
    assert not tree.continues(new + 1, before, new, after, proof)


# The settings


def test_nobody_is_asked_unless_named() -> None:
    grown(3)
    assert named_witnesses() == []
    assert ask_witnesses(at=NOON) == 0


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"name": "X", "key": "no key"}, "witness-key"),
        ({"name": "X"}, "witness-key"),
        ({"name": "X", "key": "a+00000000+AAAA"}, "witness-key"),
        ({"key": NEIGHBOUR.verifier, "url": "http://witness.example"}, "witness-url"),
        ({"key": NEIGHBOUR.verifier, "url": "file:///etc"}, "witness-url"),
    ],
)
def test_an_entry_that_cant_be_meant_is_told(entry: Any, code: str, settings: Any) -> None:
    settings.LOG = {"witnesses": [entry]}
    with pytest.raises(Refused) as refusal:
        named_witnesses()
    assert refusal.value.code == code


# A witness brings its signature


def brought(client: Client, note: str) -> int:
    return client.post("/log/cosignatures", note, content_type="text/plain").status_code


def test_a_named_witness_brings_its_signature(client: Client, named: Any) -> None:
    newest = grown(3)
    whole = newest.note + NEIGHBOUR.cosign(newest.note, at=NOON)
    with at_most(16):
        assert brought(client, whole) == 200
    assert brought(client, whole) == 200, "once more changes nothing"
    assert client.get("/log/checkpoint").content.decode() == whole
    assert json.loads(client.get("/log/checkpoints").content.splitlines()[-1]) == whole
    assert JournalEntry.objects.filter(act="journal.take_cosignature").count() == 1
    page = client.get("/en/public-log/").content.decode()
    assert "Nachbarkreis" in page
    assert "has signed the first 3 entries" in page


def test_the_page_bears_a_false_line(client: Client, named: Any) -> None:
    """Somebody with all rights has bent it: who checks sees that, the page goes on."""
    newest = grown(3)
    bent = NEIGHBOUR.cosign(newest.note.replace("\n3\n", "\n4\n"), at=NOON)
    Checkpoint.objects.filter(pk=newest.pk).update(cosignatures=bent)
    assert "has not signed yet" in client.get("/en/public-log/").content.decode()


def test_what_does_not_fit_is_not_taken(client: Client, named: Any) -> None:
    newest = grown(3)
    line = NEIGHBOUR.cosign(newest.note, at=NOON)
    other = keys.signer().sign(checkpoint_text(keys.signer().name, 3, bytes(32), NOON.date()))
    assert brought(client, "") == 404
    assert brought(client, "x\n\ny\n") == 404
    assert brought(client, other + NEIGHBOUR.cosign(other, at=NOON)) == 404, "a fork"
    assert brought(client, newest.note) == 403, "no line"
    assert brought(client, newest.note + STRANGER.cosign(newest.note, at=NOON)) == 403
    assert brought(client, newest.note + NEIGHBOUR.cosign(other, at=NOON)) == 422
    assert brought(client, newest.note + "— nachbar.example/witness !\n") == 422
    assert brought(client, newest.note + "x" * 20_000) == 413
    assert client.get("/log/cosignatures").status_code == 405
    named.LOG = {}
    assert brought(client, newest.note + line) == 403, "nobody is named"
    assert Checkpoint.objects.get().cosignatures == ""


def test_what_is_not_published_is_not_cosigned(client: Client, named: Any) -> None:
    grown(3)
    young = grown(1)
    assert young.published_at is None
    assert brought(client, young.note + NEIGHBOUR.cosign(young.note, at=NOON)) == 404


# Asking a witness


class Neighbour(BaseHTTPRequestHandler):
    """A witness as C2SP describes it; `seen` is what it signed last."""

    seen: tuple[int, bytes] = (0, b"")
    asked: list[str] = []
    status = 200

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["content-length"])).decode()
        self.asked.append(f"{self.path}\n{text}")
        head, _gap, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        old = int(first.removeprefix("old "))
        size, root = verifier.Key(keys.signer().verifier).checkpoint(note, "it")
        known, known_root = type(self).seen
        proof = [base64.b64decode(line) for line in lines]
        if self.status != 200:
            self._say(self.status, "no\n")
        elif old != known:
            self._say(409, f"{known}\n")
        elif known and not tree.continues(known, known_root, size, root, proof):
            self._say(422, "no\n")
        else:
            type(self).seen = (size, root)
            self._say(200, NEIGHBOUR.cosign(note, at=NOON))

    def _say(self, status: int, text: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def neighbour(settings: Any) -> Iterator[type[Neighbour]]:
    Neighbour.seen, Neighbour.status = (0, b""), 200
    Neighbour.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Neighbour)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/w"
    settings.LOG = {"witnesses": [{"key": NEIGHBOUR.verifier, "url": url}]}
    yield Neighbour
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_worker_asks_and_nothing_else_leaves(
    neighbour: type[Neighbour], tmp_path: Path
) -> None:
    grown(3)
    assert ask_witnesses(at=NOON) == 1
    assert ask_witnesses(at=NOON) == 0, "it has signed already"
    newest = grown(300, days=1)
    assert ask_witnesses(at=NOON) == 1
    assert len(neighbour.asked) == 2
    path, old, *proof = neighbour.asked[1].partition("\n\n")[0].split("\n")
    assert (path, old) == ("/w/add-checkpoint", "old 3")
    assert all(len(base64.b64decode(line)) == 32 for line in proof)
    assert neighbour.asked[1].endswith(newest.note)
    report = checked(tmp_path / "out", days=1)
    assert (report["ok"], report["notes"]) == (True, [])


def test_a_witness_that_knows_more_than_we_remember(neighbour: type[Neighbour]) -> None:
    first = grown(3)
    neighbour.seen = (3, verifier.Key(keys.signer().verifier).checkpoint(first.note, "it")[1])
    grown(4, days=1)
    assert ask_witnesses(at=NOON) == 1
    assert [text.split("\n")[1] for text in neighbour.asked] == ["old 0", "old 3"]


@pytest.mark.parametrize("status", [403, 404, 422, 500, 302])
def test_a_witness_that_does_not_sign_breaks_nothing(
    status: int, neighbour: type[Neighbour]
) -> None:
    neighbour.status = status
    newest = grown(3)
    assert ask_witnesses(at=NOON) == 0
    assert Checkpoint.objects.get(pk=newest.pk).cosignatures == ""


def test_a_witness_that_is_away_or_has_seen_a_fork(neighbour: type[Neighbour]) -> None:
    neighbour.seen = (2, bytes(32))
    grown(3)
    assert ask_witnesses(at=NOON) == 0, "it saw another log"
    assert neighbour.asked[-1].split("\n")[1] == "old 2"


def test_what_is_sent_first_has_no_proof() -> None:
    newest = grown(3)
    assert request_text(newest, 0) == f"old 0\n\n{newest.note}"
    assert request_text(newest, 3) == f"old 3\n\n{newest.note}"


# Being a witness of another log


def test_a_county_signs_what_continues(tmp_path: Path, settings: Any) -> None:
    grown(3)
    export_log(tmp_path / "one")
    key = keys.signer().verifier
    first = witness_log(str(tmp_path / "one"), key=key, at=NOON)
    assert (first.before, first.size) == (0, 3)
    newest = grown(300, days=1)
    export_log(tmp_path / "two")
    second = witness_log(str(tmp_path / "two"), key=key, at=NOON)
    assert (second.before, second.size) == (3, 303)
    own = keys.witness_signer().verifier
    assert verifier.Witness(own).has_signed(second.note, "it")
    settings.LOG = {"witnesses": [{"key": own}]}
    line = second.note.removeprefix(newest.note)
    assert take_cosignatures(checkpoint=newest, lines=line, at=NOON)
    assert checked(tmp_path / "out", days=1, witness=own)["ok"]
    with pytest.raises(Refused, match="3 entries, but we have signed 303"):
        witness_log(str(tmp_path / "one"), key=key, at=NOON)
    again = witness_log(str(tmp_path / "two"), key=key, at=NOON)
    assert (again.before, again.size) == (303, 303)


def test_no_fork_is_signed(tmp_path: Path) -> None:
    grown(3)
    export_log(tmp_path / "one")
    key = keys.signer().verifier
    witness_log(str(tmp_path / "one"), key=key, at=NOON)
    seen = keys.seen(keys.signer().name)
    guards.remove(_connection())
    Leaf.objects.filter(index=1).update(role="other")
    Leaf.objects.update(index=None)
    Tile.objects.all().delete()
    Checkpoint.objects.all().delete()
    (keys.folder() / keys.SEEN).unlink()
    guards.install(_connection())
    grown(2, days=1)
    export_log(tmp_path / "two")
    with pytest.raises(Refused, match="its first 3 entries are not those"):
        witness_log(str(tmp_path / "two"), key=key, at=NOON)
    assert keys.seen(keys.signer().name) == seen


def _connection() -> Any:
    return transaction.get_connection()


def test_no_other_key_and_no_tampered_state_is_signed(tmp_path: Path) -> None:
    newest = grown(3)
    export_log(tmp_path / "one")
    other = Signer(keys.signer().name, bytes(32)).verifier
    with pytest.raises(Refused, match="not signed by the log's key"):
        witness_log(str(tmp_path / "one"), key=other, at=NOON)
    key = keys.signer().verifier
    with pytest.raises(Refused, match="can't be read"):
        witness_log(str(tmp_path / "one"), key="", at=NOON)
    (tmp_path / "one" / "checkpoint").write_text(newest.note.replace("\n3\n", "\n4\n"), "utf-8")
    with pytest.raises(Refused, match="not signed by the log's key"):
        witness_log(str(tmp_path / "one"), key=key, at=NOON)
    with pytest.raises(Refused, match="no folder"):
        witness_log(str(tmp_path / "nowhere"), key=key, at=NOON)
    assert not keys.seen(keys.signer().name)


def test_tiles_that_do_not_fit_are_no_proof(tmp_path: Path) -> None:
    """A true checkpoint, but what should join it to the one before is missing or bent."""
    grown(3)
    export_log(tmp_path / "one")
    key = keys.signer().verifier
    witness_log(str(tmp_path / "one"), key=key, at=NOON)
    grown(3, days=1)
    export_log(tmp_path / "two")
    tile = tmp_path / "two" / "tile" / "0" / "000.p" / "6"
    tile.write_bytes(tile.read_bytes()[::-1])
    with pytest.raises(Refused, match="are not those"):
        witness_log(str(tmp_path / "two"), key=key, at=NOON)
    tile.unlink()
    with pytest.raises(Refused, match="the log has no"):
        witness_log(str(tmp_path / "two"), key=key, at=NOON)


# Whoever checks with the witnesses' keys


def test_the_verifier_tells_what_witnesses_say(named: Any, tmp_path: Path) -> None:
    first = grown(3)
    none = checked(tmp_path / "0")
    assert none["problems"] == [f"the witness {NEIGHBOUR.name} has signed no state of this log"]
    take_cosignatures(checkpoint=first, lines=NEIGHBOUR.cosign(first.note, at=NOON), at=NOON)
    assert checked(tmp_path / "1")["problems"] == []
    assert not checked(tmp_path / "2", witness=STRANGER.verifier)["ok"]
    assert not checked(tmp_path / "3", witness="rubbish")["ok"]
    grown(2, days=1)
    young = checked(tmp_path / "4", days=2)
    assert young["notes"] == [f"the witness {NEIGHBOUR.name} has signed the first 3 of 5 entries"]
    assert young["ok"]
    stale = checked(tmp_path / "5", days=8)
    assert "nothing since 2026-11-03" in stale["problems"][0]


def test_the_verifier_finds_a_line_that_was_moved(named: Any, tmp_path: Path) -> None:
    """The county lays the line of one state under another: a fork would look like this."""
    first = grown(3)
    other = keys.signer().sign(checkpoint_text(keys.signer().name, 3, bytes(32), NOON.date()))
    Checkpoint.objects.filter(pk=first.pk).update(cosignatures=NEIGHBOUR.cosign(other, at=NOON))
    assert "is none" in checked(tmp_path / "out")["problems"][0]
    with pytest.raises(Refused):
        take_cosignatures(checkpoint=first, lines=NEIGHBOUR.cosign(other, at=NOON), at=NOON)
