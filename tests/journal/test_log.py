"""The public log: leaves with the act, one integrator, checkpoints afterwards, the restore rule."""

from __future__ import annotations

import json
import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from richtschnur.journal import guards, keys, log, tree, verifier
from richtschnur.journal.actors import CLI
from richtschnur.journal.export import export_log
from richtschnur.journal.kinds import LeafKind
from richtschnur.journal.log import check_log, integrate, new_leaf
from richtschnur.journal.models import Checkpoint, Leaf, Tile
from richtschnur.journal.notes import read_secret
from richtschnur.journal.queries import proof_of, published, tile
from richtschnur.journal.refusals import Refused
from tests.support.environment import ON_POSTGRESQL
from tests.support.log import fresh_log
from tests.support.queries import MARKS, at_most
from tests.support.world import NOON, World

__all__ = ["fresh_log"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_log"),
    pytest.mark.usefixtures("in_english"),
]


def add(count: int = 1) -> list[Leaf]:
    with transaction.atomic():
        return [
            new_leaf(kind=LeafKind.CONFIG, commitment="a" * 64, subject=f"x:{n}", by=CLI, at=NOON)
            for n in range(count)
        ]


def everything(folder: Path, **more: object) -> dict[str, object]:
    export_log(folder)
    return verifier.verify(str(folder), **more)  # type: ignore[arg-type]


def test_a_leaf_tells_nothing_but_that_and_when() -> None:
    world = World(audience="internal")
    contribution = world.contribute("Mehr Busse für Hagenwerth!")
    leaf = Leaf.objects.get(kind=LeafKind.RECEIVED)
    said = json.loads(leaf.entry())
    assert set(said) == {"c", "day", "id", "kind", "note", "of", "role", "v"}
    assert (said["day"], said["role"]) == ("2026-11-02", "visitor")
    assert said["c"] == contribution.commitment
    everything_said = b"".join(one.entry() for one in Leaf.objects.all()).decode()
    for secret in ("Busse", "Erika", contribution.number, world.consultation.slug, "internal"):
        assert secret not in everything_said


@pytest.mark.django_db(transaction=True)
def test_a_leaf_outside_its_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError):
        new_leaf(kind=LeafKind.CONFIG, commitment="", subject="x", by=CLI, at=NOON)


def test_the_tree_grows_in_order_and_every_leaf_is_proven(tmp_path: Path) -> None:
    add(3)
    assert integrate(at=NOON) == 3
    add(300)
    assert integrate(at=NOON) == 300
    assert integrate(at=NOON) == 0
    leaves = list(Leaf.objects.order_by("id"))
    assert [leaf.index for leaf in leaves] == list(range(303))
    newest = Checkpoint.objects.order_by("-size")[0]
    assert (newest.size, newest.note) == (303, keys.seen())
    key = verifier.Key(keys.signer().verifier)
    size, root = key.checkpoint(newest.note, "it")
    for leaf in leaves[::50]:
        proof = proof_of(leaf)
        assert proof is not None
        assert leaf.index is not None
        hashed = tree.leaf_hash(leaf.entry())
        assert verifier.included(hashed, leaf.index, size, proof.path) == root
    report = everything(tmp_path / "out")
    assert (report["ok"], report["entries"], report["problems"]) == (True, 303, [])


