"""The tree of RFC 6962 (section 2.1), kept as tiles of 256 hashes: pure functions.

Tile (level, index) holds up to 256 hashes of 32 bytes: those of the complete subtrees with
256**level leaves, from number 256*index on. Whoever calls says how a tile is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

WIDTH = 256  # hashes in a full tile
HEIGHT = 8  # levels of the tree in a tile
SIZE = 32  # bytes of a hash

Read = Callable[[int, int], bytes]  # (level, index) -> the tile's hashes, b"" when there is none
Tiles = dict[tuple[int, int], bytes]

EMPTY = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(b"\1" + left + right).digest()


def append(size: int, leaves: Sequence[bytes], read: Read) -> Tiles:
    """The tiles that change when the hashes `leaves` follow the first `size` entries.

    Only the last tile of each level is read, only what became complete is reckoned.
    """
    changed: Tiles = {}
    level, start, hashes = 0, size, list(leaves)
    while hashes:
        hashes, start = _fill(changed, level, start, hashes, read), start // WIDTH
        level += 1
    return changed


def _fill(
    changed: Tiles, level: int, start: int, hashes: Sequence[bytes], read: Read
) -> list[bytes]:
    """Lay hashes into the tiles of a level; gives the roots of those that became full."""
    roots = []
    index, taken = divmod(start, WIDTH)
    tile = read(level, index)[: taken * SIZE] if taken else b""
    at = 0
    while at < len(hashes):
        part = hashes[at : at + WIDTH - len(tile) // SIZE]
        tile += b"".join(part)
        at += len(part)
        changed[level, index] = tile
        if len(tile) == WIDTH * SIZE:
            roots.append(_folded(tile))
            index, tile = index + 1, b""
    return roots


def root(size: int, read: Read) -> bytes:
    """The root over the first `size` entries."""
    return _over(0, size, read) if size else EMPTY


def inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """The audit path of entry `index` in the tree of `size` entries, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"there is no entry {index} among {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _half(end - start)
        if index < middle:
            path.append(_over(middle, end, read))
            end = middle
        else:
            path.append(_over(start, middle, read))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, read: Read) -> list[bytes]:
    """The proof that the first `old` of `new` entries are still the same."""
    if not 0 < old <= new:
        raise ValueError(f"{old} entries are not the beginning of {new}")
    path: list[bytes] = []
    start, end, is_known = 0, new, True
    while end > old:
        middle = start + _half(end - start)
        if old <= middle:
            path.append(_over(middle, end, read))
            end = middle
        else:
            path.append(_over(start, middle, read))
            start, is_known = middle, False
    if not is_known:
        path.append(_over(start, end, read))
    return path[::-1]


def continues(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the first `old` of `new` entries are the old ones (RFC 9162)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    if not path:
        return False
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            after = node_hash(after, step)
        number, last = number >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, new_root)


def _half(size: int) -> int:
    """The largest power of two below `size`."""
    half = 1
    while half * 2 < size:
        half *= 2
    return half


def _over(start: int, end: int, read: Read) -> bytes:
    """The hash over the entries start to end, `start` being as aligned as the tree makes it."""
    parts: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(_complete(level, start >> level, read))
        start += 1 << level
    found = parts.pop()
    while parts:
        found = node_hash(parts.pop(), found)
    return found


def _complete(level: int, number: int, read: Read) -> bytes:
    """The hash of complete subtree `number` with 2**level leaves, from one tile."""
    tile_level, below = divmod(level, HEIGHT)
    index, first = divmod(number << below, WIDTH)
    hashes = read(tile_level, index)[first * SIZE : (first + (1 << below)) * SIZE]
    if len(hashes) != SIZE << below:
        raise LookupError(f"tile {tile_level}/{index} is too short")
    return _folded(hashes)


def _folded(hashes: bytes) -> bytes:
    """The root over hashes whose number is a power of two."""
    parts = [hashes[at : at + SIZE] for at in range(0, len(hashes), SIZE)]
    while len(parts) > 1:
        parts = [node_hash(parts[at], parts[at + 1]) for at in range(0, len(parts), 2)]
    return parts[0]
