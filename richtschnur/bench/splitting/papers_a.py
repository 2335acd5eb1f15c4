"""Five manners of writing on which the rules were tried out."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from richtschnur.bench.splitting.material import Subject, general
from richtschnur.bench.splitting.writer import Writer, paragraphs, quotation, reasons

Wish = tuple[Subject, str]


def welfare(random: Random, wishes: Sequence[Wish]) -> Writer:
    """Headed by the draft's own numbers; pages end in the middle of a sentence."""
    w = Writer(
        random, foot="Seite {n} von 20", head="Stellungnahme des Wohlfahrtsverbandes Aue e. V."
    )
    w.begin("letterhead")
    w.add(
        "Wohlfahrtsverband Aue e. V.\nKreisgeschäftsstelle\nLindenweg 4\n12345 Auenstadt\n"
        "Telefon 01234 5678-0\npost@wohlfahrt-aue.example",
        "lines",
    )
    w.add("Auenstadt, den 14. September")
    w.add("Stellungnahme zum Entwurf des Integrationskonzepts", "heading")
    w.add("Sehr geehrte Damen und Herren,")
    w.begin("general")
    for each in paragraphs(random, random.sample(general()["intro"], 5)):
        w.add(each)
    for subject, demand in wishes:
        w.begin("demand", subject.id)
        w.add(f"Zu {subject.number} {subject.title}", "heading")
        if random.random() < 0.5:
            w.add(f"„{quotation(random, subject)}“")
        for each in paragraphs(random, [demand, *reasons(random, subject)]):
            w.add(each)
    _closing(w, "Mit freundlichen Grüßen", "Dr. Renate Winkler\nKreisvorsitzende")
    _annex(w, "Anlage 1: Ergebnisse der Befragung")
    return w


def chamber(random: Random, wishes: Sequence[Wish]) -> Writer:
    """Numbered demands with a title, reasons in several paragraphs, lists that belong to them."""
    w = Writer(random, foot="- {n} -", notes=True)
    w.begin("letterhead")
    w.add("Industrie- und Handelskammer Nordau | Hafenstraße 1 | 12345 Auenstadt")
    w.add("Landkreis Aue\nFachdienst Integration\nSchlossplatz 2\n12345 Auenstadt", "lines")
    w.add("Ihr Zeichen: 50.3   Unser Zeichen: IHK/st   Datum: 02.10.")
    w.add("Position der Industrie- und Handelskammer", "heading")
    w.begin("general")
    w.add("Vorbemerkung", "heading")
    for each in paragraphs(random, random.sample(general()["intro"], 6)):
        w.add(each)
    for n, (subject, demand) in enumerate(wishes, 1):
        w.begin("demand", subject.id)
        w.add(f"{n}. {subject.title}", "heading")
        said = reasons(random, subject)
        w.add(" ".join([demand, said[0]]))
        if random.random() < 0.5:
            w.add("Aus Sicht der Betriebe spricht dafür:")
            for each in said[1:4]:
                w.add(f"• {each}", "item")
            said = [*said[:1], *said[4:]]
        for each in paragraphs(random, said[1:]):
            w.add(each)
    _closing(w, "Freundliche Grüße", "gez. Bernd Oltmann\nHauptgeschäftsführer")
    return w


def union(random: Random, wishes: Sequence[Wish]) -> Writer:
    """Forderung and Begründung, the draft quoted first."""
    w = Writer(random, foot="Gewerkschaftsbund Region Aue · Seite {n}")
    w.begin("letterhead")
    w.add("Gewerkschaftsbund\nRegion Aue\nKontakt: Jana Petersen, Tel. 01234 998877", "lines")
    w.add("An die Landrätin des Landkreises Aue")
    w.add("Unsere Forderungen zum Integrationskonzept", "heading")
    w.add("Liebe Kolleginnen und Kollegen im Kreishaus,")
    w.begin("general")
    for each in paragraphs(random, random.sample(general()["intro"], 5)):
        w.add(each)
    for n, (subject, demand) in enumerate(wishes, 1):
        w.begin("demand", subject.id)
        w.add(f"Forderung {n}: {demand}")
        if random.random() < 0.7:
            w.add(f"Im Entwurf heißt es: „{quotation(random, subject)}“")
        w.add("Begründung: " + " ".join(reasons(random, subject)))
        if random.random() < 0.4:
            w.add("Dazu gehört insbesondere:")
            for letter, each in zip("abc", random.sample(general()["reason"], 3), strict=True):
                w.add(f"{letter}) {each.replace('{N}', subject.noun)}", "item")
    _closing(w, "Mit kollegialen Grüßen", "Jana Petersen\nRegionsgeschäftsführerin")
    return w


def church(random: Random, wishes: Sequence[Wish]) -> Writer:
    """A letter without numbers: every wish opens with where it belongs."""
    openings = (
        "Zum Abschnitt „{title}“ merken wir an:",
        "Im Abschnitt {number} geht es um {noun}.",
        "Was {noun} betrifft, haben wir ein Anliegen.",
        "Ein weiteres Anliegen betrifft den Abschnitt {number}.",
        "Darüber hinaus möchten wir auf {number} „{title}“ eingehen.",
    )
    w = Writer(random, foot="{n}")
    w.begin("letterhead")
    w.add(
        "Evangelischer Kirchenkreis Aue\nSuperintendentur\nKirchplatz 1, 12345 Auenstadt", "lines"
    )
    w.add("Sehr geehrter Herr Landrat,")
    w.begin("general")
    for each in paragraphs(random, random.sample(general()["intro"], 6)):
        w.add(each)
    for subject, demand in wishes:
        w.begin("demand", subject.id)
        opening = random.choice(openings).format(
            title=subject.title, number=subject.number, noun=subject.noun
        )
        said = [f"{opening} {demand}", *reasons(random, subject)]
        for each in paragraphs(random, said):
            w.add(each)
    _closing(w, "Mit Segenswünschen", "Superintendent Michael Harms")
    _annex(w, "Anhang")
    return w


def refugees(random: Random, wishes: Sequence[Wish]) -> Writer:
    """By page and paragraph: the draft's words, other words, the reason."""
    w = Writer(random, foot="Flüchtlingsrat Aue | {n}", head="Anmerkungen zum Entwurf")
    w.begin("letterhead")
    w.add("Flüchtlingsrat Aue e. V. · Am Markt 7 · 12345 Auenstadt · www.fluechtlingsrat.example")
    w.begin("general")
    w.add("Allgemeine Anmerkungen", "heading")
    for each in paragraphs(random, random.sample(general()["intro"], 6)):
        w.add(each)
    page = 5
    for subject, demand in wishes:
        page += random.choice((0, 1, 1, 2))
        w.begin("demand", subject.id)
        w.add(f"S. {page}, Absatz {random.randint(1, 5)}", "heading")
        w.add(f"Text im Entwurf: „{quotation(random, subject)}“")
        w.add(f"Änderungsvorschlag: {demand}")
        said = reasons(random, subject)
        w.add("Begründung: " + " ".join(said[:4]))
        if said[4:]:
            w.add(" ".join(said[4:]))
    _closing(w, "Mit freundlichem Gruß", "Für den Vorstand\nAmira Haddad")
    return w


def _closing(w: Writer, greeting: str, name: str) -> None:
    w.begin("closing")
    w.add(" ".join(general()["closing"]))
    w.add(greeting)
    w.add(name, "lines")


def _annex(w: Writer, title: str) -> None:
    w.begin("annex")
    w.add(title, "heading")
    for each in paragraphs(w.random, general()["annex"] * 2):
        w.add(each)
