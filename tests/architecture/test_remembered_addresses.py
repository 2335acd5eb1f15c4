"""An address that was found once is found again, in its language, and secrets are not kept."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.utils.translation import override

from richtschnur.ui import routes
from richtschnur.ui.addresses import path_with
from richtschnur.ui.routes import RememberingResolver


def the_resolver() -> RememberingResolver:
    first = get_resolver().url_patterns[0]
    assert isinstance(first, RememberingResolver)
    first._known = {}
    return first


def test_twice_the_same_and_in_each_language_its_own() -> None:
    known = the_resolver()
    for language in ("de", "en", "ar"):
        with override(language):
            path = reverse("contributions:basket", args=["ein-konzept"])
            first, again = resolve(path), resolve(path)
            assert first.func is again.func
            assert first.kwargs == again.kwargs == {"slug": "ein-konzept"}
            assert first.view_name == again.view_name == "contributions:basket"
    assert len(known._known) == 3
    with override("en"), pytest.raises(Resolver404):
        resolve(reverse_in("de"))


def reverse_in(language: str) -> str:
    with override(language):
        return reverse("contributions:basket", args=["ein-konzept"])


def test_neither_secrets_nor_what_leads_nowhere_nor_too_much_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = the_resolver()
    monkeypatch.setattr(routes, "MOST_KNOWN", 3)
    with override("de"):
        assert resolve(reverse("contributions:receipt", args=["a" * 48])).kwargs["secret"]
        with pytest.raises(Resolver404):
            resolve("/de/nirgends/")
        resolve(reverse("contributions:basket", args=["x" * 300]))
        assert known._known == {}
        for number in range(10):
            resolve(reverse("contributions:basket", args=[f"konzept-{number}"]))
    assert len(known._known) <= 3


def test_a_secret_stands_in_its_address() -> None:
    for language in ("de", "en"):
        with override(language):
            assert path_with("contributions:receipt", "ab" * 24) == reverse(
                "contributions:receipt", args=["ab" * 24]
            )
