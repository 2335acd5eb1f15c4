"""Whatever is asked or sent, by whomever: an answer for people, never a traceback.

Every address × method × odd argument, then every form of every page with odd words in each field.
Each request is taken back, so that all of them meet the same world. The seed is fixed. SQLite
takes one half of addresses and forms, PostgreSQL the other; `./run test --all` both on both.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from richtschnur.accounts.models import Deputy
from richtschnur.contributions.models import Basket
from richtschnur.contributions.operations import put_comment
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.desk.models import Note
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import release_response, write_response
from richtschnur.journal.actors import CLI
from richtschnur.strategy.operations import start_edition
from richtschnur.ui import clock
from tests.support import environment
from tests.support.survey import survey
from tests.support.world import World

pytestmark = pytest.mark.django_db
SEED = 20261122
HUGE = "9" * 30
METHODS = ("head", "post", "put", "options")
ODD_ARGUMENTS = {
    "int": ("3000000000", HUGE),
    "slug": ("x" * 300,),
    "path": ("../key", f"tile/0/{'x999/' * 12}000", "tile/entries/000.p/999", "tile/63/000"),
    "str": ("%00", "%ff%fe", "ä%F0%9F%92%A9" * 300),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
}
ODD_QUERIES = (
    f"page={HUGE}&office={HUGE}&topic={HUGE}&section={HUGE}&passage={HUGE}&answer={HUGE}",
    "page=-1&q=%00&subject=%00&with=%00&next=%00&into=%00&do=%00&comment=%00&answer=%00",
    "page=%F0%9F%92%A9&q=%ff&subject=%ff&next=//evil.example&view=%C3&with=%C2%B2&passage=%C2%B2",
    "&&==&q[]=1&%00=%00&" + "x" * 4000 + "=1",
    f"with={HUGE}&next=http://[&back=http://[&check&split&public=1&into={HUGE}&do={HUGE}",
)
ODD_WORDS = (
    "\0",
    "a\0b",
    "\x1b[31m\u202e",
    "�",
    HUGE,
    "-1",
    "²",
    "{secret}%(n)s{0}",
    "x" * 20_000,
    "💩" * 300,
    "a\nBcc: victim@example.org",
    "x@" + "y" * 300 + ".de",
    "//evil.example",
)
ODD_DATES = (
    "0001-01-01",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "9999-12-31T23:59-23:59",
    "0001-01-01T00:00+23:59",
    "1.1.0001 0:00",
    "99.99.2026",
    "2026-03-29T02:30",
    "\0",
    HUGE,
)


class Place:
    """A world in which every address leads somewhere."""

    def __init__(self) -> None:
        self.world = world = World()
        contribution = world.contribute("Mehr Busse. Und mehr Kurse.", "Gut so.")
        self.working = start_edition(predecessor=world.edition, by=CLI, at=world.at)
        people = (world.officer, world.reviewer, world.department)
        point = Point.objects.order_by("pk").first()
        assert point is not None
        Point.objects.update(office=world.office)
        self.release(Point.objects.exclude(pk=point.pk).get())
        note = Note.objects.create(text="Ruf an", written_by=world.officer, written_at=world.at)
        deputy = Deputy.objects.create(
            absent=world.officer,
            stands_in=world.reviewer,
            from_on=world.at.date(),
            until_on=world.at.date(),
        )
        put_comment(consultation=world.consultation, secret="basket", text="Ja", at=world.at)
        self.cookie = (f"richtschnur_basket_{world.consultation.pk}", "basket")
        self.people = [None, *people]
        passage = self.working.passages.order_by("position").first()
        assert passage is not None
        self.known = {
            "slug": world.consultation.slug,
            "number": contribution.number,
            "secret": receipt_secret("k1"),
            "key": world.consultation.key,
            "pk": point.pk,
            "identity": passage.identity,
            "passage": 1,
            "index": 0,
            "format": "json",
            "size": "a4",
            "language": "de",
            "position": 0,
            "file": 1,
            "name": "nothing",
            "place": 0,
            "kind": "passage",
            "chart": "topics",
            "decision": "next_revision",
        }
        planned, asking = survey(clock.now() + timedelta(days=9)), survey(clock.now())
        question = planned.questions.first()
        assert question is not None
        self.in_work = {name for name, route, _kinds in routes() if "/work/" in route}
        self.by_name: dict[str, dict[str, Any]] = {
            "accounts:person": {"pk": world.department.pk},
            "accounts:person_password": {"pk": world.department.pk},
            "accounts:deputy_end": {"pk": deputy.pk},
            "accounts:page_edit": {"slug": "imprint"},
            "publishing:page": {"slug": "imprint"},
            "log_file": {"path": "checkpoint"},
            "desk:tick": {"pk": note.pk},
            "strategy:section_edit": {"identity": passage.section.identity},
            "strategy:language": {"language": "uk"},
            "strategy:order_translation": {"language": "uk"},
            "strategy:language_table": {"language": "uk"},
            "strategy:bring_language": {"language": "uk"},
            "strategy:translate": {"language": "uk", "key": passage.identity},
            "consultation:open": {"slug": world.edition.strategy.slug, "number": 2},
            "consultation:questions": {"slug": planned.slug},
            "consultation:question_add": {"slug": planned.slug},
            "consultation:question_change": {"slug": planned.slug, "pk": question.pk},
            "consultation:extend": {"slug": asking.slug},
            "consultation:timetable": {"slug": world.edition.strategy.slug},
            "contributions:comment": {"number": 1},
            "contributions:questions": {"slug": asking.slug},
            "contributions:answers_file": {"slug": asking.slug, "format": "csv"},
            "evaluation:publish-state": {"number": 1},
            "evaluation:published": {"number": 1},
            "evaluation:published-file": {"number": 1},
        }

    def release(self, point: Point) -> None:
        """Answer it, so that there is something to carry out."""
        world = self.world
        about: dict[str, Any] = {"decision": "accepted", "reason": "Gut", "hand_in": True}
        write_response(point=point, author=world.officer, by=CLI, at=world.at, **about)
        release_response(point=point, by=world.reviewer.actor(world.at.date()), at=world.at)

    def arguments(self, name: str) -> dict[str, Any]:
        """What leads to a page that is there."""
        known = dict(self.known)
        if name.startswith("strategy:"):
            number = 2 if name in self.in_work else 1
            known |= {"slug": self.world.edition.strategy.slug, "number": number}
        return known | self.by_name.get(name, {})

    def clients(self) -> Iterator[tuple[str, Client]]:
        """A stranger with a basket, and somebody of each role."""
        for person in self.people:
            client = Client(raise_request_exception=True)
            client.cookies[self.cookie[0]] = self.cookie[1]
            if person is not None:
                client.force_login(person)
            yield (person.role if person else "stranger"), client


def routes() -> list[tuple[str, str, dict[str, str]]]:
    """(name, route with {name} for each argument, kinds of the arguments) of every address."""

    def walk(resolver: URLResolver, path: str, names: str) -> Iterator[Any]:
        for entry in resolver.url_patterns:
            route, kinds = str(entry.pattern), {}
            for name, converter in entry.pattern.converters.items():
                kind = type(converter).__name__.replace("Converter", "").lower()
                kinds[name] = "str" if kind == "string" else kind
                route = route.replace(f"<{kinds[name]}:{name}>", f"{{{name}}}")
            if isinstance(entry, URLPattern):
                yield f"{names}{entry.name}", path + route, kinds
                continue
            space = f"{names}{entry.namespace}:" if entry.namespace else names
            for name, deeper, more in walk(entry, path + route, space):
                yield name, deeper, kinds | more

    with override("en"):
        return list(walk(get_resolver(), "/", ""))


def ask(client: Client, method: str, *path: str, **more: Any) -> Any:
    """One request whose traces are taken back (a logout's, too); what is raised comes back."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        try:
            return getattr(client, method)(*path, **more)
        except Exception as error:  # noqa: BLE001 – any of them is what this test looks for
            return error
        finally:
            transaction.set_rollback(True)
            client.cookies = cookies


def half(things: list[Any]) -> list[Any]:
    """Every second one, the others on the other database; all where everything is asked for."""
    if environment.EVERYTHING:
        return things
    return things[connection.vendor == "postgresql" :: 2]


def fault(answer: Any) -> str:
    if isinstance(answer, Exception):
        return f"{type(answer).__name__}: {str(answer)[:200]}"
    return "" if answer.status_code < 500 else str(answer.status_code)


def test_no_address_breaks_whatever_its_arguments_and_methods() -> None:
    place, chance, faults = Place(), random.Random(SEED), []
    clients = dict(place.clients())
    for name, route, kinds in half(routes()):
        good = {key: place.arguments(name)[key] for key in kinds}
        paths = [route.format(**good)]
        for key, kind in kinds.items():
            paths += [route.format(**good | {key: odd}) for odd in ODD_ARGUMENTS[kind]]
        asked = [("get", paths[0], role) for role in clients]
        asked += [("get", path, "administration") for path in paths[1:]]
        asked += [(method, paths[0], "administration") for method in METHODS]
        queries = chance.sample(ODD_QUERIES, 3) if "work" in route else ODD_QUERIES
        asked += [("get", f"{paths[0]}?{query}", "administration") for query in queries]
        asked += [("post", chance.choice(paths), chance.choice(list(clients)))]
        for method, path, role in asked:
            if said := fault(ask(clients[role], method, path)):
                faults.append(f"{role} {method} {name} {path[:120]}: {said}")
    assert not faults, "\n".join(faults)


class Forms(HTMLParser):
    """The forms of a page: (address, method, values of the fields as they stand there)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self.select = ""
        self.buttons: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.found.append((given.get("action", ""), given.get("method", "get"), {}))
        elif not self.found:
            return
        elif tag == "select":
            self.select = name
            self.found[-1][2].setdefault(name, "")
        elif tag == "option" and self.select and given.get("value"):
            self.found[-1][2][self.select] = self.found[-1][2][self.select] or given["value"]
        elif name and tag in ("input", "button", "textarea"):
            self.buttons |= {name} if tag == "button" else set()
            value = given.get("value") or PLAUSIBLE.get(given.get("type", tag), "Wort")
            self.found[-1][2].setdefault(name, value)


PLAUSIBLE = {
    "date": "2026-12-24",
    "datetime-local": "2026-10-24T12:00",
    "email": "a@example.org",
    "number": "1",
    "checkbox": "on",
}


Sent = tuple[str, str, dict[str, str], dict[str, str]]


def sent_forms(client: Client, place: Place) -> Iterator[Sent]:
    """(page, address to post to, values, values of its buttons) of each form that she sees."""
    seen = set()
    for name, route, kinds in routes():
        path = route.format(**{key: place.arguments(name)[key] for key in kinds})
        for query in ("", "?split=1", "?do=start", "?do=freeze-adopted"):
            page = client.get(path + query)
            if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
                continue
            if getattr(page, "streaming", False):
                continue
            forms = Forms()
            forms.feed(page.content.decode())
            for address, method, values in forms.found:
                key = (address or path, tuple(sorted(values)))
                if method.lower() == "post" and key not in seen:
                    seen.add(key)
                    pressed = {k: v for k, v in values.items() if k in forms.buttons}
                    typed = {k: v for k, v in values.items() if k not in pressed}
                    yield path + query, address or path + query, typed, pressed


@pytest.mark.parametrize(
    "role",
    [
        "stranger",
        "administration",
        pytest.param("reviewer", marks=pytest.mark.full),
        pytest.param("department", marks=pytest.mark.full),
    ],
)
def test_no_form_breaks_whatever_is_typed(role: str) -> None:
    place, chance, faults = Place(), random.Random(SEED), []
    client = dict(place.clients())[role]
    count = 0
    for page, address, values, pressed in half(list(sent_forms(client, place))):
        tries: list[dict[str, Any]] = [values, {}, dict.fromkeys(values, chance.choice(ODD_WORDS))]
        tries += [values | {name: value} for name, value in pressed.items()]
        for field in (*values, *pressed):
            is_date = values.get(field, "")[:2] == "20"
            odd_ones = ODD_DATES if is_date else chance.sample(ODD_WORDS, 1)
            tries += [values | {field: odd} for odd in odd_ones]
            tries.append(values | {field: ["1", HUGE]})
        if "file" in values or "coat_of_arms" in values:
            odd_file = SimpleUploadedFile("../../a\0b.docx" + "x" * 300, b"PK\x03\x04\0\xff")
            tries.append(values | {"file": odd_file, "coat_of_arms": odd_file})
        for data in tries:
            count += 1
            if said := fault(ask(client, "post", address, data=data)):
                faults.append(f"{role} {page} → {address}: {str(data)[:300]}: {said}")
    assert count > 10
    assert not faults, "\n".join(faults)


RAW = (
    ("text=%ff%fe%00&kind=%C3&key=%ff&login=%ff&password=%00", "application/x-www-form-urlencoded"),
    ("text=a", "application/x-www-form-urlencoded; charset=utf-16"),
    ("text=a", "application/x-www-form-urlencoded; charset=nonsense"),
    ("not really", "multipart/form-data; boundary=x"),
    ("not really", "multipart/form-data"),
    (
        '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n',
        "multipart/form-data; boundary=x",
    ),
    ("&".join(f"f{n}=1" for n in range(3000)), "application/x-www-form-urlencoded"),
    ("text=" + "x" * (13 * 1024 * 1024), "application/x-www-form-urlencoded"),
    ("{", "application/json"),
)


@pytest.mark.parametrize("body", range(len(RAW)))
def test_no_body_breaks_a_form(body: int) -> None:
    place = Place()
    raw, kind = RAW[body]
    faults = []
    client = Client()
    for address in ("en/staff/login/", f"en/contribution/{place.known['slug']}/whole/", "ui/theme"):
        about = {"path": f"/{address}", "data": raw.encode("latin-1"), "content_type": kind}
        answer = ask(client, "generic", "POST", **about)
        if said := fault(answer):
            faults.append(f"{address}: {said}")
    assert not faults
    assert Basket.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/de/%ff",
        "/de/\0",
        "//evil.example/",
        "/de/[",
        "/%00",
        "/de//",
        "/de/..;/",
        "/" + "x" * 9000,
    ],
)
def test_no_path_breaks(path: str) -> None:
    for method in METHODS:
        answer = ask(Client(), method, quote(path, safe="/%"))
        assert not fault(answer), (method, path, fault(answer))
        assert answer.status_code in (302, 404, 405, 400), answer.status_code
