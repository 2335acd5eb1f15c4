"""Generated data are kept between runs, as long as what makes them has not changed."""

from __future__ import annotations

import hashlib
import inspect
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """Where the data are kept: build/bench of a checkout, else the user's cache folder."""
    if (ROOT / "run").is_file() and os.access(ROOT, os.W_OK):
        return ROOT / "build" / "bench"
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "richtschnur" / "bench"


def cached(
    name: str, make: Callable[[Path], None], *, settings: object, sources: tuple[ModuleType, ...]
) -> Path:
    """A folder that `make(folder)` has filled, now or in an earlier run.

    `settings` (its repr) and the text of the modules `sources` (the generator, the schema) decide
    whether an earlier one still fits.
    """
    digest = hashlib.sha256(repr(settings).encode())
    for module in sources:
        digest.update(inspect.getsource(module).encode())
    target = folder() / name / digest.hexdigest()[:24]
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
    try:
        make(unfinished)
        unfinished.chmod(0o755)
        unfinished.rename(target)
    except OSError:
        if not target.is_dir():  # another run may have been quicker
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target
