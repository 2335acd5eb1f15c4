"""The tree of RFC 6962 against its definition and its published vectors; notes and tiles."""

from __future__ import annotations

import ast
import base64
import hashlib
import sys
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from richtschnur.journal import tiles, tree, verifier
from richtschnur.journal.notes import (
    Signer,
    checkpoint_text,
    promise_text,
    read_secret,
    size_and_root,
)

# The inputs and roots that the Certificate Transparency project publishes for its tree.
INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
DAY = date(2026, 11, 2)
SIGNER = Signer("county.example/log", bytes(range(32)))


class Grown:
    """A tree grown in steps; counts what is reckoned and read."""

    def __init__(self) -> None:
        self.tiles: tree.Tiles = {}
        self.leaves: list[bytes] = []
        self.reads = 0

    def read(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.tiles.get((level, index), b"")

    def add(self, entries: list[bytes]) -> tree.Tiles:
        hashes = [tree.leaf_hash(entry) for entry in entries]
        changed = tree.append(len(self.leaves), hashes, self.read)
        self.tiles |= changed
        self.leaves += hashes
        return changed


def defined(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:k]) + defined(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), defined(leaves[k:])]
    return [*path(m - k, leaves[k:]), defined(leaves[:k])]


def subproof(m: int, leaves: list[bytes], is_whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if m == len(leaves):
        return [] if is_whole else [defined(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], is_whole), defined(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), defined(leaves[:k])]


def test_the_verifier_needs_nothing_but_an_old_python() -> None:
    source = Path(verifier.__file__).read_text("utf-8")
    parsed = ast.parse(source, feature_version=(3, 9))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(parsed)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }
    assert imported <= set(sys.stdlib_module_names)


def test_the_published_vectors() -> None:
    grown = Grown()
    assert tree.root(0, grown.read) == hashlib.sha256().digest() == defined([])
    for count, (entry, root) in enumerate(zip(INPUTS, ROOTS, strict=True), 1):
        grown.add([bytes.fromhex(entry)])
        assert tree.root(count, grown.read).hex() == root
        roots = verifier.Roots()
        for leaf in grown.leaves:
            roots.add(leaf)
        assert roots.root.hex() == root


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=5), st.data())
def test_any_growth_gives_the_tree_of_the_definition(steps: list[int], data: st.DataObject) -> None:
    grown = Grown()
    for step in steps:
        grown.add([f"{len(grown.leaves)}/{n}".encode() for n in range(step)])
    size = len(grown.leaves)
    old = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, old - 1))
    assert tree.root(size, grown.read) == defined(grown.leaves)
    assert tree.root(old, grown.read) == defined(grown.leaves[:old])
    proof = tree.inclusion(index, old, grown.read)
    assert proof == path(index, grown.leaves[:old])
    assert verifier.included(grown.leaves[index], index, old, proof) == defined(grown.leaves[:old])
    assert tree.consistency(old, size, grown.read) == subproof(old, grown.leaves, True)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 600), st.data())
def test_a_wrong_leaf_place_or_step_leads_elsewhere(size: int, data: st.DataObject) -> None:
    grown = Grown()
    grown.add([str(n).encode() for n in range(size)])
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion(index, size, grown.read)
    root = tree.root(size, grown.read)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    bent = list(proof)
    step = data.draw(st.integers(0, len(proof) - 1))
    bent[step] = bytes([bent[step][0] ^ 1]) + bent[step][1:]
    for leaf, place, steps in (
        (grown.leaves[other], index, proof),
        (grown.leaves[index], other, proof),
        (grown.leaves[index], index, bent),
        (grown.leaves[index], index, proof[:-1]),
        (grown.leaves[index], index, [*proof, bytes(32)]),
    ):
        try:
            assert verifier.included(leaf, place, size, steps) != root
        except verifier.Wrong:
            continue


def test_growing_costs_what_is_new_not_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = 0
    really = tree.node_hash

    def counting(left: bytes, right: bytes) -> bytes:
        nonlocal nodes
        nodes += 1
        return really(left, right)

    grown = Grown()
    grown.add([str(n).encode() for n in range(70_000)])
    monkeypatch.setattr(tree, "node_hash", counting)
    grown.reads = 0
    for n in range(1024):
        grown.add([f"new {n}".encode()])
    assert nodes <= 1024 + 2 * 256, "one node a leaf, and what two full tiles cost above"
    assert grown.reads <= 1024 + 8


