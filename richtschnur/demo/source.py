"""Reading the example county's files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def read(name: str) -> Any:
    """A JSON file of the example, parsed."""
    return json.loads((DATA / name).read_text("utf-8"))
