"""Other programs read and submit by the rules of the pages; the document says what is there."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from richtschnur.contributions.api.description import SCHEMAS, described
from richtschnur.contributions.api.urls import urlpatterns
from richtschnur.contributions.models import Comment, Consent, Contribution
from richtschnur.contributions.operations import publish_comment
from richtschnur.ui import limits
from tests.support.clock import SetClock
from tests.support.queries import at_most
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def post(world: World, body: Any, key: str = "", **headers: str) -> Any:
    """Send a body as a program does, with CSRF checks on."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client(enforce_csrf_checks=True).post(
        f"{ROOT}/consultations/{world.consultation.slug}/contributions",
        sent,
        content_type="application/json",
        headers={"Idempotency-Key": key or uuid.uuid4().hex, **headers},
    )


GOOD: dict[str, Any] = {
    "kind": "resident",
    "comments": [{"text": "Mehr Busse, bitte.", "passage": 2}, {"text": "Zum Ganzen: gut."}],
}


def faults(value: Any, schema: dict[str, Any], place: str = "") -> Iterator[str]:
    """What in a value breaks a schema: the part of JSON Schema that our document uses."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from faults(value, SCHEMAS[name], place)
        return
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    fits = any(value is None if k == "null" else isinstance(value, kinds[k]) for k in allowed)
    if not fits:
        yield f"{place}: {value!r} is no {allowed}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{place}.{n} is missing" for n in schema.get("required", ()) if n not in value)
        for name, inside in value.items():
            more = known.get(name) or schema.get("additionalProperties")
            if not more:
                yield f"{place}.{name} is not described"
            else:
                yield from faults(inside, more, f"{place}.{name}")
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from faults(inside, schema["items"], f"{place}[{number}]")


def check(answer: Any, method: str, path: str) -> Any:
    """The answer's content, after it was held against the document."""
    told = described("")["paths"][path][method]["responses"][str(answer.status_code)]
    content = answer.json()
    assert list(faults(content, told["content"]["application/json"]["schema"])) == []
    return content


def test_the_document_is_whole_and_points_at_nothing_missing() -> None:
    document = Client().get(f"{ROOT}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    described_paths = set(document["paths"])
    served = {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(each.pattern)) for each in urlpatterns} - {
        "/openapi.json"
    }
    assert described_paths == served
    text = json.dumps(document)
    for name in re.findall(r'"#/components/schemas/(\w+)"', text):
        assert name in document["components"]["schemas"]
    operations = [op for path in document["paths"].values() for op in path.values()]
    ids = [op["operationId"] for op in operations]
    assert len(ids) == len(set(ids))
    for path, methods in document["paths"].items():
        for operation in methods.values():
            named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
            assert operation["responses"]


def test_a_missing_description_would_be_seen() -> None:
    assert list(faults({"number": 1, "new": 2}, SCHEMAS["Passage"]))


def test_everything_public_is_read(world: World) -> None:
    comment = world.contribute("Bitte mehr Sprachkurse.", key="r").comments.get()
    publish_comment(comment=comment, by=world.officer.actor(NOON.date()), at=NOON)
    client, slug = Client(), world.consultation.slug
    with at_most(2):
        listed = check(client.get(f"{ROOT}/consultations"), "get", "/consultations")
    assert [each["slug"] for each in listed["consultations"]] == [slug]
    one = f"{ROOT}/consultations/{slug}"
    assert check(client.get(one), "get", "/consultations/{slug}")["phase"] == "open"
    path = "/consultations/{slug}/passages"
    with at_most(3):
        found = check(client.get(f"{one}/passages"), "get", path)
    assert [p["number"] for p in found["passages"]] == [1, 2, 3, 4, 5]
    assert check(client.get(f"{one}/passages?after=4"), "get", path)["passages"][0]["number"] == 5
    path = "/consultations/{slug}/comments"
    with at_most(3):
        found = check(client.get(f"{one}/comments"), "get", path)
    assert found["comments"][0]["text"] == "Bitte mehr Sprachkurse."
    assert found["comments"][0]["name"] == ""


def test_what_is_not_public_is_not_there() -> None:
    world = World(audience="internal")
    slug = world.consultation.slug
    client = Client()
    client.force_login(world.officer)
    assert client.get(f"{ROOT}/consultations").json()["consultations"] == []
    for more in ("", "/passages", "/comments"):
        path = "/consultations/{slug}" + more
        check(client.get(f"{ROOT}/consultations/{slug}{more}"), "get", path)
        assert client.get(f"{ROOT}/consultations/{slug}{more}").status_code == 404
    assert post(world, GOOD).status_code == 404


def test_a_contribution_is_sent_and_its_receipt_read(world: World) -> None:
    body = GOOD | {"email": "e@post.example", "name": "Erika", "consents": ["publish_name"]}
    answer = post(world, body)
    told = check(answer, "post", "/consultations/{slug}/contributions")
    assert answer.status_code == 201
    kept = Contribution.objects.get()
    assert (kept.number, kept.channel, kept.language) == (told["number"], "web", "de")
    assert [c.passage and c.passage.number for c in kept.comments.all()] == [2, None]
    assert Consent.objects.get().purpose == "publish_name"
    receipt = check(Client().get(f"{ROOT}/receipts/{told['secret']}"), "get", "/receipts/{secret}")
    assert receipt["commitment"] == kept.commitment
    assert receipt["comments"][0]["publication"] == "held"
    assert Client().get(told["address"].partition("testserver")[2]).status_code == 200
    assert Client().get(f"{ROOT}/receipts/{'0' * 48}").status_code == 404


