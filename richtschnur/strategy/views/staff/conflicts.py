"""Two people changed one passage: what it was, what the other wrote, what I wrote, and a merge."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from richtschnur.documents.merging import merge
from richtschnur.documents.notation import from_notation
from richtschnur.strategy.forms import ChangeForm
from richtschnur.strategy.models import Passage
from richtschnur.strategy.operations import notation_of
from richtschnur.strategy.queries import word_changes
from richtschnur.strategy.queries.editing import last_change


def page(request: Any, passage: Passage, mine: str, base: str, *, status: int) -> HttpResponse:
    """Three texts side by side and one to save; the next save counts on the present words."""
    theirs = notation_of(passage)
    base = base.replace("\r\n", "\n")
    mine = mine.replace("\r\n", "\n")
    merged = merge(base, mine, theirs)
    was, my_words, their_words = (from_notation(text)[0] for text in (base, mine, theirs))
    proposed = merged.text if merged.is_clean else mine
    context = {
        "edition": passage.edition,
        "passage": passage,
        "merged": merged,
        "mine": mine,
        "base": from_notation(base),
        "mine_marked": from_notation(mine),
        "theirs_changes": word_changes(was, their_words),
        "mine_changes": word_changes(was, my_words),
        "changer": last_change(passage),
        "form": ChangeForm(
            passage=passage, initial={"text": proposed, "base": theirs}, auto_id="change_%s"
        ),
        "theirs": theirs,
        "paper_language": passage.edition.strategy.language,
    }
    return render(request, "strategy/staff/conflict.html", context, status=status)
