"""What `bench pages` fills in fits the tables of today, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from richtschnur.bench.pages_filling import fill, finish
from richtschnur.contributions.models import PublicComment, PublicCount
from richtschnur.evaluation.models import Point
from tests.support.staff import address
from tests.support.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def checks_again() -> Iterator[None]:
    """The fill leaves out looks at foreign keys; the tests after this one want them."""
    yield
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=ON" if is_sqlite else "RESET session_replication_role")


@pytest.mark.usefixtures("checks_again")
def test_its_rows_are_published_comments_with_their_points_and_counts() -> None:
    world = World()
    assert fill(0, 30, 1) == 30
    assert fill(30, 45, 1) == 45
    finish()
    assert PublicComment.objects.count() == Point.objects.count() == 45
    assert PublicCount.objects.exists()
    page = Client().get(address("contributions:published", world.consultation.slug))
    assert len(page.context["page"].rows) == 20
