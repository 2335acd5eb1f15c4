"""Loaded before Django's settings: no test ever touches a real installation."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="richtschnur-test-"))
ON_POSTGRESQL = bool(os.environ.get("RICHTSCHNUR_DATABASE_URL"))
EVERYTHING = os.environ.get("RICHTSCHNUR_TEST_ALL") == "1"

(HOME / "secret_key").write_text("a key for tests only, the same in every process of a run")
os.environ["RICHTSCHNUR_HOME"] = str(HOME)
os.environ.pop("RICHTSCHNUR_URL", None)
# Playwright's sync API runs an event loop in the test's thread; the ORM calls there are meant.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
