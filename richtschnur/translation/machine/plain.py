"""Plain words through a machine, paragraph by paragraph, apart from all papers and orders."""

from __future__ import annotations

import html

from richtschnur.translation.machine import MachineFailed, Translator
from richtschnur.translation.machine.marked import ANY_TAG


def translated_words(machine: Translator, text: str, source: str, target: str) -> str:
    """The text in the other language. Raises MachineFailed, also for a paragraph left out.

    What looks like markup in it stays text; what a machine puts into angle brackets is dropped.
    """
    lines = text.split("\n")
    worth = [n for n, line in enumerate(lines) if any(map(str.isalpha, line))]
    asked = [html.escape(lines[n], quote=False) for n in worth]
    told = machine.translate(asked, source, target) if asked else []
    for n, words in zip(worth, told, strict=True):
        if words is None or not words.strip():
            raise MachineFailed("nonsense", "a paragraph is missing")
        lines[n] = html.unescape(ANY_TAG.sub("", words)).strip()
    return "\n".join(lines)