def test_a_repeat_finds_the_first_and_strangers_open_nothing(world: World) -> None:
    key = uuid.uuid4().hex
    first, again = post(world, GOOD, key), post(world, GOOD, key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = post(world, GOOD | {"name": "Wer anders"}, key)
    assert other.json()["secret"] != first.json()["secret"]
    assert Contribution.objects.count() == 2


WRONG: list[tuple[Any, str]] = [
    (b"", ""),
    (b"\xff\xfe", ""),
    (b"[1]", ""),
    (b'{"kind": NaN}', ""),
    (b"[" * 100_000, ""),
    ({}, "comments"),
    (GOOD | {"comments": []}, "comments"),
    (GOOD | {"comments": "text"}, "comments"),
    (GOOD | {"comments": [{"text": "x"}] * 501}, "comments"),
    (GOOD | {"comments": [{"text": " \n"}]}, "comments.0.text"),
    (GOOD | {"comments": [{"text": 7}]}, "comments.0.text"),
    (GOOD | {"comments": ["x"]}, "comments.0.text"),
    (GOOD | {"comments": [{"text": "a\x00b"}]}, "comments.0.text"),
    (GOOD | {"comments": [{"text": "a\ufffdb"}]}, "comments.0.text"),
    (GOOD | {"comments": [{"text": "a" * 200_001}]}, "comments.0.text"),
    (GOOD | {"comments": [{"text": "x", "passage": 99}]}, "comments.0.passage"),
    (GOOD | {"comments": [{"text": "x", "passage": "1"}]}, "comments.0.passage"),
    (GOOD | {"comments": [{"text": "x", "passage": True}]}, "comments.0.passage"),
    (GOOD | {"comments": [{"text": "x", "passage": 10**30}]}, "comments.0.passage"),
    (GOOD | {"kind": ""}, "kind"),
    (GOOD | {"kind": "king"}, "kind"),
    (GOOD | {"kind": ["resident"]}, "kind"),
    (GOOD | {"name": "n" * 201}, "name"),
    (GOOD | {"email": "no address"}, "email"),
    (GOOD | {"consents": ["contact"]}, "email"),
    (GOOD | {"consents": ["publish_name"]}, "name"),
    (GOOD | {"consents": ["everything"]}, "consents"),
    (GOOD | {"consents": {"contact": True}}, "consents"),
    (GOOD | {"number": "AAAA-BBBB", "is_late": False}, "number"),
]


@pytest.mark.parametrize(("body", "field"), WRONG, ids=range(len(WRONG)))
def test_every_rule_of_the_form_holds(world: World, body: Any, field: str) -> None:
    answer = post(world, body)
    assert answer.status_code == 422
    told = check(answer, "post", "/consultations/{slug}/contributions")
    assert field in told["error"]["fields"]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("key", ["short", "x" * 201, "ключ-ключ-ключ-ключ", ""])
def test_a_key_is_needed(world: World, key: str) -> None:
    answer = Client().post(
        f"{ROOT}/consultations/{world.consultation.slug}/contributions",
        json.dumps(GOOD),
        content_type="application/json",
        headers={"Idempotency-Key": key.encode().decode("latin-1")} if key else {},
    )
    assert answer.status_code == 422


def test_the_deadline_holds_and_a_repeat_is_still_found(world: World, set_clock: SetClock) -> None:
    key = uuid.uuid4().hex
    first = post(world, GOOD, key).json()
    set_clock(NOON + timedelta(days=60))
    late = post(world, GOOD)
    assert check(late, "post", "/consultations/{slug}/contributions")["error"]["code"] == "closed"
    assert late.status_code == 409
    assert post(world, GOOD, key).json() == first


def test_errors_speak_the_language_that_was_asked_for(world: World) -> None:
    german = post(world, GOOD | {"kind": ""}, **{"Accept-Language": "de"}).json()
    english = post(world, GOOD | {"kind": ""}, **{"Accept-Language": "en"}).json()
    assert english["error"]["fields"]["kind"] == ["Please choose who is speaking."]
    assert german["error"]["fields"]["kind"] != english["error"]["fields"]["kind"]


def test_beyond_the_limit_it_asks_again_and_takes_it_then(
    world: World, set_clock: SetClock
) -> None:
    while limits.SENDING.take("127.0.0.1", NOON):
        pass
    key = uuid.uuid4().hex
    slowed = post(world, GOOD, key)
    told = check(slowed, "post", "/consultations/{slug}/contributions")
    assert slowed.status_code == 429
    assert slowed["Retry-After"] == str(limits.WAIT)
    set_clock(NOON + timedelta(seconds=limits.WAIT))
    token = told["error"]["confirmation"]
    assert post(world, GOOD, key, Confirmation=token).status_code == 201
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_told_what_is_taken(world: World, method: str) -> None:
    answer = getattr(Client(), method)(f"{ROOT}/consultations")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    assert (
        Client().get(f"{ROOT}/consultations/{world.consultation.slug}/contributions").status_code
        == 405
    )


def test_sending_keeps_its_queries(world: World) -> None:
    with at_most(12):
        assert post(world, GOOD).status_code == 201
