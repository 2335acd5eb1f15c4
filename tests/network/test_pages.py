"""The staff's and the public pages: what is shown to whom, with how many queries."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.network.models import (
    Body,
    Consent,
    Contact,
    Entry,
    Membership,
    Organization,
    entry_of,
)
from richtschnur.network.operations import (
    archive_organization,
    change_organization,
    keep_body,
    keep_contact,
    keep_membership,
    revoke_consent,
)
from richtschnur.network.queries import choices, everybody
from tests.network.register import TREFF, keep, many, table
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db


def given(entry: Entry = TREFF, **more: str | list[str]) -> dict[str, object]:
    """What a browser sends of the entry's form."""
    from richtschnur.network.forms import beginning

    return beginning(entry) | more


@pytest.mark.parametrize("count", [1, 120])
def test_the_lists_keep_their_queries(count: int) -> None:
    world = World()
    many(count, listed=["emails"])
    staff = logged_in(world.officer)
    with at_most(10):
        page = staff.get(address("network:work"), {"q": "verein", "language": "uk"})
    assert page.context["page"].paginator.count == count
    with at_most(8):
        page = Client().get(address("network:list"), {"offer": "sport"})
    assert page.context["page"].paginator.count == count
    with at_most(10):
        staff.get(address("network:round"))


def test_nothing_on_the_list_reads_all_organisations() -> None:
    """What a page of 50 shows is found by keys: a join for the order alone took 60 ms at 10,000."""
    many(3)
    with CaptureQueriesContext(connection) as asked:
        list(everybody()[:2])
        choices()
    prefetched = [q["sql"] for q in asked if 'FROM "network_facet" WHERE' in q["sql"]]
    assert len(prefetched) == 1
    assert not [sql for sql in prefetched if "JOIN" in sql]
    assert not [q["sql"] for q in asked if "DISTINCT" in q["sql"]]


def test_filters_offer_only_what_occurs_and_to_everyone_only_what_is_public() -> None:
    keep(listed=[])
    keep(Entry(name="Anderer", towns=("Zuletzt",), languages=("ti",)))
    archived = keep(Entry(name="Weg", towns=("Archiviert",)))
    archive_organization(organization=archived, by=CLI, at=NOON)

    def values(public: bool, kind: str) -> set[str]:
        return {value for value, _label in choices(public=public)[kind]}

    assert values(False, "towns") == {"Hagenwerth", "Silberau", "Zuletzt"}
    assert values(True, "towns") == {"Hagenwerth", "Silberau"}
    assert values(False, "languages") == {"ar", "de", "ti"}
    assert values(True, "languages") == {"ar", "de"}
    assert values(True, "offers") == {"german", "women"}


@pytest.mark.parametrize("count", [1, 25])
def test_a_detail_keeps_its_queries(count: int) -> None:
    world, treff = World(), keep()
    body = keep_body(kind="advisory", name="Integrationsbeirat", by=CLI, at=NOON)
    for n in range(count):
        person = keep_contact(organization=treff, name=f"Person {n}", by=CLI, at=NOON)
        keep_membership(body=body, organization=treff, contact=person, by=CLI, at=NOON)
        entry = Entry(**{**vars(TREFF), "towns": (f"Ort {n}",)})
        change_organization(organization=treff, entry=entry, by=CLI, at=NOON)
    client = logged_in(world.officer)
    with at_most(18):
        page = client.get(address("network:organization", treff.identity))
    assert f"Person {count - 1}" in page.content.decode()
    with at_most(10):
        client.get(address("network:body", body.pk))


