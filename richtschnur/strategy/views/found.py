"""What the search page says about an edition."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from richtschnur.search.models import SearchScope
from richtschnur.strategy.states import EditionState


def edition_words(request: Any, scope: SearchScope) -> str:
    """Fills "search.scope": which edition it is, and its state."""
    names = {"n": scope.facts["number"], "state": EditionState(scope.facts["state"]).label}
    return format_html("{}", _("Edition %(n)s, %(state)s") % names)


def edition_link(request: Any, scope: SearchScope) -> str:
    """Fills "search.scope_link"."""
    address = reverse("strategy:edition", args=[scope.family, scope.facts["number"]])
    return format_html(
        '<a class="kern-link" href="{}" lang="{}">{}</a>', address, scope.language, scope.title
    )
