"""What a county's paper says: fields of action with goals and measures, chapters around them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from richtschnur.bench.papers.sentences import OFFICES, TOWNS, paragraph

_SUBJECTS: Final = (
    ("Bildung und Sprache", "Frühe Bildung", "Sprache und Teilhabe", "Lernen ein Leben lang"),
    ("Arbeit und Ausbildung", "Wege in Arbeit", "Ausbildung und Beruf"),
    ("Wohnen und Quartier", "Wohnen im ländlichen Raum", "Gutes Wohnen für alle"),
    ("Gesundheit und Pflege", "Gesundheit erreichbar machen", "Gesund leben"),
    ("Mitwirkung und Ehrenamt", "Engagement stärken", "Demokratie und Mitsprache"),
    ("Öffnung der Verwaltung", "Eine Verwaltung für alle", "Dienste vor Ort"),
    ("Schutz vor Benachteiligung", "Respekt und Sicherheit", "Gegen Ausgrenzung"),
    ("Kultur, Sport und Begegnung", "Orte der Begegnung", "Kultur erleben"),
    ("Mobilität und Erreichbarkeit", "Unterwegs im Kreis"),
    ("Familie, Kinder und Jugend", "Aufwachsen im Landkreis"),
)
_GOAL_HEADS: Final = (
    "Alle Kinder im Vorschulalter", "Menschen mit Behinderung", "Neu Zugezogene", "Eltern",
    "Jugendliche ohne Abschluss", "Ältere Menschen auf dem Land", "Vereine und Initiativen",
    "Betriebe des Handwerks", "Pflegende Angehörige", "Fachkräfte aus dem Ausland",
    "Frauen mit kleinen Kindern", "Gemeinden und Städte", "Beratungsstellen freier Träger",
)  # fmt: skip
_GOAL_TAILS: Final = (
    "finden innerhalb von {n} Tagen eine passende Beratung",
    "kennen die Angebote in ihrer Gemeinde und können sie nutzen",
    "sind bis {year} in allen Gremien des Landkreises vertreten",
    "erreichen Dienste und Ämter ohne Auto",
    "werden bei der Suche nach einer Wohnung unterstützt",
    "erhalten Auskunft in einer Sprache, die sie verstehen",
    "wirken an Entscheidungen mit, die sie betreffen",
    "haben Zugang zu mindestens {n} Kursen im Jahr",
    "arbeiten verlässlich mit dem Landkreis zusammen",
    "erleben Wertschätzung und Sicherheit",
)
_INFINITIVES: Final = (
    "Den Zugang zu {x} erleichtern", "Die Zusammenarbeit bei {x} verbessern",
    "Das Wissen über {x} verbreiten", "Hürden bei {x} abbauen", "Die Qualität von {x} sichern",
)  # fmt: skip
_OBJECTS: Final = (
    "Sprachkursen", "Praktika", "Wohnungstausch", "Beratung", "Vereinsarbeit", "Kinderbetreuung",
    "Dolmetschdiensten", "Ferienangeboten", "Berufsorientierung", "Nachbarschaftshilfe",
    "Gesundheitskursen", "Bürgerbussen",
)  # fmt: skip
_MEASURES: Final = (
    "Aufbau eines {a}s in {t}", "Einrichtung einer {b} in {t}", "Ausbau der {b} um {n} Plätze",
    "Netzwerk {a} {t}", "Fortbildung zu {x}", "Handreichung „{X} leicht gemacht“",
    "Jährliche Fachtagung zu {x}", "Modellprojekt {b} {t}", "Runder Tisch {a}",
    "Mehrsprachige Internetseite zu {x}", "Patenprogramm für {x}", "Mobile {b} im Raum {t}",
    "Befragung zu {x} in {t}", "Förderfonds {a} {year}",
)  # fmt: skip
_PLACES: Final = (
    "Begegnungstreff", "Familienzentrum", "Sprachcafé", "Lernort", "Gesundheitslotse",
    "Mehrgenerationenhaus", "Bürgerforum",
)  # fmt: skip
_DESKS: Final = (
    "Beratungsstelle", "Lernwerkstatt", "Wohnbörse", "Sprechstunde", "Ombudsstelle",
    "Ehrenamtsbörse", "Elternschule",
)  # fmt: skip
_FIGURES: Final = (
    "Anzahl der Beratungen im Jahr", "Anteil der Kinder mit Kita-Platz", "Zahl der Teilnehmenden",
    "Zahl der vermittelten Wohnungen", "Zufriedenheit laut Umfrage",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    title: str
    text: str
    office: str
    period: str
    indicator: str
    cost: str


@dataclass(frozen=True, slots=True)
class Goal:
    text: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Field:
    title: str
    baseline: tuple[str, ...]
    goals: tuple[Goal, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(one for goal in self.goals for one in goal.measures)


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    texts: tuple[str, ...]
    parts: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class County:
    name: str
    title: str
    subtitle: str
    date: str
    guiding_goal: str
    fields: tuple[Field, ...]
    opening: tuple[Chapter, ...]
    closing: tuple[Chapter, ...]


def county(random: Random) -> County:
    """A paper's content. Titles of goals and measures never come twice."""
    town = random.choice(TOWNS)
    name = f"Landkreis {town}"
    kind = random.choice(
        ("Integrationskonzept", "Sozialstrategie", "Teilhabeplan", "Kreisleitbild")
    )
    seen: set[str] = set()
    fields = tuple(
        _field(random, random.choice(subject), seen)
        for subject in random.sample(_SUBJECTS, random.randint(3, 6))
    )
    return County(
        name,
        f"{kind} für den {name}",
        random.choice(
            ("Fortschreibung 2027 bis 2032", "Entwurf zur Beteiligung", "Stand: März 2027")
        ),
        random.choice(("12. März 2027", "Oktober 2026", "Kreistag am 3. Mai 2027")),
        random.choice(
            (
                "„Gemeinsam leben, voneinander lernen, füreinander einstehen.“",
                "„Vielfalt leben – Zusammenhalt stärken – Zukunft gestalten.“",
                "„Alle gehören dazu und alle können mitreden.“",
            )
        ),
        fields,
        _opening(random, name),
        _closing(random),
    )


