"""What every answer carries: policy, cookies only where needed, error pages for people."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.journal.refusals import Refused
from richtschnur.ui.commands import moment
from tests.support.clock import SetClock, set_clock
from tests.support.world import World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def test_reading_sets_no_cookie(client: Client) -> None:
    world = World()
    slug, paper = world.consultation.slug, world.edition.strategy.slug
    pages = [
        reverse("publishing:portal"),
        reverse("consultation:read", args=[slug]),
        reverse("strategy:edition", args=[paper, 1]),
        reverse("strategy:passage", args=[paper, 1, 1]),
        reverse("evaluation:overview", args=[slug]),
        "/healthz",
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert not answer.cookies, page


def test_the_theme_is_chosen_without_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/ui/theme", {"theme": "dark", "back": "https://evil.example/"})
    assert (answer["Location"], answer.cookies["richtschnur_theme"].value) == ("/", "dark")


@pytest.mark.parametrize(
    ("path", "about", "status"),
    [
        ("/de/", {}, 200),
        ("/de/nowhere/", {}, 404),
        ("/de/", {"headers": {"host": "evil.example"}}, 400),
        ("/ui/theme", {}, 405),
        ("/healthz", {}, 200),
    ],
)
def test_every_answer_carries_the_policy(path: str, about: dict[str, object], status: int) -> None:
    answer = Client().get(path, **about)  # type: ignore[arg-type]
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


def test_what_breaks_is_told_without_the_frame_that_may_be_broken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_any: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("richtschnur.publishing.views.public.portal_at", broken)
    monkeypatch.setattr("richtschnur.ui.context.destinations", broken)
    answer = Client(raise_request_exception=False).get("/en/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "planted" not in answer.content.decode()
    assert "Content-Security-Policy" in answer


def test_search_engines_stay_away_from_staff_and_receipts(client: Client) -> None:
    rules = [line.partition(": ")[2] for line in client.get("/robots.txt").text.splitlines()[1:]]
    for language in ("de", "en"):
        with override(language):
            hidden = [
                reverse("accounts:people"),
                reverse("desk:today"),
                reverse("strategy:import"),
                reverse("consultation:manage", args=["x"]),
                reverse("evaluation:queue", args=["x"]),
                reverse("contributions:receipt", args=["abc"]),
            ]
            shown = [
                reverse("publishing:portal"),
                reverse("consultation:read", args=["x"]),
                reverse("strategy:edition", args=["x", 1]),
                reverse("evaluation:overview", args=["x"]),
            ]
        assert [p for p in hidden if not any(rule and p.startswith(rule) for rule in rules)] == []
        assert [p for p in shown if any(rule and p.startswith(rule) for rule in rules)] == []


def test_security_txt_on_a_leap_day(client: Client, set_clock: SetClock) -> None:
    set_clock(datetime(2028, 2, 29, 12, tzinfo=UTC))
    assert "Expires: 2029-02-23" in client.get("/.well-known/security.txt").text


@pytest.mark.parametrize(
    "text", ["0001-01-01", "0001-01-01T00:00", "9999-12-31T23:59-23:59", "1899-12-31T23:59"]
)
def test_a_moment_far_away_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        moment(text)
