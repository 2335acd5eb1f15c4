"""Laws of the river that no import linter sees."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey

from richtschnur.accounts.rules import policy

PACKAGE = Path(__file__).parents[2] / "richtschnur"
RIVER = [
    *("analysis", "documents"),
    *("journal", "files", "mail", "jobs", "county", "ui", "translation"),
    *("accounts", "network", "strategy", "consultation", "contributions", "evaluation"),
    *("desk", "publishing", "config", "demo", "cli"),
]
RANK = {name: rank for rank, name in enumerate(RIVER)}
ADDRESS = re.compile(
    r"""(?:\{%\s*url\s+|reverse(?:_lazy)?\(\s*|redirect\(\s*|resolve_url\(\s*)["'](\w+):"""
)


def addresses_that_point_up(text: str, stage: str) -> list[str]:
    return [found for found in ADDRESS.findall(text) if RANK[found] > RANK[stage]]


def test_addresses_never_point_up() -> None:
    wrong = {}
    for path in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]:
        stage = path.relative_to(PACKAGE).parts[0]
        if stage in RANK and (found := addresses_that_point_up(path.read_text("utf-8"), stage)):
            wrong[str(path.relative_to(PACKAGE))] = found
    assert not wrong


def test_an_address_that_points_up_is_caught() -> None:
    assert addresses_that_point_up("{% url 'evaluation:point' 1 %}", "strategy") == ["evaluation"]
    assert addresses_that_point_up('redirect("desk:today")', "accounts") == ["desk"]


def keys_seen_from_below() -> list[str]:
    seen = []
    for model in apps.get_models():
        if not model.__module__.startswith("richtschnur."):
            continue
        own = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, ForeignKey) or isinstance(target, str) or target is None:
                continue
            crosses = target._meta.app_label != own
            if crosses and not (field.remote_field.related_name or "").endswith("+"):
                seen.append(f"{model.__name__}.{field.name}")
    return seen


def test_no_stage_sees_who_points_at_it() -> None:
    assert keys_seen_from_below() == []


def test_the_web_process_stays_light() -> None:
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'richtschnur.config.settings';"
        "import richtschnur.config.wsgi, richtschnur.config.urls;"
        "print([m for m in ('polars', 'numpy', 'sklearn', 'pandas') if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_every_act_of_the_journal_has_words() -> None:
    from richtschnur.journal.words import named_acts

    said = re.compile(rf'"((?:{"|".join(RIVER)})\.[a-z]+_[a-z_]+)"')
    acts = set()
    for path in PACKAGE.rglob("operations*/**/*.py"):
        acts |= set(said.findall(path.read_text("utf-8")))
    for path in PACKAGE.rglob("operations.py"):
        acts |= set(said.findall(path.read_text("utf-8")))
    rules = {row.act for row in policy()}
    assert acts - rules - named_acts() == set()
