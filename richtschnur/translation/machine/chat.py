"""An OpenAI-compatible address that answers in words: `POST /chat/completions`. Off by default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.machine.asking import address_in, ask


class ChatAddress:
    """`url` ends before "/chat/completions"; `timeout` in seconds."""

    def __init__(self, *, url: str, key: str = "", model: str = "", timeout: float = 120) -> None:
        self.url, self.key, self.model, self.timeout = url, key, model, timeout
        self.name = model or "language model"

    def answer(self, task: str, words: str) -> str:
        """What is answered to these words under this task. Raises MachineFailed."""
        said = [{"role": "system", "content": task}, {"role": "user", "content": words}]
        question = {"model": self.model, "temperature": 0, "messages": said}
        told = ask(f"{self.url}/chat/completions", question, timeout=self.timeout, key=self.key)
        try:
            content = told["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise MachineFailed("nonsense", "no message") from None
        if not isinstance(content, str):
            raise MachineFailed("nonsense", "no words")
        return content


def chat_of(options: Mapping[str, Any]) -> ChatAddress | None:
    """The address of a part of the settings file such as `[summary]`; None while it is off.

    Raises MachineFailed("settings") when the part names no usable address.
    """
    address = address_in(options, timeout=120)
    return ChatAddress(**address) if address else None
