"""What no form may store: it says so, keeps what was typed, and leaves the database untouched.

The single rules are tested with their stages; here every form of the product stands in one table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test import Client

from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Point
from tests.journey.office import MEGABYTE, WEB_FORM, Office, everything_stored, office, words
from tests.support.staff import address

__all__ = ["office"]
pytestmark = pytest.mark.django_db
Fill = Callable[["Office"], dict[str, object]]


@dataclass(frozen=True)
class Form:
    """Where one field of one form is sent, by whom, with what beside it."""

    name: str
    who: str
    field: str
    where: Callable[[Office], str]
    beside: Fill = lambda office: {}

    def __str__(self) -> str:
        return f"{self.name}-{self.field}"


def _slug(office: Office) -> str:
    return office.world.consultation.slug


def _passage(office: Office) -> str:
    slug, number = office.working.strategy.slug, office.working.number
    return address("strategy:passage_edit", slug, number, office.passage.identity)


def _as_shown(do: str) -> Fill:
    def fill(office: Office) -> dict[str, object]:
        shown = office.client("officer").get(_passage(office)).context["forms"]["change"].initial
        return {**shown, "do": do}

    return fill


def _point(name: str) -> Callable[[Office], str]:
    return lambda office: address(f"evaluation:{name}", _slug(office), office.point.pk)


def _change(office: Office) -> str:
    return address("evaluation:change", _slug(office), office.passage.identity)


def _opening(office: Office) -> str:
    return address("consultation:open", office.working.strategy.slug, office.working.number)


PERIOD = {
    "title": "Titel",
    "opens_at": "2026-11-03T08:00",
    "closes_at": "2026-12-01T18:00",
    "audience": "public",
    "publication": "anonymised",
}
LETTER = {
    "received_at": "2026-11-02T08:00",
    "channel": "letter",
    "kind": "resident",
    "key": "k",
    "rows": "1",
    "text_0": "Ein Brief.",
}
COUNTY = {"mails_kept_days": "90", "name": "Kreis", "accent": "#00508c"}
PERSON = {"login": "neu", "name": "Neu", "role": "department"}


def _fixed(values: dict[str, str]) -> Fill:
    return lambda office: dict(values)


def _to(name: str, *args: object) -> Callable[[Office], str]:
    return lambda office: address(name, *args)


def _of(name: str, *more: object) -> Callable[[Office], str]:
    return lambda office: address(name, _slug(office), *more)


FORMS = (
    Form("comment", "visitor", "text", _of("contributions:comment", 1)),
    Form("basket", "visitor", "name", _of("contributions:basket"), _fixed({"kind": "resident"})),
    Form("basket", "visitor", "organisation", _of("contributions:basket")),
    Form("record", "officer", "text_0", _of("contributions:record"), _fixed(LETTER)),
    Form("record", "officer", "name", _of("contributions:record"), _fixed(LETTER)),
    Form("note", "officer", "text", _to("desk:write")),
    Form("import", "officer", "title", _to("strategy:import"), _fixed({"language": "de"})),
    Form("passage", "officer", "text", _passage, _as_shown("change")),
    Form("add", "officer", "text", _passage, _as_shown("add")),
    Form("drop", "officer", "reason", _passage, _as_shown("drop")),
    Form("opening", "officer", "title", _opening, _fixed(PERIOD)),
    Form("opening", "officer", "introduction", _opening, _fixed(PERIOD)),
    Form(
        "answer",
        "officer",
        "reason",
        _point("answer"),
        _fixed({"act": "draft", "decision": "accepted", "seen_version": "1"}),
    ),
    Form(
        "answer",
        "officer",
        "forwarded_to",
        _point("answer"),
        _fixed({"act": "draft", "decision": "not_responsible", "seen_version": "1"}),
    ),
    Form("return", "reviewer", "note", _point("return"), _fixed({"version": "1"})),
    Form("topics", "officer", "topics", _point("tag")),
    Form("change", "officer", "text", _change, _fixed({"revision": "0"})),
    Form("county", "officer", "name", _to("accounts:county"), _fixed(COUNTY)),
    Form("county", "officer", "address", _to("accounts:county"), _fixed(COUNTY)),
    Form(
        "page",
        "officer",
        "body",
        _to("accounts:page_edit", "imprint", "de"),
        _fixed({"title": "Impressum"}),
    ),
    Form("person", "officer", "name", _to("accounts:person_add"), _fixed(PERSON)),
    Form("office", "officer", "name", _to("accounts:offices"), _fixed({"short": "XY"})),
)
# Pandoc-sized texts have a limit of their own; two megabytes have none that would take them.
BAD_TEXTS = {
    "null": b"davor \x00 danach",
    "escape": b"davor \x1b[31m danach",
    "latin-1": "davor Straße danach".encode("latin-1"),
    "utf-16": "davor danach".encode("utf-16"),
    "two megabytes": b"davor " + b"x" * (2 * MEGABYTE) + b" danach",
}


def send(client: Client, where: str, beside: dict[str, object], field: str, raw: bytes) -> object:
    """As a browser would, but with these very bytes in one field."""
    body = urlencode({k: v for k, v in beside.items() if k != field})
    body += f"&{field}={quote_from_bytes(raw)}"
    return client.post(where, body, content_type=WEB_FORM)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_what_no_form_may_store(form: Form, office: Office) -> None:
    client, where, beside = office.client(form.who), form.where(office), form.beside(office)
    if form.name == "basket":
        client.post(_of("contributions:comment", 1)(office), {"text": "Im Korb."})
    before = everything_stored()
    for text, raw in BAD_TEXTS.items():
        response = send(client, where, beside, form.field, raw)
        assert response.status_code in (200, 409, 422), text
        page = words(response)
        assert 'id="errors"' in page, text
        assert f'href="#{_id(response, form)}"' in page, f"{text}: the message leads to its field"
        assert text == "utf-16" or "davor " in page, f"{text}: what was typed is still there"
        assert text == "utf-16" or " danach" in page, f"{text}: all that was typed is still there"
    assert everything_stored() == before


def _id(response: object, form: Form) -> str:
    """The field's id, in whichever of the page's forms it stands."""
    context = response.context  # type: ignore[attr-defined]
    for layer in context:
        for one in layer.flatten().values() if hasattr(layer, "flatten") else layer.dicts:
            found = one.values() if isinstance(one, dict) else [one]
            for candidate in found:
                many = candidate.values() if isinstance(candidate, dict) else [candidate]
                for each in many:
                    if getattr(each, "is_bound", False) and form.field in each.errors:
                        return str(each[form.field].id_for_label)
    raise AssertionError(f"no form on the page says what is wrong with {form.field}")


SEARCHES = (
    ("inbox", _of("contributions:inbox"), "q"),
    ("queue", _of("evaluation:queue"), "q"),
    ("queue by topic", _of("evaluation:queue"), "topic"),
    ("queue by section", _of("evaluation:queue"), "section"),
    ("journal", _to("accounts:journal"), "subject"),
    ("page number", _of("contributions:inbox"), "page"),
    ("passage to change", _of("evaluation:choose"), "passage"),
    ("paper to import into", _to("strategy:import"), "into"),
)


NONSENSE = (b"\x00", b"\xff\xfe", b"9" * 400, b"x" * 20_000, b"' OR 1=1 --")


@pytest.mark.parametrize("search", SEARCHES, ids=lambda search: search[0])
def test_a_search_for_nonsense_finds_nothing(
    search: tuple[str, Callable[[Office], str], str], office: Office
) -> None:
    _name, where, field = search
    client = office.client("officer")
    for raw in NONSENSE:
        page = client.get(f"{where(office)}?{field}={quote_from_bytes(raw)}")
        assert page.status_code in (200, 302, 404), raw[:20]


def test_twenty_thousand_characters_come_through_the_whole_line(office: Office) -> None:
    """From the form to the receipt and to the desk, not a character is lost."""
    text = "Ä" * 9_999 + "\n" + "ش" * 10_000
    client = office.client("visitor")
    client.post(_of("contributions:comment", 1)(office), {"text": text})
    basket = _of("contributions:basket")(office)
    key = client.get(basket).context["key"]
    sent = client.post(basket, {"kind": "resident", "key": key})
    assert sent.status_code == 303
    assert Contribution.objects.latest("pk").comments.get().text == text
    assert text in words(client.get(sent["Location"]))
    point = Point.objects.latest("pk")
    page = office.client("officer").get(address("evaluation:point", _slug(office), point.pk))
    assert text in words(page)
