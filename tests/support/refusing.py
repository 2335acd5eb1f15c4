"""Expecting a refusal by its code: its sentence is in the language in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from richtschnur.journal.refusals import Refused


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Fails unless the act inside is refused with this code and a sentence."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code, str(caught.value)
    assert str(caught.value).strip()
