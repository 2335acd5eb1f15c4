"""The log over HTTP: the layout of C2SP tlog-tiles, cacheable, without a session."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import Namespace
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page

from richtschnur.cli import proving
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import clear_words
from richtschnur.journal import keys, verifier
from richtschnur.journal.actors import CLI
from richtschnur.journal.export import export_log
from richtschnur.journal.kinds import LeafKind
from richtschnur.journal.log import integrate, new_leaf
from richtschnur.journal.models import Checkpoint, Leaf
from richtschnur.journal.notes import COSIGNATURE, Signer
from richtschnur.journal.queries import published
from richtschnur.journal.refusals import Refused
from richtschnur.journal.witnesses import take_cosignatures
from tests.evaluation.answering import acting, released, the_point
from tests.support.clock import SetClock, set_clock
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import NOON, World

__all__ = ["fresh_log", "set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log")]


def grown(count: int, at: datetime = NOON) -> None:
    with transaction.atomic():
        for n in range(count):
            new_leaf(kind=LeafKind.CONFIG, commitment="a" * 64, subject=f"x:{n}", by=CLI, at=NOON)
    integrate(at=NOON)


def test_the_files_over_http_are_those_of_the_export(client: Client, tmp_path: Path) -> None:
    grown(300)
    export_log(tmp_path / "out")
    written = sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())
    names = [str(path.relative_to(tmp_path / "out")) for path in written]
    assert {"key", "checkpoint", "checkpoints", "verify.py", "tile/entries/000"} <= set(names)
    assert {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"} <= set(names)
    for path, name in zip(written, names, strict=True):
        answer = client.get(f"/log/{name}")
        if name == "manifest.json":
            assert answer.status_code == 404
            continue
        assert answer.content == path.read_bytes(), name
        assert answer["Cache-Control"].startswith("public, max-age=")
        assert ("immutable" in answer["Cache-Control"]) == name.startswith("tile/")
        assert not answer.cookies
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("key", 1),
        ("verify.py", 0),
        ("checkpoint", 1),
        ("checkpoints", 2),
        ("tile/0/000", 2),
        ("tile/entries/000", 2),
        ("tile/0/001.p/3", 2),
    ],
)
def test_a_file_costs_two_questions(path: str, queries: int, client: Client) -> None:
    grown(260)
    with at_most(queries):
        assert client.get(f"/log/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001",
        "tile/0/001.p/5",
        "tile/1/000.p/2",
        "tile/2/000.p/1",
        "tile/entries/001.p/5",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/03",
        "tile/00/000",
        "tile/0/0",
        "tile/0/x000/000",
        "tile/64/000",
        "tile/entries/000/..",
        "tile/",
        "manifest.json",
        "secret",
    ],
)
def test_what_is_not_there_is_not_found(path: str, client: Client) -> None:
    grown(260)
    assert client.get(f"/log/{path}").status_code == 404


def test_an_empty_log_has_a_key_and_a_page(client: Client) -> None:
    assert client.get("/log/key").status_code == 200
    assert client.get("/log/checkpoint").status_code == 404
    assert client.get("/log/tile/0/000.p/1").status_code == 404
    assert client.get(reverse("publishing:log")).status_code == 200


def test_what_came_today_is_not_there_yet(client: Client) -> None:
    grown(3)
    with transaction.atomic():
        new_leaf(kind=LeafKind.CONFIG, commitment="", subject="x", by=CLI, at=NOON)
    integrate(at=NOON)
    assert Leaf.objects.filter(index=3).exists()
    assert client.get("/log/checkpoint").content.decode().splitlines()[1] == "3"
    assert client.get("/log/tile/0/000.p/4").status_code == 404
    assert client.get("/log/tile/entries/000.p/4").status_code == 404


def test_the_page_says_how_far_it_is(client: Client) -> None:
    grown(7)
    with at_most(4):
        text = client.get(reverse("publishing:log")).content.decode()
    assert keys.signer().verifier in text
    assert "/log/verify.py" in text
    door = client.get("/log/", headers={"accept-language": "en"})
    assert (door.status_code, door["Location"]) == (302, "/en/public-log/")


def test_the_exported_verifier_runs_without_the_product(tmp_path: Path) -> None:
    """With an isolated Python that sees no package of ours."""
    world = World()
    world.contribute()
    released(world, the_point())
    integrate(at=world.at)
    manifest = export_log(tmp_path / "out")
    assert (manifest["contributions"], manifest["answered"], manifest["open"]) == (1, 1, 0)
    call = [sys.executable, "-I", "-S", str(tmp_path / "out" / "verify.py"), str(tmp_path / "out")]
    told = subprocess.run([*call, "--json"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    said = json.loads(told.stdout)
    assert said["ok"] is True
    assert said["problems"] == []
    assert said["answered"] == 1
    (tmp_path / "out" / "tile" / "0" / "000.p").rename(tmp_path / "elsewhere")
    told = subprocess.run([*call, "--json"], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert json.loads(told.stdout)["ok"] is False
    told = subprocess.run([*call[:-1], "nowhere"], capture_output=True, text=True, check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)


def test_answers_and_outcomes_stand_in_the_log() -> None:
    world = World()
    world.contribute("Mehr Busse", "Mehr Kurse")
    first, second = Point.objects.order_by("pk")
    released(world, first)
    assert kinds()[-1] == "decision"
    released(world, second)
    assert kinds()[-3:] == ["decision", "answered", "withheld"]
    by = acting(world, world.officer)
    clear_words(point=first, are_public=True, by=by, at=world.at)
    clear_words(point=first, are_public=True, by=by, at=world.at)
    assert kinds()[-1] == "published"
    clear_words(point=first, are_public=False, by=by, at=world.at)
    assert kinds()[-2:] == ["published", "withheld"]


def kinds() -> list[str]:
    return list(Leaf.objects.order_by("id").values_list("kind", flat=True))


def test_a_consultation_that_is_not_public_shows_no_more_than_another() -> None:
    """What leaks is written in the guide: how many on which day, not where and not what."""
    world = World(audience="internal")
    world.contribute()
    said = [json.loads(leaf.entry()) for leaf in Leaf.objects.all()]
    assert {one["kind"] for one in said} == {"config", "received"}
    assert all(set(one["c"]) <= set("0123456789abcdef") for one in said)
    assert all(one["note"] == "" for one in said)


@dataclass
class Checking:
    """A receipt whose proof goes over more than one tile, and the page that checks it."""

    page: Page
    server: str
    folder: Path
    world: World
    language: str = "de"

    def receipt(self, key: str = "k1") -> dict[str, Any]:
        place = reverse("contributions:receipt_file", args=[receipt_secret(key)])
        found: dict[str, Any] = json.loads(Client().get(place).content)
        return found

    def said(self, receipt: object, witnesses: str = "") -> str:
        """The name of the result that shows; its words must show, too."""
        file = self.folder / "receipt.json"
        file.write_text(json.dumps(receipt), "utf-8")
        with override(self.language):
            self.page.goto(self.server + reverse("publishing:log"))
        self.page.locator("#receipt").set_input_files(file)
        self.page.locator("#witnesses").fill(witnesses)
        self.page.locator("#check button").click()
        result = self.page.locator("#results p:not([hidden])")
        result.wait_for()
        assert len(result.inner_text()) > 30
        return str(result.get_attribute("data-result"))


@pytest.fixture
def checking(page: Page, live_server: Any, set_clock: SetClock, tmp_path: Path) -> Checking:
    world = World(at=timezone.now())  # the browser has a clock of its own
    set_clock(world.at)
    world.contribute('Mehr Kurse – „abends“ 👩\u200d👧\n\\ "x" \u2028')
    grown(255, world.at)
    newest = published()
    assert newest is not None
    assert newest.size > 256, "more than one tile"
    return Checking(page, live_server.url, tmp_path, world)


@pytest.mark.browser
@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_browser_checks_a_receipt(checking: Checking, language: str) -> None:
    checking.language = language
    receipt = checking.receipt()
    assert checking.said(receipt) == "holds"
    page = checking.page
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    bent = json.loads(json.dumps(receipt))
    bent["content"]["comments"][0]["text"] += "!"
    assert checking.said(bent) == "words"
    leaf = receipt["leaf"].replace('"role":"visitor"', '"role":"reviewer"')
    assert leaf != receipt["leaf"]
    assert checking.said(receipt | {"leaf": leaf}) == "signature", "another leaf"
    assert checking.said(receipt | {"promise": receipt["checkpoint"]}) == "signature"
    assert checking.said(receipt | {"proof": receipt["proof"][1:]}) == "signature"
    assert checking.said(receipt | {"proof": receipt["proof"][::-1]}) == "signature"
    assert checking.said(_under_another_key(receipt)) == "other"
    broken = receipt | {"log": {"address": "", "key": receipt["log"]["key"].replace("+A", "+B")}}
    assert checking.said(broken) == "unreadable"
    assert checking.said({"x": 1}) == "unreadable"


@pytest.mark.browser
@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_browser_knows_what_is_too_young(checking: Checking) -> None:
    world = checking.world
    world.contribute(key="k2")
    young = checking.receipt("k2")
    assert checking.said(young) == "young"
    checking.page.clock.set_fixed_time(world.at + timedelta(days=4))
    assert checking.said(young) == "log", "it should be there by now"


@pytest.mark.browser
@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_browser_asks_for_witnesses(checking: Checking, settings: Any) -> None:
    witness = Signer("nachbar.example/witness", bytes(range(32)), COSIGNATURE)
    settings.LOG = {"witnesses": [{"name": "Nachbarkreis", "key": witness.verifier}]}
    receipt, newest = checking.receipt(), published()
    assert newest is not None
    assert checking.said(receipt, witness.verifier) == "witness", "it has signed nothing"
    line = witness.cosign(newest.note, at=checking.world.at)
    take_cosignatures(checkpoint=newest, lines=line, at=checking.world.at)
    assert checking.said(receipt, f"{witness.verifier}\n\n") == "witnessed"
    assert checking.said(receipt, "rubbish") == "key"
    other = Signer(witness.name, bytes(32), COSIGNATURE)
    both = f"{witness.verifier}\n{other.verifier}"
    assert checking.said(receipt, both) == "witness", "one of two"
    bent = witness.cosign(newest.note.replace("\n\n", "\nx\n\n"), at=checking.world.at)
    Checkpoint.objects.filter(pk=newest.pk).update(cosignatures=bent)
    assert checking.said(receipt, witness.verifier) == "witness", "a line of something else"


def _under_another_key(receipt: dict[str, Any]) -> dict[str, Any]:
    """All in itself right: somebody has signed the same with a key of his own."""
    signer = Signer(keys.signer().name, bytes(32))

    def signed(note: str) -> str:
        return signer.sign(note.rpartition("\n\n")[0] + "\n")

    return receipt | {
        "log": receipt["log"] | {"key": signer.verifier},
        "promise": signed(receipt["promise"]),
        "checkpoint": signed(receipt["checkpoint"]),
    }


def test_the_verifier_reads_over_http(live_server: Any, set_clock: SetClock) -> None:
    world = World()
    set_clock(world.at)
    world.contribute()
    integrate(at=world.at)
    report = verifier.verify(f"{live_server.url}/log/")
    assert report["ok"], report
    assert report["contributions"] == 1


@pytest.mark.usefixtures("in_english")
def test_another_county_signs_over_http(
    live_server: Any, set_clock: SetClock, settings: Any, tmp_path: Path
) -> None:
    """The command as its keepers run it: sign what continues, and bring the line."""
    world = World()
    set_clock(world.at)
    world.contribute()
    integrate(at=world.at)
    own = proving.witness(Namespace(place="", key=""))["witness"]
    asked = {"place": f"{live_server.url}/log/", "key": keys.signer().verifier, "bring": True}
    with pytest.raises(Refused, match="must have named us"):
        proving.witness(Namespace(output="", **asked))
    settings.LOG = {"witnesses": [{"name": "Nachbarkreis", "key": own}]}
    told = proving.witness(Namespace(output=str(tmp_path / "signed"), **asked))
    newest = published()
    assert newest is not None
    assert told["entries"] == newest.size
    assert (tmp_path / "signed").read_text("utf-8") == newest.cosigned
    report = verifier.verify(asked["place"], witnesses=[own], today=world.at.date())
    assert (report["problems"], report["notes"]) == ([], [])
    with pytest.raises(Refused, match="can't be read"):
        proving.witness(Namespace(output="", **asked | {"key": ""}))
