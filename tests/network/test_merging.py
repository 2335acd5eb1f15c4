"""Two become one: everything that refers to the one refers to the other, nothing is lost."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.models import (
    ChangeReport,
    Consent,
    Contact,
    Entry,
    Membership,
    Organization,
    entry_of,
)
from richtschnur.network.operations import (
    Reference,
    ask_to_check,
    keep_body,
    keep_contact,
    keep_membership,
    merge_organizations,
    merging,
    references,
    report_change,
    restore_organization,
)
from richtschnur.network.queries import Verdict, plan_import, said_to_be
from richtschnur.network.queries.tables import TableRow
from tests.network.register import TREFF, keep
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
OTHER = Entry(
    name="Frauen-Treff", towns=("Dornsee",), emails=("alt@treff.example",), short_name="FT"
)


def both() -> tuple[Organization, Organization]:
    kept, gone = keep(), keep(OTHER, listed=["emails"])
    body = keep_body(kind="advisory", name="Beirat", by=CLI, at=NOON)
    person = keep_contact(organization=gone, name="Erika", by=CLI, at=NOON)
    keep_membership(body=body, organization=gone, contact=person, by=CLI, at=NOON)
    report_change(organization=gone, shown=OTHER, entry=OTHER, message="Hallo", at=NOON)
    ask_to_check(organizations=[gone], address="{secret}", by=CLI, at=NOON)
    return kept, gone


def test_everything_moves_and_the_page_says_so_before() -> None:
    world = World()
    kept, gone = both()
    client = logged_in(world.officer)
    choose = client.get(address("network:merge", kept.identity), {"q": "treff"})
    assert "Frauen-Treff" in choose.content.decode()
    page = f"{address('network:merge', kept.identity)}?with={gone.identity}"
    words = client.get(page).content.decode()
    for said in ("1 person", "1 seat", "1 report of a change", "Its consent ends"):
        assert said in words
    assert Organization.objects.get(pk=gone.pk).archived_at is None
    client.post(page, {"name": "theirs"})
    kept.refresh_from_db()
    assert kept.name == "Frauen-Treff"
    entry = entry_of(kept)
    assert entry.towns == ("Hagenwerth", "Silberau", "Dornsee")
    assert entry.short_name == "FT"
    assert "alt@treff.example" in entry.emails
    for model in (Contact, Membership, ChangeReport, Consent):
        assert model.objects.get().organization == kept
    assert kept.listed is None, "what the other one agreed to is not what this one agreed to"
    assert JournalEntry.objects.filter(act="network.merge_organizations").count() == 1
    gone_page = client.get(address("network:organization", gone.identity))
    assert gone_page["Location"] == address("network:organization", kept.identity)
    assert "already" not in client.post(page).content.decode()


def test_rows_of_the_old_name_and_id_are_the_new_organisation() -> None:
    kept, gone = both()
    merge_organizations(kept=kept, gone=gone, entry=TREFF, by=CLI, at=NOON)
    assert said_to_be(["frauen treff e. V."]) == {"frauen treff": kept}
    row = TableRow(2, Entry(name="Irgendwie"), ("name",), str(gone.identity))
    planned = plan_import([row]).rows[0]
    assert (planned.verdict, planned.target) == (Verdict.UPDATE, kept)


def test_what_must_not_be_merged() -> None:
    world = World()
    kept, gone = both()
    with pytest.raises(Refused):
        merge_organizations(kept=kept, gone=kept, entry=TREFF, by=CLI, at=NOON)
    for by in (VISITOR, world.reviewer.actor(NOON.date())):
        with pytest.raises(Forbidden):
            merge_organizations(kept=kept, gone=gone, entry=TREFF, by=by, at=NOON)
    merge_organizations(kept=kept, gone=gone, entry=TREFF, by=CLI, at=NOON)
    with pytest.raises(Refused, match="archive"):
        merge_organizations(kept=kept, gone=gone, entry=TREFF, by=CLI, at=NOON)
    with pytest.raises(Refused, match="merged into another"):
        restore_organization(organization=gone, by=CLI, at=NOON)
    client = logged_in(world.officer)
    assert client.get(address("network:merge", kept.identity), {"with": "x"}).status_code == 404


def test_a_later_stage_follows_in_the_same_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = both()
    moved: list[tuple[int, int]] = []

    def fail(_kept: Organization, _gone: Organization) -> None:
        moved.append((_kept.pk, _gone.pk))
        raise RuntimeError("planted")

    planted = [Reference("later.Thing", "Things", lambda one: 3, fail)]
    monkeypatch.setattr(merging, "_references", planted)
    with pytest.raises(RuntimeError):
        merge_organizations(kept=kept, gone=gone, entry=TREFF, by=CLI, at=NOON)
    assert moved == [(kept.pk, gone.pk)]
    gone.refresh_from_db()
    assert gone.merged_into is None
    assert Contact.objects.get().organization == gone


def unregistered() -> list[str]:
    """Keys of later stages to organisations that no merge would move."""
    known = {reference.model for reference in references()}
    return [
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model is Organization
        and model._meta.app_label != "network"
        and model._meta.label not in known
    ]


def test_every_key_to_an_organisation_is_moved_by_a_merge() -> None:
    assert [label.lower() for label in unregistered()] == []
