"""Which German words must find which, and which must not: what was asked, what stands in a text."""

HITS = [
    # forms of one word
    ("Kind", "Kinder"), ("Kindern", "Kindes"), ("Platz", "Plätze"), ("Plätzen", "Platz"),
    ("Haus", "Häuser"), ("Stadt", "Städte"), ("Verein", "Vereine"), ("Vereinen", "Verein"),
    ("Kurs", "Kurse"), ("Kurse", "Kurs"), ("Bus", "Busse"), ("Maßnahme", "Maßnahmen"),
    ("Massnahme", "Maßnahmen"), ("Straße", "Strassen"), ("Schule", "Schulen"), ("Amt", "Ämter"),
    ("Ämtern", "Amt"), ("Sprache", "Sprachen"), ("Behörde", "Behörden"), ("Behoerde", "Behörden"),
    ("Träger", "Trägern"), ("Traeger", "Träger"), ("Jugendliche", "Jugendlichen"),
    ("ehrenamtlich", "ehrenamtliche"), ("kostenlos", "kostenlosen"),
    ("interkulturell", "interkulturelle"),
    # people
    ("Migrant", "Migrantinnen"), ("Migranten", "Migrant:innen"), ("Migrantin", "Migrant*innen"),
    ("Lehrer", "Lehrerinnen"), ("Beraterin", "BeraterInnen"), ("Dolmetscher", "Dolmetscher_innen"),
    ("Geflüchtete", "Geflüchteten"), ("geflüchtet", "Geflüchtete"), ("Bürger", "Bürgerinnen"),
    # verbs and their nouns
    ("fördern", "Förderung"), ("Förderung", "fördert"), ("gefördert", "Förderung"),
    ("Förderung", "geförderten"), ("foerdern", "Förderungen"), ("beraten", "Beratung"),
    ("Beratungen", "beraten"), ("ausbilden", "Ausbildung"), ("Ausbildung", "ausgebildet"),
    ("Einbürgerung", "eingebürgert"), ("Zuwanderung", "zugewandert"), ("arbeiten", "Arbeit"),
    ("begleiten", "Begleitung"), ("Unterstützung", "unterstützt"), ("beteiligen", "Beteiligung"),
    ("vermitteln", "Vermittlung"), ("betreuen", "Betreuung"), ("Leistung", "leisten"),
    # inside of compounds, and compounds by other compounds
    ("Förderung", "Sprachförderung"), ("Sprache", "Sprachförderung"),
    ("fördern", "Sprachförderung"), ("Fördersprache", "Sprachförderung"),
    ("Betreuungsplatz", "Kinderbetreuungsplätze"), ("Kinderbetreuung", "Kinderbetreuungsplätze"),
    ("Platz", "Kinderbetreuungsplätze"), ("Kinder", "Kinderbetreuungsplätze"),
    ("Kurs", "Integrationskurse"), ("Integration", "Integrationskursen"), ("Amt", "Jugendamt"),
    ("Ämter", "Gesundheitsämtern"), ("Beratung", "Migrationsberatungsstelle"),
    ("Beratungsstelle", "Migrationsberatungsstellen"), ("Wohnung", "Wohnungsmarkt"),
    ("Markt", "Arbeitsmarkt"), ("Café", "Sprachcafé"), ("Cafe", "Sprach-Café"),
    ("Sprachcafé", "Sprach-Café"), ("Eltern", "Elternabende"), ("Schule", "Grundschulkinder"),
    ("Verein", "Sportvereine"), ("Büro", "Bürgerbüros"), ("Arbeit", "Sozialarbeiterin"),
    ("Lotse", "Integrationslotsinnen"), ("Konzept", "Handlungskonzepte"), ("Treff", "Frauentreff"),
    ("Frau", "Frauentreff"), ("Pate", "Patenschaften"), ("Bahn", "Bahnhof"),
    ("Bus", "Rufbus"), ("Weg", "Radwege"), ("Amt", "Bauamt"),
    ("Dolmetscherdienst", "Dolmetscherdienste"), ("Ausländerbehörde", "Ausländerbehörden"),
    # a space in the paper is a compound in the question
    ("Sprachkurs", "Kurse in der deutschen Sprache"), ("Elternbeirat", "Beirat der Eltern"),
]  # fmt: skip

MISSES = [
    ("Forderung", "Förderung"), ("fordern", "fördern"), ("schon", "schön"), ("zahlen", "zählen"),
    ("drucken", "drücken"), ("Tag", "Kreistag"), ("Tag", "Antrag"), ("Trag", "Vertrag"),
    ("Rat", "Heirat"), ("Rat", "Vorrat"), ("Rat", "Beratung"), ("Amt", "Gesamtheit"),
    ("Ort", "Antwort"), ("Ort", "Verantwortung"), ("Art", "Partner"), ("Art", "Start"),
    ("Wirt", "Wirtschaft"), ("Land", "Handlung"), ("Alter", "Verwalter"), ("Heim", "Geheimnis"),
    ("Bau", "Vertrauen"), ("Weg", "Bewegung"), ("Zeit", "Zeitung"), ("Bild", "Bildung"),
    ("Sprache", "Sport"), ("Kinder", "Kino"), ("Verein", "Vereinbarung"), ("Schule", "Schuld"),
    ("Integration", "Information"), ("Migration", "Immigrant"), ("Hausarzt", "Haustier"),
    ("Kurs", "Exkursion"), ("Recht", "Gericht"), ("Familie", "familiär"), ("Markt", "Marke"),
    ("Stadt", "Statt"), ("Bund", "gesund"), ("Hof", "Hoffnung"), ("Gemeinde", "gemeinsam"),
    ("Masse", "Maßnahme"), ("Sprachcafé", "Sprachkurs und Kino"),
    ("Betreuungsplatz", "Spielplatz"), ("Sprachkurs", "Sprachförderung"),
]  # fmt: skip
