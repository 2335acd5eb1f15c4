"""A draft that is looked over: nothing is a paper before it is kept, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.structure import correcting, correcting_elements, leaving_out
from richtschnur.documents.structure.as_data import from_data
from richtschnur.documents.structure.draft import Draft, words_of
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition, Preview, Strategy
from richtschnur.strategy.operations import (
    Correction,
    begin_preview,
    correct_preview,
    drop_preview,
    freeze_edition,
    keep_preview,
    sweep_previews,
    take_back,
)
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db(transaction=True)
DRAFT = """# Integrationskonzept

## Leitlinie 1: Bildung und Sprache

Ziel: Alle Kinder lernen früh Deutsch.

Seite 3 von 9

Maßnahmen: Sprachcafé, Elternabende.

## Wohnen

Seite 3 von 9
"""


@pytest.fixture(autouse=True)
def _home(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def begun(tmp_path: Path, text: str = DRAFT, **more: object) -> Preview:
    path = tmp_path / "entwurf.md"
    path.write_text(text, "utf-8")
    return begin_preview(path=path, by=CLI, at=NOON, **more)  # type: ignore[arg-type]


def draft_of(preview: Preview) -> Draft:
    preview.refresh_from_db()
    return from_data(preview.outline)


def key(preview: Preview, words: str) -> int:
    return next(one.key for one in draft_of(preview).places() if one.text.startswith(words))


def correct(preview: Preview, name: str, make: object, place: int | None = None) -> object:
    given = Correction(name, make, place)  # type: ignore[arg-type]
    return correct_preview(preview=preview, correction=given, by=CLI, at=NOON)[1]


def test_a_draft_is_read_and_is_no_paper(tmp_path: Path) -> None:
    preview = begun(tmp_path)
    assert (Strategy.objects.count(), Edition.objects.count()) == (0, 0)
    assert preview.title == "Integrationskonzept"
    assert (preview.folder / "draft").read_text("utf-8") == DRAFT
    assert len(preview.key) >= 30
    draft = draft_of(preview)
    found = [words_of(place, one) for place in draft.places() for one in place.elements]
    assert {"Bildung und Sprache", "Sprachcafé", "Elternabende"} <= set(found)


def test_what_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        begun(tmp_path, "")
    assert Preview.objects.count() == 0
    assert not (tmp_path / "previews").exists()


def test_a_correction_is_counted_and_taken_back(tmp_path: Path) -> None:
    preview = begun(tmp_path)
    before = preview.outline
    where = key(preview, "Wohnen")
    correct(preview, "to_passage", lambda d: correcting.to_passage(d, where), where)
    where = key(preview, "Seite")
    correct(preview, "leave_out", lambda d: leaving_out.leave_out(d, where, alike=True), where)
    draft = draft_of(preview)
    assert (draft.corrections, len(draft.left_out), preview.revision) == (2, 2, 3)
    assert [step["name"] for step in preview.former] == ["to_passage", "leave_out"]
    with pytest.raises(Refused, match="Another correction"):
        take_back(preview=preview, revision=2, by=CLI, at=NOON)
    preview = take_back(preview=preview, revision=3, by=CLI, at=NOON)
    take_back(preview=preview, revision=4, by=CLI, at=NOON)
    assert json.loads(json.dumps(before)) == Preview.objects.get().outline
    with pytest.raises(Refused, match="no correction"):
        take_back(preview=preview, revision=5, by=CLI, at=NOON)


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    from richtschnur.strategy.queries.preview_places import read_mark

    preview = begun(tmp_path)
    goal, measures = key(preview, "Ziel"), key(preview, "Maßnahmen")
    marks = {one.key: read_mark(one) for one in draft_of(preview).places()}

    def confirmed(place: int) -> Correction:
        def make(draft: Draft) -> None:
            correcting_elements.confirm_place(draft, place)

        return Correction("right", make, place, marks[place])

    for place in (goal, measures):  # neither page has seen the other's correction
        correct_preview(preview=preview, correction=confirmed(place), by=CLI, at=NOON)
    with pytest.raises(Refused) as refused:
        correct_preview(preview=preview, correction=confirmed(goal), by=CLI, at=NOON)
    assert refused.value.code == "stale"
    assert draft_of(preview).corrections == 2


def test_an_impossible_correction_changes_nothing(tmp_path: Path) -> None:
    preview = begun(tmp_path)
    where = key(preview, "Integrationskonzept")
    with pytest.raises(Refused, match="Nothing stands before"):
        correct(preview, "join", lambda d: correcting.join_before(d, where), where)
    with pytest.raises(Refused, match="not there any more"):
        correct(preview, "join", lambda d: None, 999)
    preview.refresh_from_db()
    assert (preview.revision, preview.former) == (1, [])


def test_what_was_corrected_is_kept_and_the_draft_goes(tmp_path: Path) -> None:
    preview = begun(tmp_path)
    where = key(preview, "Maßnahmen")
    correct(preview, "right", lambda d: correcting_elements.confirm_place(d, where), where)
    page = key(preview, "Seite")
    correct(preview, "leave_out", lambda d: leaving_out.leave_out(d, page, alike=True), page)
    doubts = draft_of(preview).doubts
    for index in range(len(doubts)):
        correct(preview, "settle", lambda d, index=index: correcting.settle(d, index))
    edition = keep_preview(preview=preview, title="Neu", into=None, by=CLI, at=NOON)
    assert (edition.title, edition.number, edition.is_working) == ("Neu", 1, True)
    assert edition.source is not None
    assert edition.source.path.read_text("utf-8") == DRAFT
    texts = list(edition.passages.values_list("text", flat=True))
    assert "Seite 3 von 9" not in texts
    sure = dict(edition.elements.values_list("title", "certainty"))
    assert sure["Sprachcafé"] == sure["Elternabende"] == 1.0
    assert sure["Alle Kinder lernen früh Deutsch"] < 1.0
    assert all(doubt["settled"] for doubt in edition.doubts)
    assert not Preview.objects.exists()
    assert list((tmp_path / "previews").iterdir()) == []
    entry = JournalEntry.objects.get(act="strategy.keep_preview")
    assert entry.data["corrections"] == 2 + len(doubts)
    assert (entry.data["left_out"], entry.data["edition"]) == (2, edition.ref)


def test_kept_into_a_paper_it_is_its_next_edition(tmp_path: Path) -> None:
    first = keep_preview(preview=begun(tmp_path), title="A", into=None, by=CLI, at=NOON)
    waiting = begun(tmp_path)
    with pytest.raises(Refused) as refused:
        keep_preview(preview=waiting, title="A", into=first.strategy, by=CLI, at=NOON)
    assert refused.value.code == "working-exists"
    freeze_edition(edition=first, state="circulated", by=CLI, at=NOON)
    second = keep_preview(preview=waiting, title="A", into=first.strategy, by=CLI, at=NOON)
    assert (second.strategy, second.number) == (first.strategy, 2)
    identities = [set(e.passages.values_list("identity", flat=True)) for e in (first, second)]
    assert identities[0] == identities[1]


def test_kept_twice_is_stored_once(tmp_path: Path) -> None:
    preview = begun(tmp_path)
    keep_preview(preview=preview, title="A", into=None, by=CLI, at=NOON)
    again = Preview(pk=1, key=preview.key)
    with pytest.raises(Refused) as refused:
        keep_preview(preview=again, title="A", into=None, by=CLI, at=NOON)
    assert refused.value.code == "not-found"
    assert Edition.objects.count() == 1


def test_a_lost_folder_does_not_lose_the_text(tmp_path: Path) -> None:
    import shutil

    preview = begun(tmp_path)
    shutil.rmtree(preview.folder)
    correct(preview, "title", lambda d: correcting.set_title(d, "Anders"))
    edition = keep_preview(preview=preview, title="", into=None, by=CLI, at=NOON)
    assert (edition.title, edition.source) == ("Anders", None)


def test_the_forgotten_are_swept(tmp_path: Path) -> None:
    old, worked_on = begun(tmp_path), begun(tmp_path)
    stray = tmp_path / "previews" / "stray"
    stray.mkdir()
    given = Correction("title", lambda d: correcting.set_title(d, "x"))
    later = NOON + timedelta(days=20)
    correct_preview(preview=worked_on, correction=given, by=CLI, at=later)
    assert sweep_previews(at=NOON + timedelta(days=29)) == 0
    assert sweep_previews(at=NOON + timedelta(days=31)) == 1
    assert [one.pk for one in Preview.objects.all()] == [worked_on.pk]
    assert not old.folder.exists()
    assert worked_on.folder.exists()


def test_only_who_may_import_may_touch_it(tmp_path: Path) -> None:
    preview = begun(tmp_path)
    by = World().reviewer.actor(NOON.date())
    given = Correction("title", lambda d: correcting.set_title(d, "x"))
    about = {"preview": preview, "by": by, "at": NOON}
    for act, more in (
        (correct_preview, {"correction": given}),
        (take_back, {"revision": 1}),
        (keep_preview, {"title": "x", "into": None}),
        (drop_preview, {}),
    ):
        with pytest.raises(Forbidden):
            act(**about, **more)  # type: ignore[arg-type]


def test_pictures_come_along(tmp_path: Path) -> None:
    from richtschnur.documents.blocks import Picture
    from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
    from richtschnur.documents.structure.as_data import as_data, to_draft

    preview = begun(tmp_path)
    data = {"a" * 64: Picture("image/png", b"png"), "b" * 64: Picture("image/png", b"other")}
    shown = [OutlinePassage("picture", "", 0, "", picture=one) for one in data]
    outline = Outline("T", (OutlineSection("S", "", 1, tuple(shown)),), (), (), data)
    preview.outline = as_data(to_draft(outline))
    preview.save()
    for name, picture in data.items():
        (preview.folder / name).write_bytes(picture.data)
    draft = draft_of(preview)
    first, second = draft.sections[0].passages
    correct(
        preview,
        "alternative",
        lambda d: correcting.set_alternative(d, first.key, "Ein Haus"),
        first.key,
    )
    correct(preview, "leave_out", lambda d: leaving_out.leave_out(d, second.key), second.key)
    edition = keep_preview(preview=preview, title="T", into=None, by=CLI, at=NOON)
    (passage,) = edition.passages.all()
    assert passage.text == "Ein Haus"
    assert passage.picture is not None
    assert passage.picture.path.read_bytes() == b"png"
