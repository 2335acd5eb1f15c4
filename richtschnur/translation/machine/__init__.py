"""The port to a machine that translates, and what may go wrong behind it.

Without an address in the installation's settings there is none, and nothing leaves the house.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

Problem = Literal["unreachable", "timeout", "refused", "busy", "nonsense", "language", "settings"]


class Translator(Protocol):
    """Turns texts of one language into another; `name` says publicly what machine it was."""

    name: str

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str | None]:
        """As many texts as came in, None where the machine gave nothing usable.

        `source` and `target` are codes of the product's languages. Raises MachineFailed.
        """


class MachineFailed(Exception):
    """Nothing came back. `problem` is a code; `wait` seconds until it makes sense to ask again."""

    def __init__(self, problem: Problem, detail: str = "", *, wait: int = 0) -> None:
        super().__init__(f"{problem}: {detail}" if detail else problem)
        self.problem: Problem = problem
        self.wait = wait

    @property
    def is_lasting(self) -> bool:
        """Whether asking again won't help before a person changes something."""
        return self.problem in ("refused", "language", "settings")


def machine_of(options: Mapping[str, Any]) -> Translator | None:
    """The machine of the `[translation]` part of the settings file; None while it is off.

    Raises MachineFailed("settings") when the part names no known kind or no address.
    """
    from richtschnur.translation.machine.libre import LibreTranslate
    from richtschnur.translation.machine.openai import OpenAiCompatible

    kinds: dict[str, Callable[..., Translator]] = {
        "libretranslate": LibreTranslate,
        "openai": OpenAiCompatible,
    }
    kind, url = str(options.get("kind", "")), str(options.get("url", "")).rstrip("/")
    if not kind and not url:
        return None
    if kind not in kinds or not url.startswith(("https://", "http://")):
        raise MachineFailed("settings", kind)
    return kinds[kind](
        url=url,
        key=str(options.get("key", "")),
        model=str(options.get("model", "")),
        timeout=float(options.get("timeout", 60)),
    )
