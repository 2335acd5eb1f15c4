"""A receipt proves: promise at once, proof a second later, and every bent one is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.exports import receipt_of, write_receipt
from richtschnur.contributions.operations import submit_contribution
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.journal import verifier
from richtschnur.journal.export import export_log
from richtschnur.journal.kinds import LeafKind
from richtschnur.journal.log import integrate
from richtschnur.journal.models import Leaf
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["fresh_log"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log")]
TEXT = 'Mehr Kurse – „abends“ bitte!\n\t\\ "so" 👩\u200d👧 é e\u0301 \u2028 </script>'


def address(name: str = "receipt", key: str = "k1") -> str:
    return reverse(f"contributions:{name}", args=[receipt_secret(key)])


def file_of(client: Client) -> dict[str, Any]:
    answer = client.get(address("receipt_file"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    found: dict[str, Any] = json.loads(answer.content)
    return found


def judged(world: World, folder: Path, receipt: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What the verifier says to the exported log and this receipt."""
    file = folder / "receipt.json"
    file.write_text(json.dumps(receipt), "utf-8")
    if not (folder / "log").exists():
        export_log(folder / "log")
    return verifier.verify(str(folder / "log"), receipts=[str(file)], **more)


def test_promise_at_once_and_proof_afterwards(client: Client, world: World, tmp_path: Path) -> None:
    world.contribute(TEXT)
    at_once = file_of(client)
    assert at_once["index"] is None
    assert at_once["promise"]
    integrate(at=world.at)
    later = file_of(client)
    assert later["index"] is not None
    assert later["promise"] == at_once["promise"]
    for receipt in (at_once, later):
        report = judged(world, tmp_path, receipt)
        assert report["ok"], report
        assert report["notes"] == []


def test_a_promise_that_was_not_kept_is_a_fault(
    client: Client, world: World, tmp_path: Path
) -> None:
    world.contribute(key="other")
    integrate(at=world.at)
    export_log(tmp_path / "log")
    world.contribute(key="k1")
    receipt = file_of(client)
    day = world.at.date()
    early = judged(world, tmp_path, receipt, today=day)
    assert early["ok"]
    assert "younger" in early["notes"][0]
    late = judged(world, tmp_path, receipt, today=day + timedelta(days=2))
    assert not late["ok"]
    assert "does not stand in the log" in late["problems"][0]


def _other_words(receipt: dict[str, Any]) -> None:
    receipt["content"]["comments"][0]["text"] += "!"


def _other_leaf(receipt: dict[str, Any]) -> None:
    leaf = json.loads(receipt["leaf"]) | {"day": "2020-01-01"}
    receipt["leaf"] = verifier.canonical(leaf).decode()


BENT: dict[str, Callable[[dict[str, Any]], object]] = {
    "words": _other_words,
    "salt": lambda receipt: receipt.update(salt="00" * 32),
    "commitment": lambda receipt: receipt.update(commitment="00" * 32),
    "leaf": _other_leaf,
    "promise": lambda receipt: receipt.update(promise=receipt["checkpoint"]),
    "index": lambda receipt: receipt.update(index=receipt["index"] + 1),
    "proof": lambda receipt: receipt.update(proof=receipt["proof"][:-1]),
    "checkpoint": lambda receipt: receipt.update(
        checkpoint=receipt["checkpoint"].replace("\n", "\n1", 1)
    ),
    "key": lambda receipt: receipt["log"].update(key="x+00000000+AQ=="),
    "missing": lambda receipt: receipt.pop("promise"),
}


@pytest.mark.parametrize("kind", BENT)
def test_a_bent_receipt_is_found(kind: str, client: Client, world: World, tmp_path: Path) -> None:
    world.contribute(TEXT)
    world.contribute(key="k2")
    integrate(at=world.at)
    receipt = file_of(client)
    assert judged(world, tmp_path, receipt)["ok"]
    BENT[kind](receipt)
    report = judged(world, tmp_path, receipt)
    assert not report["ok"]
    assert len(report["problems"]) == 1


@pytest.mark.parametrize("junk", ["", "[]", "null", "7", '{"log": 1}', "nonsense"])
def test_what_is_no_receipt_is_told(junk: str, world: World, tmp_path: Path) -> None:
    world.contribute()
    integrate(at=world.at)
    export_log(tmp_path / "log")
    (tmp_path / "junk").write_text(junk)
    report = verifier.verify(str(tmp_path / "log"), receipts=[str(tmp_path / "junk")])
    assert not report["ok"]


def test_pages_say_how_it_stands_and_cost_the_same(client: Client, world: World) -> None:
    world.contribute()
    with at_most(13):
        before = client.get(address()).content.decode()
    integrate(at=world.at)
    with at_most(13):
        after = client.get(address()).content.decode()
    assert before != after
    assert address("receipt_pdf") in after
    assert address("receipt_file") in after
    for name in ("receipt", "receipt_file", "receipt_pdf"):
        wrong = reverse(f"contributions:{name}", args=["0" * 48])
        assert client.get(wrong).status_code == 404


def test_the_pdf_holds_what_can_be_typed(world: World, tmp_path: Path) -> None:
    import pypdfium2

    contribution = world.contribute("Mehr Kurse am Abend")
    integrate(at=world.at)
    receipt = receipt_of(contribution)
    assert receipt is not None
    path = tmp_path / "receipt.pdf"
    write_receipt(receipt, path, address="https://x.example/r/1/", at=world.at)
    pages = pypdfium2.PdfDocument(str(path))
    words = "".join(page.get_textpage().get_text_range() for page in pages)
    joined = "".join(words.split())
    for part in (
        "MehrKurseamAbend",
        contribution.number,
        contribution.commitment,
        receipt.leaf.uid,
    ):
        assert part in joined


def test_late_ones_and_nil_returns_are_said_so(world: World) -> None:
    late = submit_contribution(
        consultation=world.consultation,
        comments=[],
        kind="club",
        idempotency_key="nil",
        by=world.officer.actor(date(2026, 12, 1)),
        at=world.consultation.closes_at + timedelta(days=3),
        is_nil_return=True,
        channel="letter",
    ).contribution
    kinds = list(Leaf.objects.filter(subject=late.subject).values_list("kind", flat=True))
    assert kinds == [LeafKind.LATE, LeafKind.ANSWERED, LeafKind.WITHHELD]


def test_a_repeat_has_no_second_leaf(world: World) -> None:
    world.contribute()
    world.contribute()
    assert Leaf.objects.filter(kind=LeafKind.RECEIVED).count() == 1
