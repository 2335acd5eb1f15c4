"""The public log as files: tiles, checkpoints, key, manifest, and the verifier itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from richtschnur.journal import keys, queries, tiles, verifier
from richtschnur.journal.models import Checkpoint
from richtschnur.journal.refusals import Refused

VERIFIER = "verify.py"
Find = Callable[[int | str, int, int], bytes | None]


def verifier_text() -> str:
    """The program that checks the log, one file that needs only Python."""
    return Path(verifier.__file__).read_text("utf-8")


def history(notes: list[str]) -> str:
    """Checkpoints as lines of JSON texts."""
    return "".join(json.dumps(note, ensure_ascii=False) + "\n" for note in notes)


def log_files(
    *, size: int, find: Find, key: str, checkpoint: str, notes: list[str]
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of a log but the manifest."""
    yield "key", f"{key}\n".encode()
    yield "checkpoint", checkpoint.encode()
    yield "checkpoints", history(notes).encode()
    yield VERIFIER, verifier_text().encode()
    for level, index, width in tiles.places(size):
        for kind in (level, tiles.ENTRIES) if level == 0 else (level,):
            found = find(kind, index, width)
            if found is None:
                raise LookupError(f"{tiles.tile_path(kind, index, width)} is missing")
            yield tiles.tile_path(kind, index, width), found


def manifest(files: dict[str, bytes] | verifier.Fetch) -> dict[str, Any]:
    """What the log holds, as the verifier counts it."""
    fetch = files.get if isinstance(files, dict) else files
    report = verifier.Check(fetch).run([], [])
    return {
        name: report[name]
        for name in ("log", "entries", "contributions", "answered", "open", "outcomes")
    }


def export_log(folder: Path) -> dict[str, Any]:
    """Write the whole log, today's entries included, to a new or empty folder.

    Gives the manifest. Raises Refused when there is nothing to write, or something is there.
    """
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        raise Refused(_("The public log has no entries yet."))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            _("%(folder)s is not empty: please name a new or empty folder.") % {"folder": folder}
        )
    size = newest.size

    def find(level: int | str, index: int, width: int) -> bytes | None:
        return queries.tile(level, index, width, size=size)

    key, notes = keys.signer().verifier, queries.published_notes()
    written = log_files(size=size, find=find, key=key, checkpoint=newest.cosigned, notes=notes)
    for path, content in written:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    said = manifest(verifier.fetcher(str(folder)))
    text = json.dumps(said, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", "utf-8")
    return said