def _opening(random: Random, name: str) -> tuple[Chapter, ...]:
    parts = (
        Chapter("Bevölkerung im Wandel", _texts(random)),
        Chapter("Zuwanderung und Herkunft", _texts(random)),
        Chapter("Angebote im Überblick", _texts(random)),
    )
    return (
        Chapter(random.choice(("Vorwort", "Einleitung", "Anlass und Auftrag")), _texts(random)),
        Chapter(
            random.choice(("Ausgangslage", "Bestandsaufnahme", f"Ausgangslage im {name}")),
            _texts(random),
            parts[: random.randint(0, 3)],
        ),
    )


def _closing(random: Random) -> tuple[Chapter, ...]:
    return (
        Chapter(
            random.choice(("Umsetzung und Steuerung", "Organisation der Umsetzung")),
            _texts(random),
            (Chapter("Berichtswesen", _texts(random)),) if random.random() < 0.5 else (),
        ),
        Chapter(random.choice(("Ausblick", "Fortschreibung", "Schlussbemerkung")), _texts(random)),
    )


def _texts(random: Random) -> tuple[str, ...]:
    return tuple(" ".join(paragraph(random, 2, 5)) for _ in range(random.randint(1, 3)))


def _field(random: Random, title: str, seen: set[str]) -> Field:
    goals = []
    for _ in range(random.randint(1, 3)):
        text = _fresh(seen, lambda: _goal(random))
        count = random.randint(1, 3)
        measures = tuple(_measure(random, seen) for _ in range(count))
        goals.append(Goal(text, measures))
    return Field(title, _texts(random)[:2], tuple(goals))


def _goal(random: Random) -> str:
    if random.random() < 0.4:
        return random.choice(_INFINITIVES).format(x=random.choice(_OBJECTS))
    tail = random.choice(_GOAL_TAILS).format(
        n=random.randint(3, 30), year=random.randint(2028, 2035)
    )
    return f"{random.choice(_GOAL_HEADS)} {tail}."


def _measure(random: Random, seen: set[str]) -> Measure:
    def title() -> str:
        thing = random.choice(_OBJECTS)
        return random.choice(_MEASURES).format(
            a=random.choice(_PLACES),
            b=random.choice(_DESKS),
            x=thing,
            X=thing,
            t=random.choice(TOWNS),
            n=random.randint(5, 80),
            year=random.randint(2027, 2033),
        )

    first = random.randint(2027, 2030)
    return Measure(
        _fresh(seen, title),
        " ".join(paragraph(random, 1, 3)),
        random.choice(OFFICES),
        random.choice((f"{first} bis {first + 3}", f"ab {first}", "laufend", f"bis {first}")),
        random.choice(_FIGURES),
        f"{random.randint(5, 90)}.000 Euro",
    )


def _fresh(seen: set[str], make: object) -> str:
    assert callable(make)
    while True:
        text: str = make()
        if text not in seen:
            seen.add(text)
            return text