def test_the_list_finds_by_name_offer_town_and_language() -> None:
    world = World()
    keep()
    keep(Entry(name="Sportfreunde Silberau", towns=("Silberau",), languages=("de",)))
    client = logged_in(world.department)

    def found(**query: str) -> list[str]:
        page = client.get(address("network:work"), query)
        assert page.status_code == 200
        return [row.name for row, _entry in page.context["rows"]]

    assert found(q="frauentreff") == ["Frauentreff Hagenwerth e. V."]
    assert found(q="SPRACHKREIS dienstag") == ["Frauentreff Hagenwerth e. V."]
    assert found(q="arabisch") == ["Frauentreff Hagenwerth e. V."]
    assert found(town="Silberau") == ["Frauentreff Hagenwerth e. V.", "Sportfreunde Silberau"]
    assert found(town="Silberau", language="ar") == ["Frauentreff Hagenwerth e. V."]
    assert found(offer="women", kind="club") == ["Frauentreff Hagenwerth e. V."]
    assert found(q="post@frauentreff.example") == [], "ways to it are not searched"
    assert found(q="\x00%_'\"", town="<b>", page="9" * 30) == []


def test_nobody_is_public_until_it_agrees_and_then_only_with_what_it_agreed_to() -> None:
    treff = keep()
    visitor = Client()
    public = address("network:public", treff.identity)
    assert visitor.get(public).status_code == 404
    assert visitor.get(address("network:report_change", treff.identity)).status_code == 404
    assert "Frauentreff" not in visitor.get(address("network:list")).content.decode()
    listed = keep(Entry(**{**vars(TREFF), "name": "Lesekreis"}), listed=["websites"])
    keep_contact(organization=listed, name="Erika Geheim", email="e@x.example", by=CLI, at=NOON)
    for page in (address("network:public", listed.identity), address("network:list")):
        words = visitor.get(page).content.decode()
        assert "Lesekreis" in words
        for hidden in ("post@frauentreff.example", "23125", "Marktgasse", "Geheim", "9–12"):
            assert hidden not in words
    words = visitor.get(address("network:public", listed.identity)).content.decode()
    assert "https://www.frauentreff.example" in words
    form = visitor.get(address("network:report_change", listed.identity)).content.decode()
    assert "post@frauentreff.example" not in form
    revoke_consent(consent=Consent.objects.get(organization=listed), by=CLI, at=NOON)
    assert visitor.get(address("network:public", listed.identity)).status_code == 404


def test_a_department_sees_organisations_but_no_persons() -> None:
    world, treff = World(), keep()
    keep_contact(organization=treff, name="Erika Geheim", by=CLI, at=NOON)
    page = address("network:organization", treff.identity)
    assert "Geheim" in logged_in(world.reviewer).get(page).content.decode()
    words = logged_in(world.department).get(page).content.decode()
    assert "Frauentreff" in words
    assert "Geheim" not in words
    assert (
        logged_in(world.department).get(address("network:edit", treff.identity)).status_code == 403
    )


def test_an_entry_is_added_and_one_that_is_there_is_shown_first() -> None:
    world = World()
    client = logged_in(world.officer)
    answer = client.post(address("network:add"), given())
    assert answer.status_code == 302
    treff = Organization.objects.get()
    assert entry_of(treff) == TREFF
    page = client.post(address("network:add"), given(name="FRAUENTREFF HAGENWERTH"))
    assert "Is it here already?" in page.content.decode()
    assert Organization.objects.count() == 1
    client.post(address("network:add"), given(name="Frauentreff Hagenwerth", anyway="1"))
    assert Organization.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "\x07"),
        ("emails", "keine"),
        ("phones", "12"),
        ("websites", "javascript:alert(1)"),
        ("websites", 'https://x.example/"onclick='),
        ("kind", "resident"),
        ("offers", ["nichts"]),
        ("towns", "x" * 81),
        ("towns", "\n".join(map(str, range(61)))),
    ],
)
def test_bad_input_is_told_beside_its_field(name: str, value: str | list[str]) -> None:
    world, treff = World(), keep()
    client = logged_in(world.officer)
    page = client.post(address("network:edit", treff.identity), given(**{name: value}))
    assert page.status_code == 200
    assert name in page.context["form"].errors
    assert 'id="errors"' in page.content.decode()
    assert entry_of(Organization.objects.get()) == TREFF


