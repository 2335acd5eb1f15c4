"""Frozen states of the overview: the same for ever, and yet words can be erased from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from richtschnur.cli import main
from richtschnur.contributions.models import Consent, Contribution
from richtschnur.contributions.operations import (
    ask_erasure,
    confirm_erasure,
    hold_comment,
    publish_comment,
)
from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.models import Point, StateRow, SynopsisState
from richtschnur.evaluation.operations import freeze_overview, publish_overview, tag_point
from richtschnur.evaluation.queries import frozen_rows, published_state, state_of
from richtschnur.evaluation.states import FORMATS
from richtschnur.journal import guards
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import REASON, acting, answer, released
from tests.evaluation.checking import checksum_of
from tests.evaluation.test_overview import letters, texts
from tests.support.clock import SetClock, set_clock
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["fresh_log", "set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log", "in_english")]

SAID, OPEN, NAMED = "Öffentlich Beantwortetes.", "Noch Offenes.", "Mit Namen gesagt."
DRAFT = "Nur ein Entwurf."


@pytest.fixture
def world(set_clock: SetClock) -> World:
    made = World()
    set_clock(made.at)
    made.contribute(SAID, OPEN, key="k1")
    made.contribute(NAMED, key="k2", consents=["publish_name"])
    points = list(Point.objects.order_by("pk"))
    released(made, points[0])
    released(made, points[2], "not_responsible", forwarded_to="Stadt Beispiel")
    answer(made, points[1], reason=DRAFT)
    for point in points:
        publish_comment(comment=point.comment, by=acting(made, made.officer), at=made.at)
    return made


def frozen(world: World, **more: object) -> SynopsisState:
    by = acting(world, world.officer)
    return freeze_overview(consultation=world.consultation, by=by, at=world.at, **more)  # type: ignore[arg-type]


def export(world: World, state: SynopsisState, path: Path, public: bool = False) -> str:
    """Its words; the checksum is that of the state."""
    made = export_synopsis(
        world.consultation, path.suffix[1:], path, at=world.at, public=public, state=state
    )
    assert made.sha256 == (state.public_sha256 if public else state.sha256)
    if path.suffix == ".json":
        assert checksum_of(path) == made.sha256
    return letters(texts(path))


def erase(world: World, contribution: Contribution) -> None:
    by = acting(world, world.officer)
    ask_erasure(contribution=contribution, ground="own-wish", by=by, at=world.at)
    confirm_erasure(contribution=contribution, by=acting(world, world.reviewer), at=world.at)


def test_not_by_everyone_and_not_of_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        freeze_overview(
            consultation=world.consultation, by=acting(world, world.department), at=world.at
        )
    Point.objects.all()
    with pytest.raises(Refused, match="no such frozen state"):
        state_of(world.consultation, 1)
    assert not SynopsisState.objects.exists()


def test_nothing_to_freeze() -> None:
    with pytest.raises(Refused, match="nothing to freeze yet"):
        frozen(World())


def test_the_database_keeps_it(world: World) -> None:
    state = frozen(world)
    for rows, change in (
        (StateRow.objects.all(), {"words": ""}),
        (StateRow.objects.all(), {"answer": "{}"}),
        (StateRow.objects.all(), {"words_digest": "0" * 64}),
        (SynopsisState.objects.all(), {"sha256": "0" * 64}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        state.rows.all().delete()


def test_a_changed_row_is_found(world: World, tmp_path: Path) -> None:
    from django.db import connection

    state = frozen(world)
    guards.remove(connection)
    row = state.rows.filter(is_public=False).first()
    assert row is not None
    StateRow.objects.filter(pk=row.pk).update(words=row.words.replace("Öffentlich", "Heimlich"))
    guards.install(connection)
    path = tmp_path / "x.csv"
    with pytest.raises(Refused, match="no longer have its checksum"):
        export_synopsis(world.consultation, "csv", path, at=world.at, state=state)
    assert not path.exists()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("public", [False, True])
def test_the_same_for_ever(world: World, tmp_path: Path, format: str, public: bool) -> None:
    state = frozen(world)
    first = tmp_path / f"a.{format}"
    before = export(world, state, first, public)
    point = Point.objects.order_by("pk")[1]
    released(world, point, reason="Inzwischen entschieden.")
    world.contribute("Zu spät für diesen Stand.", key="k9")
    second = tmp_path / f"b.{format}"
    after = export(world, SynopsisState.objects.get(), second, public)
    assert (before, first.read_bytes()) == (after, second.read_bytes())
    assert (letters(OPEN) in after) == (not public)
    assert letters(SAID) in after
    assert letters("Inzwischen") not in after


def test_private_rows_never_reach_the_public_version(world: World, tmp_path: Path) -> None:
    tag_point(
        point=Point.objects.order_by("pk")[0],
        topics=["Internes Schlagwort"],
        by=acting(world, world.officer),
        at=world.at,
    )
    state = frozen(world)
    assert state.rows.filter(is_public=True).count() == 2
    for format in FORMATS:
        found = export(world, state, tmp_path / f"x.{format}", public=True)
        for secret in (OPEN, DRAFT, "Internes", "post.example"):
            assert letters(secret) not in found
        assert found.count(letters("Erika Beispiel")) == 1
        assert letters(REASON) in found
    shown = frozen(world, shows_topics=True)
    assert letters("Internes") in export(world, shown, tmp_path / "y.docx", public=True)


def test_what_may_be_read_no_more_is_gone_and_the_checksum_holds(
    world: World, tmp_path: Path
) -> None:
    state = frozen(world)
    path = tmp_path / "x.json"
    assert letters(SAID) in export(world, state, path, public=True)
    comment = Point.objects.order_by("pk")[0].comment
    hold_comment(comment=comment, by=acting(world, world.officer), at=world.at)
    Consent.objects.update(revoked_at=world.at)
    found = export(world, state, path, public=True)
    assert letters(SAID) not in found
    assert "Erika" not in found
    assert letters(NAMED) in found
    points = json.loads(path.read_text("utf-8"))["points"]
    assert [sorted(point.get("gone", {})) for point in points] == [["words"], ["name"]]
    assert letters(SAID) in export(world, state, path), "the house's own version stays whole"


@pytest.mark.parametrize("publication", ["not", "anonymised"])
def test_a_later_rule_of_publication_holds(world: World, tmp_path: Path, publication: str) -> None:
    state = frozen(world)
    world.consultation.publication = publication
    world.consultation.save()
    found = export(world, state_of(world.consultation, 1), tmp_path / "x.json", public=True)
    assert "Erika" not in found
    assert (letters(SAID) in found) == (publication == "anonymised")
    assert state.pk


def test_erasure_reaches_frozen_states(world: World, tmp_path: Path) -> None:
    state = frozen(world)
    erase(world, Point.objects.order_by("pk")[0].comment.contribution)
    for public in (False, True):
        found = export(world, state, tmp_path / "x.json", public)
        for words in (SAID, OPEN, DRAFT):
            assert letters(words) not in found
        assert letters(REASON) in found, "what was released is the county's own"
        assert letters(NAMED) in found
    kept = "".join(f"{r.words}{r.name}{r.answer}" for r in state.rows.all())
    assert SAID not in kept
    assert OPEN not in kept
    assert DRAFT not in kept
    made = export_synopsis(world.consultation, "csv", tmp_path / "x.csv", at=world.at, state=state)
    assert (made.rows, made.decided, made.reasoned) == (3, 3, 3), "as it was counted then"


def test_published_and_taken_back(world: World) -> None:
    state = frozen(world, title="  Für den Kreistag ")
    assert (state.number, state.title, published_state(world.consultation)) == (
        1,
        "Für den Kreistag",
        None,
    )
    by = acting(world, world.officer)
    publish_overview(state=state, is_public=True, by=by, at=world.at)
    assert published_state(world.consultation) == state
    second = frozen(world)
    assert (second.number, published_state(world.consultation)) == (2, state)
    publish_overview(state=state, is_public=False, by=by, at=world.at)
    assert published_state(world.consultation) is None
    acts = list(
        JournalEntry.objects.filter(subject=f"overview:{state.pk}").values_list("act", flat=True)
    )
    assert sorted(acts) == [f"evaluation.{a}_overview" for a in ("freeze", "publish", "withdraw")]
    entry = JournalEntry.objects.filter(act="evaluation.freeze_overview").earliest("pk")
    assert (entry.data["sha256"], entry.data["rows"]) == (state.sha256, 3)


def test_constant_queries(world: World) -> None:
    few = frozen(world)
    with at_most(9):
        list(frozen_rows(few, public=True))
    for key in range(12):
        world.contribute("Noch eines.", key=f"more{key}")
        released(world, Point.objects.latest("pk"))
    many = frozen(world)
    with at_most(9):
        assert len(list(frozen_rows(many, public=True))) == 14


def test_the_command(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slug, target = world.consultation.slug, tmp_path / "out.json"
    export = ["synopsis", "export", slug, "--format", "json", "-o", str(target), "--json"]
    for bad in ("7", "x", "9" * 40, "-1"):
        assert main([*export, f"--state={bad}"]) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert main(["synopsis", "freeze", slug, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert main([*export, "--state", str(made["state"])]) == 0
    assert json.loads(capsys.readouterr().out)["sha256"] == made["sha256"]
    assert main([*export, "--state", "1", "--public", "--order", "contributor"]) == 0
    assert json.loads(capsys.readouterr().out)["sha256"] == made["public_sha256"]
