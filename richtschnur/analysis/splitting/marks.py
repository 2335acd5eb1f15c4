"""How a paragraph opens: the marks by which associations number and name what they want."""

from __future__ import annotations

import re

_PART = (
    r"(?:Leitlinien?|Kapitel|Kap\.|Abschnitt|Ziffer|Punkt|Maßnahmen?|Ziel|Teilziel|Handlungsfeld"
    r"|Absatz|Abs\.|Nr\.|Nummer|Passage|Seite|S\.|§)"
)
_COUNT = r"(?:\d{1,3}|[IVX]{1,6}|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)"
_WISH = (
    r"(?:Forderung|Anliegen|Vorschlag|Empfehlung|Anmerkung|Hinweis|Frage|These|Einwand|Punkt"
    r"|Thema|Position|Bitte|Anregung|Kritikpunkt|Änderungsantrag|Antrag)"
)
OPENINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("to", re.compile(rf"(?:Zu[mr]?|Ad)\s+(?:{_PART}\s*)?\d[\d.]*\b")),
    ("to", re.compile(rf"(?:Zu[mr]?)\s+{_PART}\s")),
    ("wish", re.compile(rf"(?:\w+\s)?{_WISH}\s*(?:Nr\.?\s*)?{_COUNT}\b", re.IGNORECASE)),
    ("page", re.compile(r"(?:S\.|Seite)\s*\d{1,4}\s*[,;:/–-]\s*(?:Absatz|Abs\.|Zeile|Z\.|\d)")),
    ("part", re.compile(rf"{_PART}\s*\d[\d.]*\s*(?:[:,–-]|$|[A-ZÄÖÜ„])")),
    ("decimal", re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+\S")),
    ("number", re.compile(r"\d{1,3}[.)]\s+\S")),
    ("bracket", re.compile(r"\(\d{1,3}\)\s+\S|\[\d{1,3}\]\s+\S")),
    ("roman", re.compile(r"[IVX]{1,6}[.)]\s+\S")),
    ("capital", re.compile(r"[A-H][.)]\s+\S")),
    ("letter", re.compile(r"\(?[a-z]\)\s+\S|[a-z]\.\s+\S")),
    ("bullet", re.compile(r"[-–—•*▪◦‣·►➢✓]\s+\S")),
)
MARKED = re.compile(
    rf"(?:Zu[mr]?\s|{_WISH}\b|(?:S\.|Seite)\s*\d+\s*[,;:/]|{_PART}\s*\d|\(?\w{{1,3}}[.)]\s)"
)
LABEL = re.compile(
    r"(?:Begründung|Erläuterung|Änderungsvorschlag|Formulierungsvorschlag|Neue Fassung|Neu"
    r"|Hintergrund|Stellungnahme|Bewertung|Kommentar|Dazu|Text im Entwurf|Wortlaut|Im Entwurf"
    r"|Alt|Bisher|Vorschlag|Forderung|Unsere Forderung|Bemerkung)\b[^.:]{0,30}:",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[„“\"»«‚›‹]")
GREETING = re.compile(
    r"(?:Sehr\s(?:geehrte|verehrte)|Liebe[rs]?\s|Guten\s(?:Tag|Morgen)|Hallo|Moin|Werte[rs]?\s"
    r"|Dear\s|Шановн|Уважаем|Sayın\s)"
)
SIGNED = re.compile(
    r"(?:\bGr(?:ü|ue)(?:ß|ss)e?n?\b|\bGru(?:ß|ss)\b|Segensw|Hochachtung|\bgez\.|^i\. ?[AV]\."
    r"|^gezeichnet"
    r"|Yours |Kind regards|^Für (?:den|die|das) [A-ZÄÖÜ])"
)
THANKED = re.compile(
    r"(?:Wir bitten|Für Rückfragen|Über eine Rückmeldung|Für ein (?:persönliches )?Gespräch"
    r"|Abschließend|Zum Schluss|Wir hoffen|Vielen Dank)"
)
ANNEX = re.compile(
    r"(?:\d+\.?\s+)?(?:Anlagen?|Anhang|Anhänge|Annex|Quellen|Quellenverzeichnis|Literatur"
    r"|Verteiler)\b"
)
FOREWORD = re.compile(
    r"(?:[A-Z0-9IVX]{1,4}[.)]\s*)?(?:Vorbemerkung|Vorwort|Allgemein|Grundsätzlich|Einleitung"
    r"|Einführung|Präambel|Zusammenfassung|Vorab)",
    re.IGNORECASE,
)
AFTERWORD = re.compile(
    r"(?:[A-Z0-9IVX]{1,4}[.)]\s*)?(?:Schluss|Fazit|Abschließend|Ausblick|Schlussbemerkung)\b",
    re.IGNORECASE,
)
TURNS = re.compile(
    r"(?:Zu[mr]?\s(?:Abschnitt|Kapitel|Thema|Punkt|Bereich|Leitlinie|Stichwort)"
    r"|(?:Im|In)\s(?:dem\s|der\s)?(?:Abschnitt|Kapitel|Leitlinie|Punkt|Ziffer)"
    r"|Was\s.{3,80}\s(?:betrifft|angeht|anbelangt)"
    r"|Hinsichtlich|Bezüglich|Mit Blick auf|In Bezug auf"
    r"|(?:Ein|Eine|Unser|Unsere)\s(?:weitere?[sr]?|andere?[sr]?|letzte?[sr]?|zweite?[sr]?"
    r"|dritte?[sr]?|nächste?[sr]?)\s(?:\w+\s)?"
    r"(?:Anliegen|Punkt|Wunsch|Bitte|Forderung|Anmerkung|Hinweis)"
    r"|(?:Erstens|Zweitens|Drittens|Viertens|Fünftens|Sechstens)\b)"
)
ADDS = re.compile(
    r"(?:Darüber hinaus|Des Weiteren|Weiterhin|Ferner|Schließlich|Ebenso|Außerdem|Zudem|Daneben"
    r"|Der (?:Abschnitt|Absatz)|Das (?:Kapitel|Ziel)|Die (?:Leitlinie|Maßnahme)"
    r"|Wir (?:bitten|fordern))"
)
GOES_ON = re.compile(
    r"(?:Das|Dies|Diese[rsmn]?|Dadurch|Damit|Daher|Deshalb|Denn|Deswegen|Dabei|Dafür|Dazu|Auch|Aber|Doch"
    r"|Er|Sie|Es|So|Selbstverständlich|Zugleich|Gleichzeitig|Insbesondere|Hier|Hierzu|Begründung)\b"
)
LONGEST_HEADING = 110


def opening(words: str) -> str:
    """The family of marks that a paragraph opens with; "" when it opens with words."""
    return next((name for name, pattern in OPENINGS if pattern.match(words)), "")


def is_heading(words: str) -> bool:
    """Whether it looks like a heading: short, begun with a capital or a number, no sentence."""
    if not words or len(words) > LONGEST_HEADING or words[-1] in ".,;:!…":
        return False
    if GREETING.match(words) or SIGNED.search(words) or LABEL.match(words) or QUOTED.match(words):
        return False
    first = next((sign for sign in words if sign.isalnum()), "")
    return bool(first) and (first.isupper() or first.isdigit() or not first.islower())
