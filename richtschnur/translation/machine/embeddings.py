"""An OpenAI-compatible address that turns texts into rows: `POST /embeddings`. Off by default."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.machine.asking import address_in, ask

if TYPE_CHECKING:
    from richtschnur.analysis.topics.embedding import Rows


class AddressEmbedder:
    """See the port `analysis.topics.embedding.Embedder`; raises MachineFailed."""

    def __init__(self, *, url: str, key: str = "", model: str = "", timeout: float = 60) -> None:
        self.url, self.key, self.model, self.timeout = url, key, model, timeout
        self.name = f"{model or 'embedding'} (/embeddings)"

    def embed(self, texts: list[str], /) -> Rows:
        """A row for each text, in the order of the answer's `index`."""
        from richtschnur.analysis.topics.embedding import as_rows  # numpy: only in the worker

        question = {"model": self.model, "input": texts}
        answer = ask(f"{self.url}/embeddings", question, timeout=self.timeout, key=self.key)
        try:
            found = sorted(answer["data"], key=lambda each: int(each["index"]))
            rows = as_rows([[float(n) for n in each["embedding"]] for each in found])
        except (KeyError, TypeError, ValueError):
            raise MachineFailed("nonsense", "no rows") from None
        if rows.ndim != 2 or len(rows) != len(texts) or not isfinite(rows.sum()):
            raise MachineFailed("nonsense", "other rows than texts")
        return rows


def embedder_of(options: Mapping[str, Any]) -> AddressEmbedder | None:
    """The address of the `[embedding]` part of the settings file; None while it is off.

    Raises MachineFailed("settings") when the part names no usable address.
    """
    address = address_in(options, timeout=60)
    return AddressEmbedder(**address) if address else None
