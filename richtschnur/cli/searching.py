"""`search rebuild`: the whole index anew, for instance after an update changed the words' rules."""

from __future__ import annotations

import argparse
from typing import Any

from django.db import transaction

from richtschnur.contributions.operations import index_published
from richtschnur.search.models import SearchDocument
from richtschnur.search.operations import forget_everything
from richtschnur.strategy.operations import index_stale
from richtschnur.ui.commands import Command


def rebuild(args: argparse.Namespace) -> dict[str, Any]:
    """Forget the index and build it from what the stages hold."""
    with transaction.atomic():
        forget_everything()
        editions, comments = index_stale(), index_published()
    return {"editions": editions, "comments": comments, "documents": SearchDocument.objects.count()}


def _say(result: dict[str, Any]) -> str:
    found = f"{result['editions']} editions, {result['comments']} published comments"
    return f"{found}, {result['documents']} places to find"


COMMANDS: list[Command] = [
    Command("search rebuild", "build the index of the search anew", rebuild, say=_say)
]
