"""Every address × every role: what is not declared stays closed, a role has only its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from richtschnur.accounts.middleware import PolicyMiddleware, public, requires
from richtschnur.accounts.models import User
from richtschnur.accounts.rules import PUBLIC, policy
from richtschnur.accounts.states import Role
from richtschnur.journal.actors import VISITOR
from tests.support.world import World

SAMPLES = {
    "path": "checkpoint",
    "int": "1",
    "slug": "x",
    "str": "x",
    "uuid": "00000000-0000-0000-0000-000000000001",
}
ACTS = {row.act: row for row in policy()}

# Written by hand: what the generated table must never say differently.
CLOSED_TO = {
    "accounts:people": {"reviewer", "department"},
    "accounts:person_add": {"reviewer", "department"},
    "accounts:person_password": {"reviewer", "department"},
    "accounts:county": {"reviewer", "department"},
    "accounts:journal": {"department"},
    "strategy:import": {"reviewer", "department"},
    "strategy:preview": {"reviewer", "department"},
    "strategy:preview_place": {"reviewer", "department"},
    "strategy:preview_keep": {"reviewer", "department"},
    "strategy:preview_picture": {"reviewer", "department"},
    "strategy:recognised": {"reviewer", "department"},
    "strategy:passage_edit": {"reviewer", "department"},
    "strategy:act": {"reviewer", "department"},
    "consultation:open": {"reviewer", "department"},
    "consultation:close": {"reviewer", "department"},
    "contributions:record": {"reviewer", "department"},
    "contributions:inbox": {"department"},
    "contributions:erase": {"department"},
    "evaluation:release": {"administration", "department"},
    "desk:today": set(),
}


def _patterns(resolver: URLResolver, path: str, names: str) -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        full = path + _sample(entry)
        if isinstance(entry, URLResolver):
            name = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from _patterns(entry, full, name)
        else:
            yield full, f"{names}{entry.name}" if entry.name else entry.lookup_str, entry.callback


def _sample(entry: URLPattern | URLResolver) -> str:
    route = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.replace("Converter", "").lower()
        kind = "str" if kind == "string" else kind
        route = route.replace(f"<{kind}:{name}>", SAMPLES[kind])
    assert "<" not in route, f"{route} needs a sample"
    return route


def all_addresses() -> list[tuple[str, str, Any]]:
    with override("en"):
        return list(_patterns(get_resolver(), "/", ""))


ADDRESSES = all_addresses()
NAMES = {name for _path, name, _view in ADDRESSES}


class _Passer:
    """Someone of a role, without a database."""

    is_authenticated = True
    must_change_password = False


def _asks(view: Any, role: str) -> str:
    """ "open", "login" or "closed": what the middleware says to someone of this role."""
    request: Any = HttpRequest()
    request.path = "/"
    request.user = _Passer()
    request.user.is_authenticated = bool(role)
    if role:
        request._actor = type(VISITOR)("user", "1", role, frozenset([role]))
    try:
        answer = PolicyMiddleware(lambda _request: HttpResponse()).process_view(
            request, view, (), {}
        )
    except PermissionDenied:
        return "closed"
    return "login" if answer is not None else "open"


def test_there_are_addresses() -> None:
    assert len(ADDRESSES) > 50
    assert set(CLOSED_TO) <= NAMES


@pytest.mark.parametrize(("path", "name", "view"), ADDRESSES, ids=[a[1] for a in ADDRESSES])
def test_every_view_declares_an_act_and_each_role_has_only_its_rows(
    path: str, name: str, view: Any
) -> None:
    act = getattr(view, "act", None)
    assert act is not None, f"{name} ({path}) names no act"
    assert act == PUBLIC or act in ACTS, f"{name} names the unknown act {act}"
    assert _asks(view, "") == ("open" if act == PUBLIC else "login")
    for role in Role.values:
        allowed = act == PUBLIC or role in ACTS[act].roles
        assert _asks(view, role) == ("open" if allowed else "closed"), (name, role)


@pytest.mark.parametrize("name", sorted(CLOSED_TO))
def test_what_must_stay_closed(name: str) -> None:
    view = next(view for _path, known, view in ADDRESSES if known == name)
    closed = {role for role in Role.values if _asks(view, role) == "closed"}
    assert closed == CLOSED_TO[name]


def test_a_planted_view_without_an_act_is_closed_to_everyone() -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse("secret")

    assert {_asks(forgotten, role) for role in ("", *Role.values)} == {"closed"}
    undeclared = requires("evaluation.nobody_declared_this")(forgotten)
    assert {_asks(undeclared, role) for role in Role.values} == {"closed"}
    assert _asks(public(forgotten), "") == "open"


def test_the_planted_view_is_caught_by_the_table() -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse("secret")

    with pytest.raises(AssertionError, match="names no act"):
        test_every_view_declares_an_act_and_each_role_has_only_its_rows("/x/", "x", forgotten)


@pytest.mark.django_db
def test_through_the_whole_server_strangers_reach_public_pages_only() -> None:
    client = Client()
    for path, name, view in ADDRESSES:
        if getattr(view, "act", None) == PUBLIC:
            continue
        answer = client.get(path)
        assert answer.status_code == 302, (name, path, answer.status_code)
        assert "/login/" in answer["Location"] or "/anmelden/" in answer["Location"], name


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_through_the_whole_server_each_role(role: str) -> None:
    world = World()
    people = {u.role: u for u in (world.officer, world.reviewer, world.department)}
    client = Client()
    client.force_login(people[role])
    for path, name, view in ADDRESSES:
        act = view.act
        if act == PUBLIC:
            continue
        answer = client.get(path)
        if role not in ACTS[act].roles:
            assert answer.status_code == 403, (name, path, answer.status_code)
        else:
            assert answer.status_code in (200, 404, 405, 409), (name, path, answer.status_code)


@pytest.mark.django_db
def test_a_one_time_password_opens_nothing_but_its_change() -> None:
    world = World()
    User.objects.filter(pk=world.officer.pk).update(must_change_password=True)
    client = Client()
    client.force_login(User.objects.get(pk=world.officer.pk))
    for path, name, view in ADDRESSES:
        if view.act == PUBLIC or name == "accounts:password":
            continue
        answer = client.get(path)
        assert answer.status_code in (302, 403), name
