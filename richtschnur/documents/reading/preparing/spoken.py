"""Is a language mark of an office file to be believed?

Office programs mark words by the keyboard that was in use: German text marked as English is
common. A mark is believed when script or small words don't speak against it.
"""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCRIPTS: Final = {
    "ar": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "he": "\u0590-\u05ff",
    "ru": "\u0400-\u04ff",
    "el": "\u0370-\u03ff",
    "zh": "\u3040-\u9fff",
    "hi": "\u0900-\u097f",
}
_SAME_SCRIPT: Final = {
    "fa": "ar", "prs": "ar", "ur": "ar", "ps": "ar", "ckb": "ar", "yi": "he", "uk": "ru",
    "bg": "ru", "sr": "ru", "be": "ru", "mk": "ru", "ja": "zh", "ti": "am",
}  # fmt: skip
_OTHER: Final = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_GERMAN: Final = re.compile(
    r"\b(?:der|das|und|ist|für|von|zu|zum|zur|im|dem|den|des|ein|eine|einer|nicht|auf|bei|sich"
    r"|sind|werden|wird|mit|durch|oder|Ma(?:ß|ss)nahmen?|Ziele?|Leitlinien?)\b|[äöüß]|ung\b|keit\b"
)


def believed(tag: str, text: str, main: str) -> str:
    """`tag` when it differs from the paper's `main` language and `text` may be of it, else ""."""
    tag = tag.strip()
    if not _TAG.fullmatch(tag) or not _LETTER.search(text):
        return ""
    language = tag.partition("-")[0].lower()
    if language in {main.partition("-")[0].lower(), "zxx", "und", "none"}:
        return ""
    script = _SCRIPTS.get(_SAME_SCRIPT.get(language, language))
    if script:
        return short(tag) if re.search(f"[{script}]", text) else ""
    if _OTHER.search(text):
        return ""
    is_short = len(text.split()) < 3
    return "" if is_short or (main.startswith("de") and _GERMAN.search(text)) else short(tag)


def short(tag: str) -> str:
    """Only the language, and Dari as "prs" or "fa-AF": "ar-SA" is Arabic for a reader."""
    language, _, region = tag.partition("-")
    return tag if (language, region) in {("fa", "AF"), ("zh", "TW")} else language.lower()
