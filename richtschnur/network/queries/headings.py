"""What columns of real tables are called, and what the words in their cells mean."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from django.utils.translation import override

from richtschnur.network.queries.likeness import plain
from richtschnur.network.states import Offer, OrganizationKind

# What our own tables call a column: in German, in English. The import reads both back.
HEADS: Final = {
    "id": ("ID", "ID"),
    "name": ("Name", "Name"),
    "short_name": ("Kurzname", "Short name"),
    "legal_form": ("Rechtsform", "Legal form"),
    "kind": ("Art", "Kind"),
    "towns": ("Tätig in", "Towns served"),
    "languages": ("Sprachen", "Languages"),
    "offers": ("Angebote", "Offers"),
    "offer_words": ("Beschreibung", "Description"),
    "emails": ("E-Mail", "E-mail"),
    "phones": ("Telefon", "Phone"),
    "websites": ("Website", "Website"),
    "addresses": ("Anschrift", "Address"),
    "hours": ("Öffnungszeiten", "Opening hours"),
}
_WORDS: Final = {
    "id": "id identity kennung",
    "name": "name organisation organization verein vereinsname einrichtung institution bezeichnung"
    " organisationsname akteur firma name_der_organisation name_des_vereins name_der_einrichtung"
    " traeger name_of_organisation verein_organisation organisation_verein verein_einrichtung",
    "short_name": "kurzname abkuerzung kuerzel short_name abbreviation kurzbezeichnung",
    "legal_form": "rechtsform legal_form",
    "kind": "art kind typ type kategorie art_der_organisation organisationsart organisationstyp",
    "towns": "orte towns taetig_in wirkungsort wirkungsorte einzugsgebiet towns_served"
    " wirkungskreis sozialraum gemeinden taetigkeitsgebiet",
    "languages": "sprache sprachen language languages gesprochene_sprachen languages_spoken"
    " sprachkenntnisse",
    "offers": "angebot angebote offer offers leistung leistungen schwerpunkt schwerpunkte themen"
    " taetigkeitsfeld taetigkeitsfelder handlungsfelder what_it_offers aufgaben services",
    "offer_words": "beschreibung description kurzbeschreibung in_its_own_words offer_words"
    " beschreibung_des_angebots",
    "emails": "e_mail email mail e_mail_adresse emailadresse mailadresse e_mails emails"
    " e_mail_buero",
    "phones": "telefon tel telefonnummer phone mobil handy telefon_mobil rufnummer fon festnetz"
    " telephone phones",
    "websites": "website webseite internet homepage web www internetseite internetadresse url"
    " websites webadresse",
    "addresses": "adresse anschrift address postanschrift addresses adressen",
    "hours": "oeffnungszeiten sprechzeiten opening_hours hours oeffnungszeit",
    "street": "strasse strasse_hausnummer strasse_und_hausnummer strasse_nr strasse_hausnr street"
    " strasse_und_nr",
    "postal_code": "plz postleitzahl postal_code zip postcode",
    "place": "ort town city stadt gemeinde kommune wohnort sitz",
    "place_line": "plz_ort plz_und_ort postleitzahl_ort postleitzahl_und_ort",
    "contact": "ansprechpartner ansprechpartnerin ansprechpartner_in ansprechperson"
    " ansprechpersonen kontakt kontaktperson contact_person contact contacts vorsitz vorsitzende"
    " vorsitzender vorstand leitung name_ansprechpartner",
    "contact_role": "funktion rolle role position funktion_ansprechpartner",
    "contact_email": "e_mail_ansprechpartner email_ansprechpartner contact_e_mail contact_email"
    " e_mail_kontaktperson e_mail_ansprechperson",
    "contact_phone": "telefon_ansprechpartner contact_phone telefon_kontaktperson"
    " telefon_ansprechperson",
}
_COLUMNS: Final = {
    word.replace("_", " "): column for column, words in _WORDS.items() for word in words.split()
}
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")

# Parts of words, looked for in this order; what stands in several areas is in each of them.
_OFFERS: Final = {
    Offer.ADVICE: "beratung advice counsel",
    Offer.GERMAN: "deutsch sprachkurs sprachcafe integrationskurs sprachfoerder alphabetisier"
    " german",
    Offer.INTERPRETING: "dolmetsch sprachmittl uebersetz begleit interpret lotse",
    Offer.CHILDCARE: "kinder kita familie child famil eltern krippe",
    Offer.SCHOOL: "schule schueler hausaufgaben nachhilfe lernhilfe school lernpat",
    Offer.WORK: "arbeitsmarkt arbeitssuche ausbildung beruf bewerbung work training",
    Offer.HOUSING: "wohn housing miete unterkunft",
    Offer.HEALTH: "gesund pflege health sucht psych therapie",
    Offer.MEETING: "begegnung treff meeting stammtisch",
    Offer.YOUTH: "jugend youth",
    Offer.WOMEN: "frauen women maedchen",
    Offer.SENIORS: "senior",
    Offer.SPORT: "sport fussball turnen schwimmen",
    Offer.CULTURE: "kultur musik chor theater culture kunst tanz bibliothek",
    Offer.FAITH: "glaube gottesdienst gebet faith seelsorge",
    Offer.GOODS: "tafel kleider moebel lebensmittel food clothes spenden",
    Offer.RIGHTS: "diskriminierung rassis discriminat",
    Offer.VOLUNTEERING: "ehrenamt freiwillig volunteer",
}
_KINDS: Final = {
    OrganizationKind.RELIGIOUS: "kirch pfarr moschee synagog religio islamisch dioezese parish",
    OrganizationKind.AUTHORITY: "behoerde jobcenter landratsamt agentur_fuer authority amt_fuer"
    " auslaenderbehoerde polizei",
    OrganizationKind.EDUCATION: "schule kita kindergarten bildung hochschule kindertages school"
    " education nursery",
    OrganizationKind.WELFARE: "wohlfahrt diakonie caritas sozialverband welfare rotes_kreuz"
    " volkssolidaritaet arbeiterwohlfahrt awo",
    OrganizationKind.MUNICIPALITY: "stadtverwaltung gemeindeverwaltung kommune municipality"
    " stadt_ gemeinde_",
    OrganizationKind.COMPANY: "unternehmen firma company betrieb gmbh",
    OrganizationKind.CLUB: "verein initiative club selbsthilfe migrantenorganisation stiftung"
    " freundeskreis association",
}


def heads(language: str) -> tuple[str, ...]:
    """The heads of our own tables, id first, in German ("de") or English."""
    return tuple(words[0 if language == "de" else 1] for words in HEADS.values())


def column_of(head: str) -> str:
    """Which column a heading means ("E-Mail 2" → "emails"), or ""."""
    words = plain(_BRACKETS.sub(" ", head)).rstrip(" 0123456789")
    return _COLUMNS.get(words, "")


@cache
def _named(choices: Any) -> dict[str, str]:
    """Labels in both languages of tables, and codes, as plain words → code."""
    found = {plain(value.replace("_", " ")): value for value in choices.values}
    for language in ("de", "en"):
        with override(language):
            found |= {plain(str(choice.label)): choice.value for choice in choices}
    return found


def offer_named(words: str) -> str:
    """The area of offer that has this very name, or ""."""
    return _named(Offer).get(plain(words), "")


def kind_named(words: str) -> str:
    """The kind that has this very name, else the one that the words speak of, or ""."""
    return _named(OrganizationKind).get(plain(words), "") or kind_in(words)


def offers_in(words: str) -> list[str]:
    """The areas of offer that some words speak of."""
    sought = plain(words)
    return [area.value for area, parts in _OFFERS.items() if _holds(sought, parts)]


def kind_in(words: str) -> str:
    """What kind of organisation some words speak of, or ""."""
    sought = f"{plain(words)} "
    return next((kind.value for kind, parts in _KINDS.items() if _holds(sought, parts)), "")


def _holds(sought: str, parts: str) -> bool:
    return any(part.replace("_", " ") in sought for part in parts.split())
