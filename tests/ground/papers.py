"""Strategy papers of the shape that counties write them in, as files of every format.

`TRUTH` says what a reader has to find in them. The words are made up.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from pathlib import Path
from typing import Final, Literal, NamedTuple

import pypandoc
import typst

PaperFormat = Literal["md", "docx", "odt", "html", "pdf", "txt"]
FORMATS: Final[tuple[PaperFormat, ...]] = ("md", "docx", "odt", "html", "pdf", "txt")


class Guideline(NamedTuple):
    title: str
    goals: tuple[str, ...]  # one passage each
    measures: tuple[str, ...]


class Truth(NamedTuple):
    title: str
    guiding_goal: str
    guidelines: tuple[Guideline, ...]


TRUTH: Final = Truth(
    title="Leitlinien für das Zusammenleben im Landkreis Lindwehr",
    guiding_goal="„Ankommen erleichtern – Nachbarschaft leben – Zukunft teilen.“",
    guidelines=(
        Guideline(
            "Sprache früh fördern",
            ("Frühe Begegnung mit der deutschen Sprache für alle Kinder.",),
            ("Lesepaten in Kitas", "Ausbau der Sommerschule", "Schulung der Fachkräfte"),
        ),
        Guideline(
            "Arbeit und Ausbildung öffnen",
            (
                "Betriebe und Suchende zusammenbringen, Abschlüsse schneller anerkennen.",
                "Gemeinsame Beratung von Kammern und Verwaltung.",
            ),
            ("Lotsendienst im Landratsamt", "Tage der offenen Werkstatt"),
        ),
        Guideline(
            "Gutes Wohnen ermöglichen",
            ("Bezahlbare Wohnungen sichern, Nachbarschaften stärken.",),
            ("Gespräche mit Vermietern", "Hausbesuche im ersten Jahr"),
        ),
        Guideline(
            "Gesundheit erreichbar machen",
            ("Wege zu Ärztinnen und Beratung für alle verständlich.",),
            ("Dolmetschdienst am Telefon", "Sprechstunde im Familienzentrum"),
        ),
        Guideline(
            "Mitsprache stärken",
            ("Zugezogene in Gremien beteiligen, Vereine begleiten.",),
            ("Weiterentwicklung des Beirats", "Planspiel zur Kommunalwahl"),
        ),
        Guideline(
            "Verwaltung weltoffen gestalten",
            ("Verwaltung als Ansprechpartnerin in vielen Sprachen.",),
            ("Fortbildung der Ämter", "Formulare in einfacher Sprache"),
        ),
        Guideline(
            "Vor Benachteiligung schützen",
            ("Benachteiligung erkennen und abbauen, Betroffene unterstützen.",),
            ("Aufbau einer Beratungsstelle", "Bündnis der Schulen"),
        ),
        Guideline(
            "Kultur und Sport gemeinsam erleben",
            ("Vereine, Büchereien und Bühnen als Orte der Begegnung.",),
            ("Kleine Zuschüsse für Vereine", "Fest der Nachbarschaft am Markt"),
        ),
    ),
)

_BEFORE: Final = """\
# {title}

Diese Leitlinien geben Verwaltung und Zivilgesellschaft für die kommenden fünf Jahre eine
gemeinsame Richtung. Der Kreistag hat sie beauftragt und wird über sie beschließen.

## 1. Ausgangslage und Herausforderungen

Im Landkreis Lindwehr leben rund 91.000 Menschen, und es werden in jedem Jahr etwas weniger.

- Bevölkerung: Rückgang um 12 % seit dem Jahr 2000; ein Viertel ist älter als 65 Jahre.
- Zuwanderung: 6.900 Menschen ohne deutschen Pass, viele von ihnen sind jung und suchen Arbeit.
- Vereine: mehr als 300 Vereine und ein Netz von Ehrenamtlichen (z. B. Lotsinnen und Paten).

Daraus folgt: Zusammenleben ist eine Aufgabe aller Ämter.

## 2. Grundhaltung und Leitziel

Der Landkreis bekennt sich zu:

{guiding_goal}

- Ankommen heißt: Wege zeigen und Hürden abbauen.
- Nachbarschaft heißt: einander kennen.

## 3. Acht Leitlinien mit Zielen
"""
_AFTER: Final = """\

