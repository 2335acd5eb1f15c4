"""A round of the offices for tests: three of them asked, and their personal addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.accounts.models import Office
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations import Guest, secret_of, start_round
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import keep_outline
from tests.support.world import NOON, World, outline

ADDRESS = "https://rat.example/en/participation/round/{secret}/"


def guests(*offices: Office) -> list[Guest]:
    """Each office with a mailbox of its own."""
    return [Guest(o.name, "Frau Blum", f"{o.short.lower()}@kreis.example", o) for o in offices]


@dataclass
class Round:
    """A world whose second paper goes round: youth office, health office, and a club by letter."""

    paragraphs: int = 3
    second_passage: str = ""
    world: World = field(init=False)
    health: Office = field(init=False)
    edition: Edition = field(init=False)
    consultation: Consultation = field(init=False)

    def __post_init__(self) -> None:
        self.world = World()
        self.health = Office.objects.create(short="GA", name="Gesundheitsamt")
        draft = keep_outline(outline=outline(self.paragraphs), by=CLI, at=NOON)
        if self.second_passage:
            second = draft.passages.order_by("position")[1]
            draft.passages.filter(pk=second.pk).update(text=self.second_passage)
        self.consultation = start_round(
            edition=draft,
            guests=[*guests(self.world.office, self.health), Guest("Kreisjugendring")],
            closes_at=NOON + timedelta(days=14),
            title="Plan in der Abstimmung",
            address=ADDRESS,
            by=CLI,
            at=NOON,
        )
        assert self.consultation.edition is not None
        self.edition = self.consultation.edition

    def invitation(self, name: str = "Jugendamt") -> Invitation:
        return Invitation.objects.get(
            consultation=self.consultation, name=name, withdrawn_at__isnull=True
        )

    def address(self, name: str = "Jugendamt") -> str:
        """The path of the personal address, in English."""
        with override("en"):
            return reverse("consultation:office", args=[secret_of(self.invitation(name))])

    def visitor(self, name: str = "Jugendamt") -> Client:
        """A browser that has opened the personal address."""
        client = Client()
        assert client.get(self.address(name)).status_code == 200
        return client

    def page(self, name: str, *args: object) -> str:
        with override("en"):
            return reverse(name, args=[self.consultation.slug, *args])

    def remark(self, client: Client, text: str, number: int = 1) -> None:
        """Put a remark into this browser's basket."""
        answer = client.post(self.page("contributions:comment", number), {"text": text})
        assert answer.status_code == 302

    def send(self, client: Client, **given: str) -> object:
        """Send what lies in this browser's basket."""
        page = client.get(self.page("contributions:basket"))
        given.setdefault("key", page.context["key"])
        given.setdefault("seen", page.context["seen"])
        return client.post(self.page("contributions:basket"), given)
