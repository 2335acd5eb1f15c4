"""An address that reads texts: off unless set, asked nothing else, and its nonsense is told."""

from __future__ import annotations

from typing import Any

import pytest

from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.machine.embeddings import AddressEmbedder, embedder_of

ASK = "richtschnur.translation.machine.embeddings.ask"
URL = "http://reader.example/v1"


def test_without_an_address_there_is_none(settings: Any) -> None:
    assert embedder_of({}) is None
    assert embedder_of(settings.EMBEDDING) is None
    with pytest.raises(MachineFailed, match="settings"):
        embedder_of({"url": "file:///etc/passwd"})
    with pytest.raises(MachineFailed, match="settings"):
        embedder_of({"url": URL, "timeout": "soon"})


def test_rows_come_in_the_order_of_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def answer(url: str, question: Any, *, timeout: float, key: str) -> Any:
        asked.append((url, question, key))
        rows = [{"index": 1, "embedding": [0, 2]}, {"index": 0, "embedding": [3, 0]}]
        return {"data": rows}

    monkeypatch.setattr(ASK, answer)
    embedder = embedder_of({"url": f"{URL}/", "key": "k", "model": "m"})
    assert embedder is not None
    assert embedder.embed(["a", "b"]).tolist() == [[1, 0], [0, 1]]
    assert asked == [(f"{URL}/embeddings", {"model": "m", "input": ["a", "b"]}, "k")]
    assert embedder.name == "m (/embeddings)"


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"data": []},
        {"data": [{"index": 0, "embedding": ["x"]}]},
        {"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1]}]},
        {"data": [{"index": 0}]},
        {"data": 7},
        {"data": [{"index": 0, "embedding": [float("nan"), 1]}]},
    ],
)
def test_nonsense_is_told(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ASK, lambda *given, **more: told)
    with pytest.raises(MachineFailed, match="nonsense"):
        AddressEmbedder(url=URL).embed(["a"])
