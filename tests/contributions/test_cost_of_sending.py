"""What a submission asks of the database, and how often."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from richtschnur.bench.intake_steps import baskets_in
from richtschnur.contributions.forms.public import SenderForm
from richtschnur.contributions.models import Basket, Contribution
from richtschnur.journal.models import JournalEntry, Leaf
from richtschnur.journal.writing import NEXT
from tests.support.clock import SetClock, set_clock
from tests.support.queries import MARKS
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(set_clock: SetClock) -> None:
    set_clock(NOON)


def send(**said: str) -> tuple[int, list[str]]:
    made = baskets_in(World().consultation)
    client = Client(HTTP_HOST="localhost")
    client.cookies[made["cookie"]] = made["secret"]
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(made["path"], {"key": made["key"], "kind": "resident"} | said)
    return answer.status_code, [q["sql"] for q in asked if not q["sql"].startswith(MARKS)]


def test_eleven_statements_store_a_contribution_with_leaf_entry_and_point() -> None:
    status, asked = send()
    assert status == 303
    assert sum(len(query.split(NEXT)) for query in asked) <= 11
    if connection.vendor == "postgresql":
        assert len(asked) <= 5  # each is one way there and back
    assert Contribution.objects.count() == Leaf.objects.filter(kind="received").count() == 1
    assert JournalEntry.objects.filter(act="contributions.submit_contribution").count() == 1
    assert not Basket.objects.exists()


def test_nothing_is_written_when_the_form_is_not_complete() -> None:
    status, asked = send(kind="")
    assert status == 422
    assert not [query for query in asked if query.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert Basket.objects.exists()


def test_without_anybody_watching_the_same_is_stored() -> None:
    made = baskets_in(World().consultation)
    client = Client(HTTP_HOST="localhost")
    client.cookies[made["cookie"]] = made["secret"]
    assert client.post(made["path"], {"key": made["key"], "kind": "resident"}).status_code == 303
    contribution = Contribution.objects.get()
    comment = contribution.comments.get()
    assert comment.text == "Noch ein Satz."
    assert contribution.sender.name == ""
    leaf = Leaf.objects.get(kind="received")
    assert (leaf.subject, leaf.commitment) == (contribution.subject, contribution.commitment)
    assert not Basket.objects.exists()


@pytest.mark.usefixtures("in_english")
def test_one_form_leaves_no_trace_in_the_next() -> None:
    bad = SenderForm({"kind": "nobody", "email": "x", "contact": "on"}, publishes_names=False)
    assert set(bad.errors) == {"kind", "email"}
    assert "input--error" in str(bad["email"])
    assert "input--error" not in str(bad["name"])
    good = SenderForm({"kind": "resident"}, publishes_names=True)
    assert good.is_valid()
    assert "publish_name" in good.fields
    assert "input--error" not in str(good["email"])
    assert str(good["email"]).count('class="') == 1
    assert "publish_name" not in bad.fields
