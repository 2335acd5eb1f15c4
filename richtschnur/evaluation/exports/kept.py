"""Public files of published states are made once and kept, as those of frozen editions are."""

from __future__ import annotations

import fcntl
import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from richtschnur.county.queries import reference_document, the_county
from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.models import SynopsisState
from richtschnur.evaluation.queries import frozen_rows

WRITER: Final = "1"  # to be raised when the writers change: then all kept files are made anew


def published_file(state: SynopsisState, format: str, order: str, *, at: datetime) -> BinaryIO:
    """The public version of a state, to be read and closed; two who ask wait for one making.

    What was taken out of its rows since is part of the kept file's name: an older file is never
    given out again. Swept with the files of editions. Raises what `export_synopsis` raises.
    """
    path = Path(settings.HOME) / "cache" / "exports" / f"{_name(state, format, order)}.{format}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.is_file():
            export_synopsis(
                state.consultation, format, path, at=at, public=True, state=state, order=order
            )
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path.open("rb")


def _name(state: SynopsisState, format: str, order: str) -> str:
    county, consultation = the_county(), state.consultation
    reference = reference_document(format, county)
    said = [WRITER, str(state.pk), order, consultation.title, str(consultation.ends_at)]
    said += [county.name, county.accent, reference.sha256 if reference else ""]
    made = hashlib.sha256("\0".join(said).encode())
    for row in frozen_rows(state, public=True):
        for part in row.gone:
            made.update(f"\0{row.number} {part}".encode())
    return made.hexdigest()
