"""Personal data planted in sentences, kind by kind, and what is falsely marked in real comments.

The forms and names are apart from those that the rules were written with; the numbers are made
from the seed with right check digits. False flags are all marks in the real comments of
`../shared/data`, including streets and people whom a comment truly names: a ceiling.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import Any

from richtschnur.analysis.numbers import is_iban, is_tax_id
from richtschnur.analysis.personal_data import KINDS, find_personal_data
from richtschnur.bench.shared import rows

Progress = Callable[[str], None]
EACH, QUICK = 1_000, 150
FORMS = {
    "email": "Meine Mail ist {}|Antwort bitte an {} schicken|({})|Kontakt: {}, Betreff Busse",
    "phone": "Rufen Sie mich an: {}|Telefon {}|Mein Handy ist die {}|Rückruf unter {} erbeten",
    "iban": "Die Erstattung bitte auf {}|IBAN {} (Girokonto)|Mein Konto: {}.",
    "name": "Ich heiße {} und habe zwei Kinder.|Frau {} hat uns beraten.|Viele Grüße\n{}"
    "|mein Nachbar Herr {} sagt das auch|Mit freundlichem Gruß, {}",
    "address": "Ich wohne in der {}.|Vor dem Haus {} fehlt Licht.|Anschrift: {}",
    "birth": "Ich bin am {} geboren.|geboren am {} in Aleppo|Geburtsdatum {}|geb. {}",
    "tax": "Steuernummer {}|Meine Steuer-ID: {}|St.-Nr. {} liegt bei",
    "plate": "Das Auto mit dem Kennzeichen {} steht im Weg.|Der Lieferwagen {} parkt dort täglich.",
}
FIRST = [
    "Marlene",
    "Tarek",
    "Yasemin",
    "Ruslan",
    "Hedwig",
    "Samira",
    "Lennart",
    "Ludmila",
    "Emre",
    "Farhad",
    "Beate",
    "Vitali",
]
LAST = [
    "Brandl",
    "Haddad",
    "Aydın",
    "Petrenko",
    "Kühnast",
    "Rahimi",
    "Voigtländer",
    "Sokolow",
    "Demirci",
    "Wünsche",
]
STREETS = [
    "Goethestraße",
    "Mühlgasse",
    "Bahnhofstr.",
    "Rosenweg",
    "Schillerplatz",
    "Parkallee",
    "Uferring",
]
TOWNS = ["04720 Döbeln", "09648 Mittweida", "01067 Dresden"]
MONTHS = ["Januar", "März", "Mai", "August", "Oktober", "Dezember"]


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """One run for each kind: found is a planted place that marks of its kind cover."""
    random = Random(20_261_128 + seed)  # noqa: S311 - no secret
    comments = [row["text"] for name in SOURCES for row in rows(f"{name}.csv")]
    comments = comments[:1_000] if is_quick else comments
    progress(f"{len(comments)} real comments")
    begun = time.perf_counter()
    marks = [find["kind"] for text in comments for find in find_personal_data(text)]
    per_second = round(len(comments) / (time.perf_counter() - begun))
    planted = QUICK if is_quick else EACH
    return [
        {
            "kind": kind,
            "recall": sum(_is_found(random, kind) for _ in range(planted)) / planted,
            "false_flags_per_1000": round(1000 * marks.count(kind) / len(comments), 2),
            "false_flags_per_1000_in_all": round(1000 * len(marks) / len(comments), 2),
            "texts_per_s": per_second,
            "planted": planted,
        }
        for kind in KINDS
    ]


SOURCES = ("klimarat", "raddialog-bonn", "raddialog-ehrenfeld", "umfrage-bonn")


def _is_found(random: Random, kind: str) -> bool:
    form, written = random.choice(FORMS[kind].split("|")), PLANT[kind](random)
    text, start = form.replace("{}", written), form.index("{}")
    return any(
        find["kind"] == kind and find["start"] <= start and find["end"] >= start + len(written)
        for find in find_personal_data(text)
    )


def _digits(random: Random, count: int) -> str:
    return str(random.randrange(10 ** (count - 1), 10**count))


def _email(random: Random) -> str:
    first, last = random.choice(FIRST).lower(), random.choice(["krause", "lehmann", "nowak"])
    sign, number = random.choice("._-"), random.choice(["", "77"])
    return f"{first}{sign}{last}{number}@{random.choice(['web', 'mail'])}.example"


def _phone(random: Random) -> str:
    end = _digits(random, 6)
    area = random.choice(["03431", "0351", "0152", "0176"])
    ways = (
        f"{area}/{end}",
        f"{area} {end[:3]} {end[3:]}",
        f"+49 {area[1:]} {end}",
        f"{area}-{end}1",
    )
    return random.choice([*ways, f"0049 {area[1:]} {end}", f"({area}) {end}"])


def _iban(random: Random) -> str:
    country, count = random.choice([("DE", 18), ("AT", 16)])
    account = _digits(random, count)
    iban = next(i for n in range(2, 99) if is_iban(i := f"{country}{n:02}{account}"))
    spaced = " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
    return random.choice([iban, spaced])


def _tax(random: Random) -> str:
    if random.random() < 0.5:
        return f"{_digits(random, 3)}/{_digits(random, 3)}/{_digits(random, 5)}"
    while True:
        number = _digits(random, 11)
        if is_tax_id(number):
            return random.choice([number, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"])


def _birth(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1940, 2005)
    ways = (
        f"{day:02}.{month:02}.{year}",
        f"{day}.{month}.{year % 100:02}",
        f"{year}-{month:02}-{day:02}",
    )
    return random.choice([*ways, f"{day}. {random.choice(MONTHS)} {year}"])


def _address(random: Random) -> str:
    house = f"{random.choice(STREETS)} {random.randint(1, 180)}{random.choice(['', 'b'])}"
    return random.choice([house, f"{house}, {random.choice(TOWNS)}"])


def _plate(random: Random) -> str:
    letters = "".join(random.choice("ABEHKMX") for _ in range(random.randint(1, 2)))
    place = random.choice(["DL", "MW", "L", "C", "PIR"])
    return f"{place}{random.choice('- ')}{letters} {random.randint(1, 9999)}"


PLANT: dict[str, Callable[[Random], str]] = {
    "email": _email,
    "phone": _phone,
    "iban": _iban,
    "name": lambda random: f"{random.choice(FIRST)} {random.choice(LAST)}",
    "address": _address,
    "birth": _birth,
    "tax": _tax,
    "plate": _plate,
}