def test_the_cost_is_that_of_the_new_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Queries and hashed nodes after 5 and after 70,000 entries."""

    def cost() -> tuple[int, int]:
        nodes = []
        really = tree.node_hash
        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as asked:
            patch.setattr(tree, "node_hash", lambda a, b: nodes.append(1) or really(a, b))
            assert integrate(at=NOON) == 5
        return sum(not q["sql"].startswith(MARKS) for q in asked), len(nodes)

    add(5)
    few = cost()
    grown = [tree.leaf_hash(str(n).encode()) for n in range(70_000)]
    made = tree.append(0, grown, lambda _level, _index: b"")
    Tile.objects.all().delete()
    rows = [Tile(level=level, index=at, hashes=data) for (level, at), data in made.items()]
    Tile.objects.bulk_create(rows, batch_size=100)
    guards.remove(connection)
    last = Leaf.objects.order_by("-index")[0]
    Leaf.objects.filter(pk=last.pk).update(index=69_999)
    Checkpoint.objects.all().delete()
    guards.install(connection)
    (keys.folder() / keys.SEEN).unlink()
    add(5)
    many = cost()
    assert many[0] <= few[0] + 4, "a tile more for each level of the tree"
    assert many[1] <= 600, "of 70,000 entries"


def test_nothing_to_do_costs_next_to_nothing() -> None:
    add(2)
    integrate(at=NOON)
    with at_most(5):
        integrate(at=NOON)


def test_a_proof_takes_two_questions() -> None:
    add(600)
    integrate(at=NOON)
    leaf = Leaf.objects.get(index=300)
    with at_most(2):
        assert proof_of(leaf)


def test_the_public_sees_it_once_a_day(settings: pytest.FixtureRequest) -> None:
    add(2)
    integrate(at=NOON)
    first = published()
    assert first is not None
    assert first.size == 2
    add(1)
    integrate(at=NOON + timedelta(hours=9))
    assert published() == first
    assert tile(0, 0, 3, size=first.size) is None
    integrate(at=NOON + timedelta(hours=13))
    newer = published()
    assert newer is not None
    assert newer.size == 3
    settings.LOG = {"publish": "at once"}  # type: ignore[attr-defined]
    add(1)
    integrate(at=NOON + timedelta(hours=13))
    assert getattr(published(), "size", 0) == 4


def test_the_published_counts_are_those_of_the_log() -> None:
    world = World()
    world.contribute(key="a")
    integrate(at=NOON)
    world.contribute(key="b")
    integrate(at=NOON + timedelta(days=1))
    newest = published()
    assert newest is not None
    assert (newest.contributions, newest.answered) == (2, 0)


def test_the_key_is_for_its_owner_only() -> None:
    add()
    integrate(at=NOON)
    path = keys.folder() / keys.KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_secret(path.read_text()) == keys.signer()


def test_a_lost_key_is_not_quietly_made_anew() -> None:
    add()
    integrate(at=NOON)
    (keys.folder() / keys.KEY).unlink()
    keys._known.clear()
    with pytest.raises(Refused, match="key is missing"):
        keys.signer()


def test_a_log_shorter_than_the_last_one_seen_refuses_to_start() -> None:
    add(3)
    integrate(at=NOON)
    check_log()
    guards.remove(connection)
    Leaf.objects.filter(index=2).delete()
    Checkpoint.objects.all().delete()
    guards.install(connection)
    with pytest.raises(Refused) as refusal:
        check_log()
    assert refusal.value.code == "shorter-log"
    assert "3" in str(refusal.value)
    add(1)
    with pytest.raises(Refused):
        integrate(at=NOON)  # what was signed once is never signed otherwise


def test_another_log_of_the_same_length_refuses_too() -> None:
    add(3)
    integrate(at=NOON)
    first = Tile.objects.get(level=0, index=0)
    first.hashes = bytes(first.hashes)[::-1]
    first.save()
    with pytest.raises(Refused) as refusal:
        check_log()
    assert refusal.value.code == "other-log"


def test_a_crash_between_commit_and_signature_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    add(2)

    def crash(note: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keys, "remember", crash)
        with pytest.raises(KeyboardInterrupt):
            integrate(at=NOON)
    assert log.tree_size() == 2
    assert not Checkpoint.objects.exists()
    check_log()
    integrate(at=NOON)
    assert Checkpoint.objects.get().size == 2


def test_a_crash_before_the_commit_leaves_nothing_half(monkeypatch: pytest.MonkeyPatch) -> None:
    add(2)

    def crash(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Tile.objects, "bulk_create", crash)
        with pytest.raises(KeyboardInterrupt):
            integrate(at=NOON)
    assert log.tree_size() == 0
    assert integrate(at=NOON) == 2
    assert log.tree_size() == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_leaf SET commitment = 'x'",
        "UPDATE journal_leaf SET day = '2020-01-01'",
        "UPDATE journal_leaf SET subject = 'x'",
        "DELETE FROM journal_leaf",
        "UPDATE journal_checkpoint SET note = 'x'",
        "DELETE FROM journal_checkpoint",
    ],
)
def test_leaves_and_checkpoints_are_sealed(statement: str) -> None:
    add()
    integrate(at=NOON)
    refused = pytest.raises(DatabaseError, match="sealed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, str]:
    """A log of ten leaves, exported, and the checkpoint that somebody else keeps."""
    add(10)
    integrate(at=NOON)
    seen = tmp_path / "seen"
    seen.write_text(keys.seen(), "utf-8")
    assert everything(tmp_path / "before", seen=[str(seen)])["ok"]
    return tmp_path, str(seen)


BENT = {
    "delete": 'DELETE FROM journal_leaf WHERE "index" = 4',
    "edit": "UPDATE journal_leaf SET role = 'other' WHERE \"index\" = 4",
    "backdate": "UPDATE journal_leaf SET day = '2020-01-01' WHERE \"index\" = 4",
    "swap": "UPDATE journal_leaf SET commitment = '" + "b" * 64 + '\' WHERE "index" = 4',
    "reorder": 'UPDATE journal_leaf SET "index" = 7 - "index" + 100 WHERE "index" IN (3, 4)',
    "fork": "UPDATE journal_leaf SET kind = 'edition' WHERE \"index\" > 4",
}


@pytest.mark.parametrize("kind", BENT)
def test_whoever_has_all_rights_is_found_out(kind: str, kept: tuple[Path, str]) -> None:
    """He drops the guards, bends the rows, and lets the product reckon and sign all anew."""
    folder, seen = kept
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(BENT[kind])
        cursor.execute('UPDATE journal_leaf SET "index" = "index" - 100 WHERE "index" > 100')
        cursor.execute('UPDATE journal_leaf SET "index" = NULL')
        cursor.execute("DELETE FROM journal_tile")
        cursor.execute("DELETE FROM journal_checkpoint")
    (keys.folder() / keys.SEEN).unlink()
    if kind == "reorder":
        _sorted_otherwise()
    guards.install(connection)
    integrate(at=NOON)
    assert everything(folder / "alone")["ok"], "in itself the new log is whole"
    report = everything(folder / "after", seen=[seen])
    assert not report["ok"], kind


def _sorted_otherwise() -> None:
    first, second = Leaf.objects.order_by("id")[3:5]
    Leaf.objects.filter(pk=first.pk).update(id=10**6)
    assert second.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer")
def test_two_integrators_at_once_give_one_log() -> None:
    add(50)
    counts: list[int] = []

    def work() -> None:
        try:
            counts.append(sum(integrate(at=NOON, limit=7) for _turn in range(8)))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 50
    assert sorted(Leaf.objects.values_list("index", flat=True)) == list(range(50))
    check_log()


def test_home_is_the_tests_own() -> None:
    assert "richtschnur-test" in str(settings.HOME) or "pytest" in str(settings.HOME)


def test_a_full_disk_leaves_no_halves(fresh_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker tries again each second: thousands of unfinished files would fill the folder."""
    add(1)
    assert integrate(at=NOON) == 1
    before, last = sorted(fresh_log.iterdir()), keys.seen()
    add(1)

    def is_full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(keys.os, "fsync", is_full)
        for _second in range(3):
            with pytest.raises(OSError, match="No space"):
                integrate(at=NOON)
    assert sorted(fresh_log.iterdir()) == before
    assert keys.seen() == last
    integrate(at=NOON)
    assert keys.seen() != last
