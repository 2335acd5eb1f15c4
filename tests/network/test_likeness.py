"""Is it the same? Spelling, legal form, addresses and numbers; and what must stay different."""

from __future__ import annotations

import pytest

from richtschnur.journal.actors import CLI
from richtschnur.network.models import Entry
from richtschnur.network.operations import archive_organization
from richtschnur.network.queries import alike, keys_of, name_key
from richtschnur.network.queries.likeness import legal_form_in, phone_digits, plain, site_of
from tests.network.register import TREFF, keep
from tests.support.world import NOON


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Frauentreff Hagenwerth e. V.", "FRAUENTREFF HAGENWERTH E.V."),
        ("Förderverein Kita Spatzennest e.V.", "Kita Spatzennest Foerderverein"),
        ("Brücke gGmbH", "Bruecke gemeinnützige GmbH"),
        ("Café „Welt“", "Cafe Welt"),
        ("Müller & Söhne GmbH", "Mueller und Soehne"),
        ("Straßenkinder eingetragener Verein", "STRASSENKINDER"),
    ],
)
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sportverein Silberau", "Sportverein Osterwehr"),
        ("Tafel Nord", "Tafel Süd"),
        ("Evangelische Kirche", "Veganer e. V."),
        ("e. V.", "GmbH"),
    ],
)
def test_what_is_different_stays_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_legal_form_is_found_as_a_word_only() -> None:
    assert legal_form_in("Brücke eV") == "e. V."
    assert legal_form_in("Tagwerk gGmbH") == "gGmbH"
    assert legal_form_in("Evelyn Tagung") == ""
    assert legal_form_in("Regal AG") == "AG"


def test_a_hyphen_or_a_blank_in_a_name_still_shares_a_key() -> None:
    split = set(keys_of(Entry(name="Sprach-Café Silberau")))
    assert split & set(keys_of(Entry(name="Sprachcafé Silberau")))


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("+49 30 23125-77", "0302312577"),
        ("0049 (0)30 / 23125 77", "0302312577"),
        ("030 2312577", "0302312577"),
        ("keine", ""),
    ],
)
def test_numbers_are_compared_as_they_are_dialled(number: str, digits: str) -> None:
    assert phone_digits(number) == digits


def test_shared_mailboxes_and_pages_say_nothing() -> None:
    keys = keys_of(Entry(name="A", emails=("a@gmx.de",), websites=("https://facebook.com/",)))
    assert not [key for key in keys if key.startswith("site:")]
    assert site_of("facebook.com/Treff") == "facebook.com/treff"
    assert site_of("https://WWW.Treff.example/x") == "treff.example"
    assert site_of("http://[kaputt") == ""


def test_plain_survives_anything() -> None:
    assert plain("\u202eﬁ  Ⅷ ñ \x00") == "fi viii n"
    assert plain("الجمعية") == "الجمعية"


@pytest.mark.django_db
def test_the_likeliest_comes_first_and_the_archive_is_left_out() -> None:
    keep(Entry(name="Zentrale", websites=("https://frauentreff.example",)))
    treff = keep()
    found = alike([Entry(name="Frauentreff Hagenwerth", emails=("post@frauentreff.example",))])[0]
    assert found[0].organization == treff
    assert "name" in found[0].kinds
    assert len(found) == 2
    archive_organization(organization=treff, by=CLI, at=NOON)
    assert [c.organization.name for c in alike([TREFF])[0]] == ["Zentrale"]


@pytest.mark.django_db
def test_any_number_of_rows_is_compared_with_few_queries(
    django_assert_max_num_queries: object,
) -> None:
    keep()
    rows = [Entry(name=f"Verein {n}") for n in range(100)] + [TREFF]
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        found = alike(rows)
    assert [len(one) for one in found] == [0] * 100 + [1]
