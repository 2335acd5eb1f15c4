"""What the frame of every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from richtschnur.county.queries import the_county
from richtschnur.ui.slots import destinations

THEMES = ("light", "dark")


def frame(request: Any) -> dict[str, Any]:
    """County, languages with the address of this very page, theme and navigation."""
    path = request.get_full_path()
    here = get_language() or settings.LANGUAGE_CODE
    is_staff_page = getattr(getattr(request, "user", None), "is_authenticated", False)
    return {
        "county": SimpleLazyObject(the_county),
        "here": here,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [
            {"code": code, "name": name, "url": translate_url(path, code), "current": code == here}
            for code, name in settings.LANGUAGES
        ],
        "theme": request.COOKIES.get("richtschnur_theme", "")
        if request.COOKIES.get("richtschnur_theme") in THEMES
        else "",
        "public_navigation": destinations("public", request),
        "footer_navigation": destinations("footer", request),
        "staff_navigation": destinations("staff", request) if is_staff_page else [],
        "is_staff": is_staff_page,
    }
