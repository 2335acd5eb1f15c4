"""A paper whose changed draft came in again: questions, sure ones, a moved section."""

from __future__ import annotations

from datetime import datetime

from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import freeze_edition, keep_outline

BUS = "Der Rufbus fährt künftig auch am Abend in alle Dörfer, damit niemand zu Hause bleiben muss."
COURSE = "Sprachkurs für Frauen in Neustadt ab 2027 mit 12 Plätzen."
SCHOOLS = (
    "Jede Grundschule bekommt eine Stunde in der Woche für die Muttersprachen ihrer Kinder.",
    "Eltern werden schon vor der Einschulung in die Schule eingeladen und herumgeführt.",
)
CAFE = "Das Begegnungscafé am Markt bleibt an zwei Nachmittagen geöffnet."
OLD = (
    ("Unterwegs", (BUS, "Mitfahrbänke stehen künftig vor jeder Kirche und am Bahnhof.")),
    ("Sprache", (COURSE, "Lernpaten üben einmal in der Woche mit den Teilnehmenden.")),
    ("Begegnung", (CAFE, "Der Kulturbus hält dreimal im Jahr in jeder Gemeinde.")),
    ("Schule", SCHOOLS),
)
NEW = (
    ("Schule", SCHOOLS),
    ("Unterwegs", (BUS.replace("künftig", "ab dem Frühjahr auch"), OLD[0][1][1])),
    ("Sprache und Arbeit", (COURSE.replace("12", "15"), OLD[1][1][1])),
    ("Begegnung", (CAFE, "Ganz neu ist die Werkstatt für Fahrräder hinter dem Rathaus.")),
)


def came_in_again(at: datetime) -> Edition:
    """The working edition that was made of the changed draft."""
    first = keep_outline(outline=_outline(OLD), by=CLI, at=at)
    freeze_edition(edition=first, state="for_decision", by=CLI, at=at)
    return keep_outline(outline=_outline(NEW), into=first.strategy, by=CLI, at=at)


def _outline(sections: tuple[tuple[str, tuple[str, ...]], ...]) -> Outline:
    made = tuple(
        OutlineSection(
            title, str(number), 1, tuple(OutlinePassage("paragraph", text, 0, "") for text in texts)
        )
        for number, (title, texts) in enumerate(sections, start=1)
    )
    return Outline("Ein Papier, das zurückkam", made, (), ())
