"""A LibreTranslate-compatible address: `POST /translate` with a list of texts."""

from __future__ import annotations

from collections.abc import Sequence

from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.machine.asking import ask

# Plain German is no language for such a machine; a person or a language model writes it.
SPOKEN = frozenset(["de", "en", "uk", "ru", "ar", "fa", "tr"])


class LibreTranslate:
    """`key` is sent as `api_key` when there is one; `model` means nothing here."""

    def __init__(self, *, url: str, key: str = "", model: str = "", timeout: float = 60) -> None:
        self.url, self.key, self.timeout = url, key, timeout
        self.name = "LibreTranslate"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | None]:
        """See the port. Tags in the texts are left where they belong (format "html")."""
        if not texts:
            return []
        if not {source, target} <= SPOKEN:
            raise MachineFailed("language", target)
        question = {"q": list(texts), "source": source, "target": target, "format": "html"}
        if self.key:
            question["api_key"] = self.key
        answer = ask(f"{self.url}/translate", question, timeout=self.timeout)
        told = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(told, list) or len(told) != len(texts):
            raise MachineFailed("nonsense", "translatedText")
        return [text if isinstance(text, str) and text.strip() else None for text in told]
