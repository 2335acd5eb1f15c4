"""The quicker encoder writes what RFC 8785 asks for, byte for byte, or leaves it to the other."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from richtschnur.contributions.states import Channel
from richtschnur.journal.commitments import canonical

# All characters but halves of them, which can't be stored.
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS
VALUES = st.recursive(
    PLAIN | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
)


@given(VALUES)
def test_both_agree(content: object) -> None:
    assert canonical(content) == rfc8785.dumps(content)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    [
        {"\ufb33": 1, "\U0001f600": 2, "a": 3},  # in another order by code points
        {"channel": Channel.WEB, "at": (1, 2)},
        [1.0, 1e21, 0.1, -0.0],
        '\x00\x1f\x7f\u2028\u20ac"\\/',
    ],
)
def test_where_they_could_differ(content: object) -> None:
    assert canonical(content) == rfc8785.dumps(content)  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [2**53, {1: "a"}, {"a": object()}])
def test_what_cannot_be_canonical_is_refused(content: object) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(content)
