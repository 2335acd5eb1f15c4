"""What an office proposes in the round becomes the next edition's wording, and it reads so."""

from __future__ import annotations

import pytest

from richtschnur.evaluation.models import Change, Point
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import freeze_edition, publish_edition
from tests.evaluation.answering import REASON, released
from tests.support.clock import SetClock, set_clock
from tests.support.round import Round
from tests.support.staff import address, logged_in
from tests.support.world import NOON

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
PROPOSED = "Absatz 2: Der Kreis zählt 2 Vereine, die Sprachkurse geben."


def test_taken_over_by_the_pages(set_clock: SetClock) -> None:
    set_clock(NOON)
    round_ = Round()
    office = round_.visitor()
    round_.remark(office, PROPOSED, 2)
    round_.send(office)
    point = Point.objects.get()
    response = released(round_.world, point)
    client = logged_in(round_.world.officer)
    slug = round_.consultation.slug
    changes = address("evaluation:changes", slug)
    assert client.get(changes).status_code == 200
    assert client.post(address("evaluation:start", slug)).status_code == 302
    working = Edition.objects.get(state="working", strategy=round_.edition.strategy)
    assert working.predecessor == round_.edition
    passage = round_.edition.passages.get(number=2)
    change = address("evaluation:change", slug, passage.identity)
    page = client.get(change)
    assert PROPOSED in page.content.decode()
    revision = page.context["form"]["revision"].value()
    given = {"text": PROPOSED, "revision": revision, "responses": [response.pk]}
    assert client.post(change, given).status_code == 302
    made = Change.objects.get()
    assert (made.edition, made.identity) == (working, passage.identity)
    assert working.passages.get(identity=passage.identity).text == PROPOSED
    round_.edition.refresh_from_db()
    assert round_.edition.passages.get(number=2).text != PROPOSED
    kept = set(round_.edition.passages.values_list("identity", flat=True))
    assert set(working.passages.values_list("identity", flat=True)) == kept

    working.refresh_from_db()
    frozen = freeze_edition(edition=working, state="for_decision", by=CLI, at=NOON)
    publish_edition(edition=frozen, by=CLI, at=NOON)
    words = office.get(round_.address()).content.decode()
    assert REASON in words
    assert "Sprachkurse" in words
