"""The words that strategy papers label their parts with, German first, English too."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

LabelKind = Literal[
    "guiding_goal",
    "baseline",
    "guideline",
    "goal",
    "measure",
    "responsibility",
    "period",
    "indicator",
    "title",
    "other",
]

_WORDS: Final[dict[LabelKind, str]] = {
    "guiding_goal": r"(?:strategisches |übergeordnetes )?leitziele?|leitbild|vision|guiding goal",
    "baseline": (
        r"ausgangslagen?|ausgangssituation|ausgangspunkt|bestandsaufnahme|situationsanalyse"
        r"|(?:aktuelle |derzeitige )?situation|ist-?(?:stand|situation|zustand|analyse)"
        r"|wo stehen wir\??|baseline|current situation|starting point"
    ),
    "goal": (
        r"(?:strategische[sn]? |operative[sn]? |konkrete[sn]? |unsere? |übergeordnete[sn]? )?"
        r"(?:handlungs|teil|ober|unter|haupt|einzel|entwicklungs|wirkungs|mittler)?ziele?"
        r"|zielsetzung(?:en)?|zielstellung(?:en)?|wo wollen wir hin\??"
        r"|ziele? der ma(?:ß|ss)nahme|goals?|objectives?|aims?"
    ),
    "measure": (
        r"(?:geplante |mögliche |konkrete |bestehende |weitere |unsere )?"
        r"(?:einzel|umsetzungs|leit|teil|schlüssel)?ma(?:ß|ss)nahmen?(?:vorschl[äa]ge?)?"
        r"|ma(?:ß|ss)nahmen und projekte|projekte und ma(?:ß|ss)nahmen|handlungsansätze"
        r"|ma(?:ß|ss)nahmen?(?:titel|name|bezeichnung|steckbrief)"
        r"|(?:titel|bezeichnung|name) der ma(?:ß|ss)nahme"
        r"|umsetzungsschritte|was wollen wir tun\??|measures?|actions?"
    ),
    "responsibility": (
        r"zuständig(?:keit(?:en)?|e stellen?|es amt)?|(?:haupt)?verantwortlich(?:e|keit(?:en)?)?"
        r"|verantwortung|verantwortliche (?:stellen?|akteure|ämter)|federführ(?:ung|end)"
        r"|umsetzungsverantwortung|umsetzung durch|wer ist zuständig\??"
        r"|responsib(?:le|ility|ilities)"
    ),
    "period": (
        r"(?:umsetzungs|durchführungs|projekt)?zeit(?:raum|plan|rahmen|horizont|schiene)"
        r"|(?:projekt)?laufzeit|termine?|fristen?|frist|zeitliche (?:planung|umsetzung)|bis wann\??"
        r"|umsetzung bis|timeline|period"
    ),
    "indicator": (
        r"(?:erfolgs|wirkungs|mess|ziel)?indikator(?:en)?|kennzahl(?:en)?|messgrößen?"
        r"|erfolgs(?:kriterium|kriterien|messung)|zielwerte?|indicators?"
    ),
    "guideline": (
        r"leitlinie|handlungsfeld|leitsatz|handlungsschwerpunkt|schwerpunkt|themenfeld"
        r"|guideline|field of action"
    ),
    "title": r"titel|bezeichnung|projekt(?:titel|name)?|vorhaben",
    "other": (
        r"kosten|finanzierung|ressourcen|(?:kooperations)?partner(?:innen)?(?: und partner)?"
        r"|beteiligte|zielgruppen?|priorität|(?:umsetzungs)?status|sachstand|(?:kurz)?beschreibung"
        r"|inhalte?|hinweise?|herausforderung(?:en)?|budget|personal|erläuterung(?:en)?"
        r"|hintergrund|begründung|(?:lfd\. ?)?nr\.?|anmerkung(?:en)?|mitwirkende|akteure"
    ),
}
# Codes: "HF 3 – …", "LZ 1", "TZ 1.1", "M 1.1.1 …"; case matters, and a number must follow.
_CODES: Final[dict[str, LabelKind]] = {
    "HF": "guideline",
    "LL": "guideline",
    "LZ": "goal",
    "TZ": "goal",
    "OZ": "goal",
    "HZ": "goal",
    "SZ": "goal",
    "Z": "goal",
    "MN": "measure",
    "M": "measure",
}
_CODE: Final = re.compile(
    rf"(?P<code>{'|'.join(_CODES)})[ \u00a0.]?(?P<no>[A-Z]?\d{{1,3}}(?:\.\d{{1,3}})*)"
    r"(?:\s*[:.)]|\s+[–—-](?=\s))?(?:\s+(?=\S)|$)"
)
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
_NUMBERED: Final = r"(?:\s+(?:nr\.?\s*)?(?:[a-z]?\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-h]))?"
_ALTERNATIVES: Final = "|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS.items())
_WHOLE: Final = re.compile(rf"(?:{_ALTERNATIVES}){_NUMBERED}\s*[:.]?", re.IGNORECASE)
_RUN_IN: Final = re.compile(
    rf"(?:{_ALTERNATIVES})(?P<no>{_NUMBERED})\s*(?P<colon>:|[–—-](?=\s)|\|)\s*", re.IGNORECASE
)
_NUMBERED_RUN_IN: Final = re.compile(
    rf"(?:{_ALTERNATIVES})\s+(?P<no>\d{{1,3}}(?:\.\d{{1,3}})*|[IVX]{{1,5}}|[A-H](?=[.:)]))"
    r"[.:)]?\s+",
    re.IGNORECASE,
)
_SINGULAR: Final = re.compile(
    r".*(?:ma(?:ß|ss)nahme|ziel|titel|bezeichnung|name|steckbrief|measure|goal)", re.IGNORECASE
)


class Label(NamedTuple):
    kind: LabelKind
    start: int  # where the words behind the label begin
    number: str
    whole: bool  # nothing stands behind it
    is_one: bool = False  # "Maßnahme 3", not "Maßnahmen"


def label(text: str, *, dash: bool = False) -> Label | None:
    """The label that a line starts with: "Maßnahmen:", "Ziel 2: …", a lone "Ausgangslage".

    `dash` also takes "Leitlinie 1 – …" and "Leitlinie 1 …", as headings have them.
    """
    found = _WHOLE.fullmatch(text)
    if found:
        return _made(found, len(text), "", whole=True)
    found = _CODE.match(text)
    if found:
        kind = _CODES[found["code"]]
        return Label(kind, found.end(), found["no"], found.end() == len(text), is_one=True)
    found = _RUN_IN.match(text)
    if found and (found["colon"] in ":|" or dash or "." in found["no"]):
        return _made(found, found.end(), found["no"].strip(), whole=found.end() == len(text))
    found = _NUMBERED_RUN_IN.match(text)
    if found and (dash or "." in found["no"]):
        return _made(found, found.end(), found["no"], whole=False)
    return None


def _made(found: re.Match[str], start: int, number: str, *, whole: bool) -> Label:
    kind = next(kind for kind in _WORDS if found[kind] is not None)
    is_one = _SINGULAR.fullmatch(found[kind]) is not None
    return Label(kind, start, number, whole, is_one)


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