def test_two_people_at_one_entry_lose_nothing() -> None:
    world, treff = World(), keep()
    client = logged_in(world.officer)
    edit = address("network:edit", treff.identity)
    seen = client.get(edit).context["seen"]
    other = Entry(**{**vars(TREFF), "hours": ("Mo 8 Uhr",)})
    later = NOON + timedelta(minutes=1)
    change_organization(organization=treff, entry=other, by=CLI, at=later)
    page = client.post(edit, given(towns="Dornsee", seen=seen))
    words = page.content.decode()
    assert "Somebody else has changed" in words
    assert "Mo 8 Uhr" in words
    assert "Dornsee" in words
    assert entry_of(Organization.objects.get()) == other


def test_the_archive_hides_and_gives_back() -> None:
    world, treff = World(), keep(listed=["emails"])
    client = logged_in(world.officer)
    client.post(address("network:archive", treff.identity))
    assert list(client.get(address("network:work")).context["rows"]) == []
    assert len(client.get(address("network:work"), {"archived": "1"}).context["rows"]) == 1
    assert Client().get(address("network:public", treff.identity)).status_code == 404
    client.post(address("network:restore", treff.identity))
    treff.refresh_from_db()
    assert treff.archived_at is None
    assert not treff.is_public, "it must agree anew"


def test_the_history_says_who_changed_what() -> None:
    world, treff = World(), keep()
    client = logged_in(world.officer)
    client.post(address("network:edit", treff.identity), given(towns="Dornsee"))
    words = client.get(address("network:organization", treff.identity)).content.decode()
    assert "an organisation&#x27;s entry was changed: Towns served" in words
    assert "Officer" in words
    assert not [e for e in JournalEntry.objects.all() if "Dornsee" in str(e.data)]


def test_a_person_is_kept_and_erased_apart_from_the_organisation() -> None:
    world, treff = World(), keep()
    client = logged_in(world.officer)
    client.post(
        address("network:contact_add", treff.identity),
        {"name": "Erika", "role": "Vorsitz", "email": "erika@x.example", "phone": ""},
    )
    person = Contact.objects.get()
    body = keep_body(kind="advisory", name="Beirat", by=CLI, at=NOON)
    keep_membership(body=body, organization=treff, contact=person, by=CLI, at=NOON)
    client.post(
        address("network:consent", treff.identity),
        {"purpose": "contact", "contact": str(person.pk), "given_on": "2026-10-01"},
    )
    assert Consent.objects.get().contact == person
    assert client.post(address("network:contact_forget", person.pk)).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.role, person.email, person.phone) == ("", "", "", "")
    assert Consent.objects.get().revoked_at is not None
    assert Membership.objects.get().organization == treff
    words = client.get(address("network:body", body.pk)).content.decode()
    assert "a person (erased)" in words
    assert "Erika" not in words


def test_a_consent_of_tomorrow_is_refused_and_one_of_today_lists() -> None:
    world, treff = World(), keep()
    client = logged_in(world.officer)
    page = address("network:consent", treff.identity)
    tomorrow = {"purpose": "listing", "shows": ["emails"], "given_on": "2999-01-01"}
    assert "given_on" in client.post(page, tomorrow).context["form"].errors
    client.post(page, tomorrow | {"given_on": "2026-01-02"})
    consent = Consent.objects.get()
    assert consent.shows == ["emails"]
    assert "E-mail" in consent.wording
    assert len(consent.wording_sha256) == 64
    client.post(page, tomorrow | {"given_on": "2026-02-02", "shows": ["phones"]})
    treff.refresh_from_db()
    assert treff.listed == ["phones"]
    assert Consent.objects.filter(revoked_at__isnull=True).count() == 1
    client.post(address("network:consent_revoke", Consent.objects.filter(revoked_at=None)[0].pk))
    treff.refresh_from_db()
    assert treff.listed is None