## 4. Rolle des Kreistages

- Der Kreistag beschließt die Leitlinien.
- Die Verwaltung setzt sie um durch:
    - abgestimmte Planung,
    - Förderung freier Träger,
    - jährliche Berichte.

## 5. Umsetzung

- direkte Verantwortung des Landkreises (z. B. Unterbringung),
- mittelbare Zuständigkeit (z. B. Jobcenter),
- keine unmittelbare Zuständigkeit (z. B. Lehrpläne).

## 6. Ausblick

Die Leitlinien werden alle fünf Jahre geprüft und fortgeschrieben.
"""


def markdown(truth: Truth = TRUTH) -> str:
    """The paper as Markdown: guidelines numbered anew inside chapter 3."""
    parts = [_BEFORE.format(title=truth.title, guiding_goal=truth.guiding_goal)]
    for number, one in enumerate(truth.guidelines, 1):
        parts.append(f"\n### {number}. {one.title}\n\n")
        parts += [f"- {goal}\n" for goal in one.goals]
        parts.append(f"- Maßnahmen: {', '.join(one.measures)}.\n")
    return "".join((*parts, _AFTER))


def labelled_markdown() -> str:
    """The other usual shape: named guidelines with labels and bullets under them."""
    return textwrap.dedent("""\
        # Integrationskonzept Muster

        Vorwort der Verwaltung.

        ## Leitlinie 1: Lernen

        **Ausgangslage** Viele Kinder sprechen zu Hause mehrere Sprachen.

        **Ziele:**

        - Kein Kind bleibt ohne Förderung.
        - Eltern sind beteiligt.

        **Maßnahmen:**

        - Lesestunden in der Bücherei
        - Elterncafé an jeder Schule
        - Schulung für Fachkräfte, auch am Abend

        ## Leitlinie 2: Arbeiten

        ### Ausgangslage

        Betriebe suchen Leute.

        ### Ziele

        Wer arbeiten will, findet Arbeit.

        ### Maßnahmen

        1. Messe am Kreishaus
        2. Praktikum auf Probe

        ## Handlungsfeld 3 – Wohnen

        | Feld | Inhalt |
        |------|--------|
        | Ziel | Wohnungen für alle |
        | Maßnahmen | Tauschbörse; Umbau leerer Höfe |
        | Zuständig | Bauamt |
        """)


def make(folder: Path, kind: PaperFormat, source: str | None = None) -> Path:
    """Write the paper as a file of this format and return its path."""
    text = markdown() if source is None else source
    path = folder / f"paper.{kind}"
    if kind == "md":
        path.write_text(text, encoding="utf-8")
    elif kind == "txt":
        path.write_text(as_extracted(text), encoding="utf-8")
    elif kind == "pdf":
        path.write_bytes(typst.compile(_typst(text).encode()))
    else:
        extra = ["--standalone"] if kind == "html" else []
        pypandoc.convert_text(text, kind, "commonmark_x", outputfile=str(path), extra_args=extra)
    return path


def as_extracted(source: str, *, width: int = 88) -> str:
    """As a PDF extractor leaves it: broken lines, a blank one after each, private-use bullets."""
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", source):
        for entry in re.split(r"\n(?=\s*- )", block.strip("\n")):
            words = " ".join(entry.split()).lstrip("# ")
            bullet = "\uf0b7 " if words.startswith("- ") else ""
            lines += textwrap.wrap(bullet + words.removeprefix("- "), width, break_on_hyphens=False)
        lines.append("")
    return "".join(f"{line} \n\n" for line in lines).replace("3. Acht", "\f3. Acht")


def words(text: str) -> list[str]:
    """The words of a text; bullets, numbers' dots and white space aside."""
    text = unicodedata.normalize("NFC", text)
    return [w for token in text.split() if (w := token.strip("•‣◦–-*#|\uf0b7\ufeff"))]


def _typst(source: str) -> str:
    body: str = pypandoc.convert_text(source, "typst", "commonmark_x")
    return (
        '#set page(numbering: "1 / 1", header: [Landkreis Lindwehr · Entwurf])\n'
        '#set text(lang: "de", size: 11pt, hyphenate: true)\n#set par(justify: true)\n'
        "#let horizontalrule = line()\n" + body
    )
