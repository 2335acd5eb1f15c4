"""The words that strategy papers label their parts with, German first, English too."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

LabelKind = Literal[
    "guiding_goal", "baseline", "guideline", "goal", "measure", "responsibility", "other"
]

_WORDS: Final[dict[LabelKind, str]] = {
    "guiding_goal": r"(?:strategisches |übergeordnetes )?leitziele?|leitbild|vision|guiding goal",
    "baseline": (
        r"ausgangslagen?|ausgangssituation|ausgangspunkt|bestandsaufnahme|situationsanalyse"
        r"|(?:aktuelle |derzeitige )?situation|ist-?(?:stand|situation|zustand|analyse)"
        r"|wo stehen wir\??|baseline|current situation|starting point"
    ),
    "goal": (
        r"(?:strategische |operative |konkrete |unsere )?"
        r"(?:handlungs|teil|ober|unter|haupt|einzel|entwicklungs|wirkungs)?ziele?"
        r"|zielsetzung(?:en)?|zielstellung(?:en)?|wo wollen wir hin\??"
        r"|goals?|objectives?|aims?"
    ),
    "measure": (
        r"(?:geplante |mögliche |konkrete |bestehende |weitere |unsere )?"
        r"(?:einzel|umsetzungs|leit)?ma(?:ß|ss)nahmen?(?:vorschl[äa]ge?)?"
        r"|ma(?:ß|ss)nahmen und projekte|projekte und ma(?:ß|ss)nahmen|handlungsansätze"
        r"|umsetzungsschritte|was wollen wir tun\??|measures?|actions?"
    ),
    "responsibility": (
        r"zuständig(?:keit(?:en)?)?|verantwortlich(?:e|keit(?:en)?)?|verantwortung"
        r"|federführung|umsetzungsverantwortung|responsib(?:le|ility|ilities)"
    ),
    "guideline": (
        r"leitlinie|handlungsfeld|leitsatz|handlungsschwerpunkt|schwerpunkt|themenfeld"
        r"|guideline|field of action"
    ),
    "other": (
        r"indikator(?:en)?|kennzahl(?:en)?|zeit(?:raum|plan|rahmen|horizont)|laufzeit|termine?"
        r"|kosten|finanzierung|ressourcen|partner(?:innen)?(?: und partner)?|beteiligte"
        r"|zielgruppen?|priorität|status|sachstand|beschreibung|kurzbeschreibung|hinweise?|fristen?|frist"
        r"|herausforderung(?:en)?|indicators?|timeline|budget"
    ),
}
# A plural like "Acht Leitlinien mit Zielen" heads the guidelines and is none itself.
CONTAINER: Final = re.compile(
    r"\b(?:\w*leitlinien|handlungsfelder|leitsätze|(?:handlungs)?schwerpunkte|themenfelder"
    r"|guidelines|fields of action)\b",
    re.IGNORECASE,
)
COUNTED: Final = re.compile(
    r"\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d{1,2}"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:\w+\s+){0,2}?"
    + CONTAINER.pattern.removeprefix(r"\b"),
    re.IGNORECASE,
)
_COUNTS: Final = (
    ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"],
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
)
_NUMBERED: Final = r"(?:\s+(?:nr\.?\s*)?(?:\d{1,3}(?:\.\d{1,2})*|[ivx]{1,5}|[a-h]))?"
_ALTERNATIVES: Final = "|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items())
_WHOLE: Final = re.compile(rf"(?:{_ALTERNATIVES}){_NUMBERED}\s*[:.]?", re.IGNORECASE)
_RUN_IN: Final = re.compile(
    rf"(?:{_ALTERNATIVES})(?P<no>{_NUMBERED})\s*(?P<colon>:|[–—-](?=\s))\s*", re.IGNORECASE
)
_NUMBERED_RUN_IN: Final = re.compile(
    rf"(?:{_ALTERNATIVES})\s+(?P<no>\d{{1,3}}(?:\.\d{{1,2}})*|[IVX]{{1,5}})[.:)]?\s+",
    re.IGNORECASE,
)


class Label(NamedTuple):
    kind: LabelKind
    start: int  # where the words behind the label begin
    number: str
    whole: bool  # nothing stands behind it


def label(text: str, *, dash: bool = False) -> Label | None:
    """The label that a line starts with: "Maßnahmen:", "Ziel 2: …", a lone "Ausgangslage".

    `dash` also takes "Leitlinie 1 – …" and "Leitlinie 1 …", as headings have them.
    """
    found = _WHOLE.fullmatch(text)
    if found:
        return Label(_kind(found), len(text), "", True)
    found = _RUN_IN.match(text)
    if found and (found["colon"] == ":" or dash):
        return Label(_kind(found), found.end(), found["no"].strip(), found.end() == len(text))
    found = _NUMBERED_RUN_IN.match(text) if dash else None
    if found:
        return Label(_kind(found), found.end(), found["no"], False)
    return None


def announced_count(title: str) -> int | None:
    """How many guidelines a heading announces: 8 for "Acht Leitlinien mit Zielen"."""
    found = COUNTED.search(title)
    if not found:
        return None
    word = found[1].lower()
    for words in _COUNTS:
        if word in words:
            return words.index(word) + 2
    return int(word)


def _kind(found: re.Match[str]) -> LabelKind:
    return next(kind for kind in _WORDS if found[kind] is not None)
