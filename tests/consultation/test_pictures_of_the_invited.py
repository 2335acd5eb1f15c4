"""Who is invited to an edition sees its pictures; nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.files.operations import store_file
from richtschnur.journal import guards
from richtschnur.strategy.models import Passage
from tests.ground.test_pictures import png
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def _without_guards() -> object:
    from django.db import connection

    guards.remove(connection)
    yield
    guards.install(connection)


@pytest.mark.usefixtures("_without_guards")
def test_pictures_follow_the_invitation(client: Client, tmp_path: Path) -> None:
    world = World(audience="invited")
    path = tmp_path / "x.png"
    path.write_bytes(png())
    stored = store_file(source=path, name="x.png", at=NOON)
    Passage.objects.filter(edition=world.edition, number=1).update(picture=stored, kind="picture")
    world.edition.__class__.objects.filter(pk=world.edition.pk).update(published_at=None)
    address = reverse("strategy:picture", args=[stored.pk])
    assert client.get(address).status_code == 404
    invitation = [world.consultation.slug, world.consultation.key]
    client.get(reverse("consultation:invitation", args=invitation))
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private")
