"""Makes texts fit for any file format, and tells languages and directions."""

import re
from collections.abc import Sequence

# Word's symbol fonts put bullets and arrows into the private-use area.
_SYMBOLS = dict.fromkeys(map(chr, (0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF06F, 0xF0FC)), "•")
_SYMBOLS |= {"\uf0e0": "→", "\uf02d": "–", "\uf0be": "–"}
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, direction overrides (they can make a text look like another), invisible tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_UNREADABLE = re.compile(
    "[\ue000-\uf8ff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15)
    )
    + "]"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")
_LETTER = re.compile(r"[^\W\d_]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_REGIONS = {
    "ar": "SA",
    "ckb": "IQ",
    "cs": "CZ",
    "da": "DK",
    "el": "GR",
    "en": "GB",
    "fa": "IR",
    "he": "IL",
    "ku": "TR",
    "ps": "AF",
    "sq": "AL",
    "sr": "RS",
    "ti": "ER",
    "uk": "UA",
    "ur": "PK",
    "vi": "VN",
    "zh": "CN",
}


def clean(text: str) -> str:
    """The text without what no file can carry; line breaks become line feeds."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return _UNREADABLE.sub(lambda found: _SYMBOLS.get(found[0], "\ufffd"), text)


def is_right_to_left(language: str) -> bool:
    return language.partition("-")[0].lower() in RIGHT_TO_LEFT


def language_of(text: str, given: str, default: str) -> str:
    """`given`, or what the script tells when it is not the default's; else `default`."""
    if given:
        return given
    arabic, hebrew = len(_ARABIC.findall(text)), len(_HEBREW.findall(text))
    if not arabic and not hebrew:
        return default
    if is_right_to_left(default) or 2 * (arabic + hebrew) < len(_LETTER.findall(text)):
        return default
    if hebrew > arabic:
        return "he"
    return "fa" if _PERSIAN.search(text) else "ar"


def stays_whole(row: Sequence[str]) -> bool:
    """Whether a table's row is short enough to be kept on one page."""
    return max(map(len, row), default=0) < 700


def trimmed(text: str) -> str:
    """The clean text, each of its lines without white space around it."""
    return "\n".join(line.strip() for line in clean(text).replace("\t", " ").split("\n")).strip()


def one_line(text: str) -> str:
    return " ".join(trimmed(text).split())


def tag_of(language: str) -> str:
    """The language's tag, or "" if it is none."""
    return language if _LANGUAGE.fullmatch(language) else ""


def locale_of(language: str) -> str:
    """The language with a region, as office programs want it: "de" becomes "de-DE"."""
    first, *rest = language.split("-")
    region = next((part.upper() for part in rest[:2] if len(part) == 2 and part.isalpha()), "")
    return f"{first.lower()}-{region or _REGIONS.get(first.lower(), first.upper()[:2])}"
