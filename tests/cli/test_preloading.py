"""What the server's processes share is loaded before they begin, and no connection with it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LOOK = """
import gc, json, multiprocessing, os, sys, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "richtschnur.config.settings"
import django
django.setup()
from richtschnur.cli.preloading import preload
preload()
from django.db import connections
from django.template import engines
from django.utils.translation import trans_real
loaders = engines["django"].engine.template_loaders
print(json.dumps({
    "frozen": gc.get_freeze_count(),
    "languages": sorted(trans_real._translations),
    "templates": sum(len(getattr(loader, "get_template_cache", ())) for loader in loaders),
    "open": sum(each.connection is not None for each in connections.all()),
    "threads": threading.active_count(),
    "method": multiprocessing.get_start_method(),
    "heavy": sorted({"numpy", "polars", "typst", "playwright"} & set(sys.modules)),
    "views": "richtschnur.contributions.views.public.published" in sys.modules,
}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes don't begin as copies")
def test_what_is_shared_is_loaded_once_and_nothing_is_open() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert found["frozen"] > 100_000
    assert {"de", "ar", "fa", "tr", "uk", "ru", "en", "de-simple"} <= set(found["languages"])
    assert found["templates"] > 100
    assert (found["open"], found["threads"], found["method"]) == (0, 1, "fork")
    assert found["heavy"] == []
    assert found["views"]
