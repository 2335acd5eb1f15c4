"""What the tests of languages share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture
def in_english() -> Iterator[None]:
    """The words that the code speaks; what is asserted of them needs no catalogue."""
    with override("en"):
        yield
