"""Which tests run on which database, and what every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import environment

pytest_plugins = ["tests.support.browser", "tests.support.pages"]

WITHOUT_DATABASE = ("tests/analysis/", "tests/ground/", "tests/workshop/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", default="1/1", help="2/3 runs each third test, from the second on")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what another run does, and the full product unless asked for."""
    part, parts = map(int, config.getoption("--part").split("/"))
    kept = [item for item in items if _belongs_here(item)][part - 1 :: parts]
    dropped = [item for item in items if item not in set(kept)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def _belongs_here(item: pytest.Item) -> bool:
    if item.get_closest_marker("full") and not environment.EVERYTHING:
        return False
    needs_browser = item.get_closest_marker("browser")
    if environment.ON_POSTGRESQL:
        return needs_browser is not None or _uses_database(item)
    return needs_browser is None or item.get_closest_marker("both_databases") is not None


def _uses_database(item: pytest.Item) -> bool:
    """Outside of these folders every test runs on both databases, whatever it asks for."""
    fixtures = set(getattr(item, "fixturenames", ()))
    asks = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
    return bool(asks) or not item.nodeid.startswith(WITHOUT_DATABASE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite's test database is a real file: in memory, threads and locks behave otherwise."""
    from django.db import connections

    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = settings.setdefault("OPTIONS", {})
        options["init_command"] = options.get("init_command", "") + "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Scrypt is slow on purpose; what is tested here is not the hash."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that child processes see as RICHTSCHNUR_HOME, with SQLite in it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("RICHTSCHNUR_HOME", str(folder))
    monkeypatch.delenv("RICHTSCHNUR_DATABASE_URL", raising=False)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _rows_may_go_after_a_test() -> None:
    """Emptying the database after a transactional test must pass the guards of sealed rows.

    Django's flush lays them anew through the signal that follows a migration.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    from richtschnur.journal import guards

    empty = TransactionTestCase._fixture_teardown

    def empty_without_guards(self: TransactionTestCase) -> None:
        guards.remove(connections["default"])
        empty(self)

    TransactionTestCase._fixture_teardown = empty_without_guards  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _full_buckets() -> None:
    """All tests send from one address; those of the limits begin with it, too."""
    from richtschnur.ui import limits

    limits.SENDING.forget()


@pytest.fixture(autouse=True)
def _no_language_left_over() -> None:
    """A request leaves its language in force; each test begins in the installation's own."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def in_english() -> Iterator[None]:
    """The words that the code speaks; what is asserted of them needs no catalogue."""
    from django.utils import translation

    with translation.override("en"):
        yield
