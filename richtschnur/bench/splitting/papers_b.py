"""Five other manners, kept for judging: migrants, sports, employers, women, parents."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from richtschnur.bench.splitting.material import Subject, general
from richtschnur.bench.splitting.writer import Writer, paragraphs, quotation, reasons

Wish = tuple[Subject, str]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def migrants(random: Random, wishes: Sequence[Wish]) -> Writer:
    """A mail with short lines; every wish is a dash with all that belongs to it."""
    w = Writer(random, width=72)
    w.begin("letterhead")
    w.add(
        "Von: Netzwerk der Migrantenorganisationen\nAn: beteiligung@landkreis.example\n"
        "Betreff: Entwurf, unsere Rückmeldung",
        "lines",
    )
    w.add("Hallo zusammen,")
    w.begin("general")
    for each in paragraphs(random, random.sample(general()["intro"], 5)):
        w.add(each)
    for subject, demand in wishes:
        w.begin("demand", subject.id)
        said = [demand, *reasons(random, subject)]
        first, *more = paragraphs(random, said)
        w.add(f"– {subject.title}: {first}")
        for each in more:
            w.add(each)
    w.begin("closing")
    w.add(" ".join(general()["closing"]))
    w.add("Viele Grüße")
    w.add("Samira und Oleh\nfür das Netzwerk", "lines")
    return w


def sports(random: Random, wishes: Sequence[Wish]) -> Writer:
    """Roman chapters by guideline, in them letters for the wishes."""
    w = Writer(random, foot="KREISSPORTBUND AUE                    {n}/20")
    w.begin("letterhead")
    w.add("Kreissportbund Aue e. V.\nHaus des Sports\n12345 Auenstadt", "lines")
    w.add("Integration durch Sport: Was wir uns vom Konzept erhoffen", "heading")
    w.begin("general")
    for each in paragraphs(random, random.sample(general()["intro"], 6)):
        w.add(each)
    chapters = list(dict.fromkeys(subject.chapter for subject, _demand in wishes))
    for n, chapter in enumerate(chapters):
        own = [wish for wish in wishes if wish[0].chapter == chapter]
        for letter, (subject, demand) in zip("abcdefghijkl", own, strict=False):
            w.begin("demand", subject.id)
            if letter == "a":
                w.add(f"{ROMAN[n]}. {chapter}", "heading")
            said = [demand, *reasons(random, subject)]
            first, *more = paragraphs(random, said)
            w.add(f"{letter}) {first}")
            for each in more:
                w.add(each)
    w.begin("closing")
    w.add("Mit sportlichen Grüßen")
    w.add("Heiko Brandt\nVorsitzender", "lines")
    w.begin("annex")
    w.add("Anlage: Mitgliederzahlen", "heading")
    w.add(" ".join(general()["annex"]))
    return w


def employers(random: Random, wishes: Sequence[Wish]) -> Writer:
    """Numbers in brackets in the margin, the draft's headings named in the sentence."""
    w = Writer(random, foot="Seite | {n}", notes=True, gap="\n")
    w.begin("letterhead")
    w.add("Unternehmerverband Aue")
    w.add("Auenstadt, im Oktober")
    w.begin("general")
    w.add("A. Grundsätzliches", "heading")
    for each in paragraphs(random, random.sample(general()["intro"], 6)):
        w.add(each)
    for n, (subject, demand) in enumerate(wishes, 1):
        w.begin("demand", subject.id)
        if n == 1:
            w.add("B. Im Einzelnen", "heading")
        said = [f"Der Abschnitt „{subject.title}“ greift zu kurz. {demand}"]
        first, *more = paragraphs(random, [*said, *reasons(random, subject)])
        w.add(f"({n}) {first}")
        for each in more:
            w.add(each)
    w.begin("closing")
    w.add("C. Schluss", "heading")
    w.add(" ".join(general()["closing"]))
    w.add("Unternehmerverband Aue, Geschäftsführung")
    return w


def women(random: Random, wishes: Sequence[Wish]) -> Writer:
    """The draft's words first, then what is wished; neither numbers nor headings."""
    openings = (
        "Wir schlagen vor:",
        "Hierzu fordern wir:",
        "Das reicht uns nicht.",
        "Dem stimmen wir zu, mit einer Ergänzung.",
    )
    w = Writer(random, foot="Frauenverband Aue – Stellungnahme – Blatt {n}")
    w.begin("letterhead")
    w.add("Frauenverband Aue\nArbeitskreis Zuwanderung", "lines")
    w.add("Guten Tag,")
    w.begin("general")
    for each in paragraphs(random, random.sample(general()["intro"], 5)):
        w.add(each)
    for subject, demand in wishes:
        w.begin("demand", subject.id)
        w.add(f"»{quotation(random, subject)}«")
        said = [f"{random.choice(openings)} {demand}", *reasons(random, subject)]
        for each in paragraphs(random, said):
            w.add(each)
    w.begin("closing")
    w.add("Herzliche Grüße aus dem Frauenverband")
    w.add("i. A. Katrin Sommer", "lines")
    return w


def parents(random: Random, wishes: Sequence[Wish]) -> Writer:
    """Headings in the parents' own words, nothing numbered."""
    headings = (
        "Was uns bei {noun} fehlt",
        "UNSER ANLIEGEN: {title}",
        "{title} – so geht es besser",
        "Warum {noun} mehr Gewicht braucht",
        "Eltern fragen nach: {title}",
    )
    w = Writer(random, foot="Kreiselternrat Aue", head="Seite {n}")
    w.begin("letterhead")
    w.add("Kreiselternrat Aue\nc/o Oberschule am See\nelternrat@aue.example", "lines")
    w.add("Rückmeldung der Elternvertretungen", "heading")
    w.add("Liebe Leserinnen und Leser,")
    w.begin("general")
    for each in paragraphs(random, random.sample(general()["intro"], 5)):
        w.add(each)
    for subject, demand in wishes:
        w.begin("demand", subject.id)
        heading = random.choice(headings)
        w.add(heading.format(noun=subject.noun, title=subject.title), "heading")
        said = reasons(random, subject)
        where = random.randint(0, 2)
        for each in paragraphs(random, [*said[:where], demand, *said[where:]]):
            w.add(each)
    w.begin("closing")
    w.add(" ".join(general()["closing"][:2]))
    w.add("Für den Kreiselternrat")
    w.add("Tobias Marquardt, Yasemin Kaya", "lines")
    w.begin("annex")
    w.add("Quellen und Hinweise", "heading")
    w.add(" ".join(general()["annex"]))
    return w
