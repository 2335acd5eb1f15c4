"""First texts for the pages that the law asks for, usable after filling in the brackets."""

from __future__ import annotations

from datetime import datetime

from richtschnur.county.operations import write_page
from richtschnur.county.queries import the_county
from richtschnur.demo.source import DATA, read
from richtschnur.journal.actors import Actor


def write_first_pages(*, by: Actor, at: datetime) -> None:
    """Write imprint, privacy, accessibility and rules in all languages for this county.

    For a county of its own the example's particulars are replaced by brackets to fill in.
    """
    county = the_county()
    example = read("county.json")["name"]
    for page in read("county.json")["pages"]:
        for language, title in page["title"].items():
            body = (DATA / page["file"][language]).read_text("utf-8")
            if county.name != example:
                body = _for_county(body, county.name)
            write_page(slug=page["key"], language=language, title=title, body=body, by=by, at=at)


def _for_county(body: str, name: str) -> str:
    example = read("county.json")
    address, contact, officer = (
        example["address"],
        example["contact"],
        example["data_protection_officer"],
    )
    particulars = [
        (example["name"], name),
        (address["street"], "[Straße, Hausnummer]"),
        (address["postal_code"], "[PLZ]"),
        (address["town"], "[Ort]"),
        (officer["email"], "[E-Mail]"),
        (officer["phone"], "[Telefon]"),
        (officer["name"], "[Name]"),
        (contact["email"], "[E-Mail]"),
        (contact["phone"], "[Telefon]"),
        (contact["fax"], "[Fax]"),
        (contact["website"], "[Internetadresse]"),
        (example["domain"], "[Internetadresse]"),
        (example["representative"]["name"], "[Name]"),
        (example["short_name"], name),
    ]
    for found, replacement in particulars:
        body = body.replace(f"<{found}>", replacement).replace(found, replacement)
    return body