def test_a_seat_is_given_by_name_and_ended() -> None:
    world, treff = World(), keep()
    client = logged_in(world.officer)
    client.post(address("network:body_add"), {"name": "Beirat", "kind": "advisory"})
    assert (
        "name"
        in client.post(address("network:body_add"), {"name": "BEIRAT", "kind": "advisory"})
        .context["form"]
        .errors
    )

    body = Body.objects.get()
    seat = address("network:seat", body.pk)
    assert client.post(seat, {}).context["form"].errors
    assert client.post(seat, {"organization": "gibt es nicht"}).context["form"].errors
    backwards = {"organization": "x", "from_on": "2026-02-01", "until_on": "2026-01-01"}
    assert "until_on" in client.post(seat, backwards).context["form"].errors
    client.post(seat, {"organization": "frauentreff", "person": "Erika", "function": "Vorsitz"})
    given = Membership.objects.get()
    assert given.organization == treff
    assert given.contact is not None
    client.post(address("network:seat_end", given.pk), {"on": "2026-01-01"})
    given.refresh_from_db()
    assert str(given.until_on) == "2026-01-01"
    client.post(address("network:seat_end", given.pk), {"on": "gestern"})


def test_the_import_page_previews_and_then_does_what_was_decided(tmp_path: Path) -> None:
    world, treff = World(), keep()
    client = logged_in(world.officer)
    path = table(
        tmp_path / "vereine.xlsx",
        [
            ["Name", "Ort", "Ansprechpartner"],
            ["Frauentreff Hagenwerth", "Dornsee", "Frau Blum"],
            ["Neuer Verein <b>", "Quellitz"],
            ["", "leer"],
        ],
    )
    upload = io.BytesIO(path.read_bytes())
    upload.name = "vereine.xlsx"
    with at_most(14):
        page = client.post(address("network:import"), {"file": upload})
    words = page.content.decode()
    assert "Neuer Verein &lt;b&gt;" in words
    assert "The name is missing." in words
    assert Organization.objects.count() == 1, "nothing is stored before"
    sent = {
        "rows": page.context["packed"],
        "row_2": str(treff.pk),
        "take_2": ["towns"],
    }
    done = client.post(address("network:import_decide"), sent)
    assert (done.context["report"].imported, done.context["report"].updated) == (1, 1)
    assert "Dornsee" in entry_of(Organization.objects.get(pk=treff.pk)).towns
    again = client.post(address("network:import_decide"), sent, follow=True)
    assert "has just been imported" in again.content.decode()
    assert Organization.objects.count() == 2
    bent = sent | {"rows": sent["rows"][:-4] + "aaaa"}
    assert client.post(address("network:import_decide"), bent).status_code == 302
    assert Organization.objects.count() == 2


def test_an_unreadable_table_is_told(tmp_path: Path) -> None:
    client = logged_in(World().officer)
    for content in (b"", b"\xd0\xcf\x11\xe0old", b"Ort;Telefon\nx;y", b"PK\x03\x04broken"):
        upload = io.BytesIO(content)
        upload.name = "t.csv"
        page = client.post(address("network:import"), {"file": upload})
        assert page.context["form"].errors["file"], content
    assert client.post(address("network:import"), {}).context["form"].errors["file"]


def test_the_export_holds_what_the_list_is_narrowed_to_and_no_person() -> None:
    world, treff = World(), keep()
    keep(Entry(name="Anderer"))
    keep_contact(organization=treff, name="Erika Geheim", by=CLI, at=NOON)
    client = logged_in(world.reviewer)
    answer = client.get(address("network:export", "csv"), {"town": "Silberau"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Frauentreff" in text
    assert "Anderer" not in text
    assert "Geheim" not in text
    assert client.get(address("network:export", "exe")).status_code == 404
    assert logged_in(world.department).get(address("network:export", "csv")).status_code == 403
