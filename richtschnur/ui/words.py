"""Words as a language writes them."""

from __future__ import annotations

from django.utils.translation import get_language

from richtschnur.ui.languages import language_of


def capfirst(text: object) -> str:
    """The text with a capital first letter; in Turkish the capital of i keeps its dot."""
    words = str(text)
    if words.startswith("i") and language_of(get_language()).code == "tr":
        return f"İ{words[1:]}"
    return words[:1].upper() + words[1:]
