"""Being a witness of somebody else's log: nothing is signed that does not continue the last state.

What was signed last is kept in the folder `log/witness` of the home, before the signature is given
away: a log that shows one state to one and another to another finds no second signature.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from richtschnur.journal import keys, tiles, tree
from richtschnur.journal.notes import size_and_root
from richtschnur.journal.refusals import Refused
from richtschnur.journal.verifier import Fetch, Key, Wrong, fetcher, needed


@dataclass(frozen=True)
class Witnessed:
    """A state that was signed: the log's name, entries before and now, and the signed note."""

    log: str
    before: int
    size: int
    note: str


def witness_log(place: str, *, key: str, at: datetime) -> Witnessed:
    """Sign the newest state of the log in a folder or at an address, whose key is known.

    Raises Refused when it is not signed by that key, or does not continue what we signed last.
    """
    try:
        fetch, log = fetcher(place), Key(key)
        note = needed(fetch, "checkpoint").decode("utf-8", "replace")
        size, root = log.checkpoint(note, _("the log's checkpoint"))
        seen = keys.seen(log.name)
        before, old_root = size_and_root(seen) if seen else (0, b"")
        _check(fetch, before, old_root, size, root)
    except (Wrong, ValueError, IndexError) as wrong:
        raise Refused(
            _("Nothing was signed: %(reason)s.") % {"reason": wrong}, code="witness"
        ) from None
    text, _gap, signatures = note.rpartition("\n\n")
    own = [line for line in signatures.splitlines() if line.startswith(f"\u2014 {log.name} ")]
    plain = "\n".join([text, "", *own]) + "\n"
    keys.remember(plain, log.name)
    return Witnessed(log.name, before, size, plain + keys.witness_signer().cosign(plain, at=at))


def _check(fetch: Fetch, before: int, old_root: bytes, size: int, root: bytes) -> None:
    """Raises Wrong unless the first entries are still those that were signed before."""
    if size < before:
        raise Wrong(
            _("the log has %(size)s entries, but we have signed %(before)s already")
            % {"size": size, "before": before}
        )
    if not before:
        return

    def read(level: int, index: int) -> bytes:
        width = min(tree.WIDTH, (size >> tree.HEIGHT * level) - index * tree.WIDTH)
        return needed(fetch, tiles.tile_path(level, index, width))

    try:
        proof = tree.consistency(before, size, read) if before < size else []
    except LookupError as error:
        raise Wrong(str(error)) from None
    if not tree.continues(before, old_root, size, root, proof):
        raise Wrong(
            _("its first %(before)s entries are not those that we have signed") % {"before": before}
        )


def bring(place: str, witnessed: Witnessed) -> None:
    """Bring the signature to the log's address. Raises Refused when it is not taken."""
    request = urllib.request.Request(  # noqa: S310 – the command takes http(s) only
        f"{place.rstrip('/')}/cosignatures",
        data=witnessed.note.encode(),
        headers={"Content-Type": "text/plain; charset=utf-8"},
    )
    try:
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310 – as above
    except OSError as error:
        raise Refused(
            _(
                "It was signed, but the log does not take the signature (%(error)s). Please send"
                " the file to its keepers, who must have named us as a witness."
            )
            % {"error": error}
        ) from None