def test_what_is_not_there_is_refused() -> None:
    grown = Grown()
    grown.add([b"one", b"two"])
    for index, size in ((2, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no entry"):
            tree.inclusion(index, size, grown.read)
    with pytest.raises(ValueError, match="beginning"):
        tree.consistency(3, 2, grown.read)
    with pytest.raises(LookupError):
        tree.root(300, grown.read)


@given(st.text(), st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_opened_by_the_verifiers_own_reckoning(text: str, seed: bytes) -> None:
    signer = Signer("a.example/log", seed)
    clean = "".join(sign for sign in text if not 0xD800 <= ord(sign) < 0xE000)
    note = signer.sign(f"first\n{clean}\n")
    key = verifier.Key(signer.verifier)
    assert key.opened(note, "it") == f"first\n{clean}\n"
    with pytest.raises(verifier.Wrong):
        key.opened(note.replace("first", "other", 1), "it")
    assert read_secret(signer.secret()) == signer


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 511))
def test_ed25519_agrees_with_another_implementation(message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(message).digest())
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verifier.is_signed(public, message, signature)
    bent = bytearray(signature)
    bent[bit // 8] ^= 1 << bit % 8
    assert not verifier.is_signed(public, message, bytes(bent))
    assert not verifier.is_signed(public, message + b"x", signature)


def test_ed25519_knows_the_vectors_of_rfc_8032() -> None:
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    signature = (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert verifier.is_signed(bytes.fromhex(public), b"", bytes.fromhex(signature))


@pytest.mark.parametrize(
    ("public", "signature"),
    [
        (b"\xff" * 32, bytes(64)),  # no point
        (b"\x02" + bytes(31), bytes(64)),  # not on the curve
        (bytes(31), bytes(64)),
        (bytes(32), bytes(63)),
        (bytes(32), bytes(32) + verifier.ORDER.to_bytes(32, "little")),  # s too large
    ],
)
def test_what_is_no_signature_is_none(public: bytes, signature: bytes) -> None:
    assert not verifier.is_signed(public, b"message", signature)


def test_a_key_has_the_form_of_c2sp() -> None:
    name, key_id, data = SIGNER.verifier.split("+", 2)
    public = base64.b64decode(data)
    assert (name, public[0], len(public)) == ("county.example/log", 1, 33)
    assert hashlib.sha256(b"county.example/log\n" + public).hexdigest()[:8] == key_id
    for bad in ("", "x", SIGNER.verifier, SIGNER.secret().replace("county", "other")):
        with pytest.raises(ValueError, match="key"):
            read_secret(bad)
    with pytest.raises(ValueError, match="spaces"):
        Signer("two words", bytes(32))


@pytest.mark.parametrize(
    "bent",
    [
        SIGNER.verifier[:-4],
        SIGNER.verifier.replace("county", "other"),
        "",
        "a+b",
        SIGNER.verifier.replace("+A", "+B"),
    ],
)
def test_a_bent_public_key_is_refused(bent: str) -> None:
    with pytest.raises(verifier.Wrong):
        verifier.Key(bent)


def test_a_promise_is_never_taken_for_a_checkpoint() -> None:
    key = verifier.Key(SIGNER.verifier)
    root = hashlib.sha256(b"x").digest()
    note = SIGNER.sign(checkpoint_text(SIGNER.name, 7, root, DAY))
    assert key.checkpoint(note, "it") == (7, root) == size_and_root(note)
    with pytest.raises(verifier.Wrong):
        key.checkpoint(SIGNER.sign(promise_text(SIGNER.name, root)), "it")
    with pytest.raises(verifier.Wrong):
        key.checkpoint(
            Signer(SIGNER.name, bytes(32)).sign(checkpoint_text(SIGNER.name, 7, root, DAY)), ""
        )


@given(st.integers(0, 10**12), st.integers(1, 256), st.sampled_from([0, 1, 5, tiles.ENTRIES]))
def test_paths_are_read_as_they_are_written(index: int, width: int, level: int | str) -> None:
    written = tiles.tile_path(level, index, width)
    assert tiles.parse_path(written.removeprefix("tile/")) == (level, index, width)
    assert verifier.tile_path(level, index, width) == written


def test_paths_are_those_of_the_specification() -> None:
    assert tiles.number_path(1234067) == "x001/x234/067"
    assert tiles.tile_path(0, 5) == "tile/0/005"
    assert tiles.tile_path(1, 1000, 7) == "tile/1/x001/000.p/7"


@given(st.text(alphabet="0123456789x/.p-etrisn", max_size=30))
def test_one_thing_has_one_path(text: str) -> None:
    found = tiles.parse_path(text)
    assert found is None or tiles.tile_path(*found) == f"tile/{text}"


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_536, 65_537, 70_000])
def test_all_tiles_of_a_size_have_a_place(size: int) -> None:
    grown = Grown()
    grown.add([str(n).encode() for n in range(size)])
    found = {(level, index): width for level, index, width in tiles.places(size)}
    assert found == {place: len(data) // 32 for place, data in grown.tiles.items()}


def test_a_bundle_is_read_entry_by_entry() -> None:
    entries = [b"", b"x" * 300, b"{}"]
    assert verifier.bundled(tiles.bundle(entries), "it") == entries
    with pytest.raises(verifier.Wrong):
        verifier.bundled(tiles.bundle(entries)[:-1], "it")
