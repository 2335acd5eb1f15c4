"""Files appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a new, empty file beside `path` that takes its place if all goes well.

    An existing file is overwritten and hands on its mode. Raises OSError as it comes, such
    as FileNotFoundError for a missing folder.
    """
    unfinished = path.with_name(f".{uuid4().hex}{path.suffix}")
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield unfinished
        if path.is_file():
            unfinished.chmod(path.stat().st_mode & 0o777)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
