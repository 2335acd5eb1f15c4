"""Files that come with a form: on disk for the operation, refused one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from richtschnur.journal.refusals import Refused

FIELD = "files"


def received(request: Any, take: Callable[[Path, str], object]) -> list[str]:
    """Give each file that was chosen to `take(path, name)`; says what was refused, and why."""
    problems = []
    for upload in request.FILES.getlist(FIELD):
        with on_disk(upload) as path:
            try:
                take(path, upload.name or "")
            except Refused as refused:
                problems.append(str(refused))
    return problems


@contextmanager
def on_disk(upload: UploadedFile) -> Iterator[Path]:
    """Where an upload lies; small ones lie in memory only until they are asked for."""
    if isinstance(upload, TemporaryUploadedFile):
        yield Path(upload.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="richtschnur-") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)
