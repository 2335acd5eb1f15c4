"""What the frame of every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from richtschnur.county.queries import the_county
from richtschnur.ui.languages import LANGUAGES, language_of
from richtschnur.ui.slots import destinations

THEMES = ("light", "dark")


def frame(request: Any) -> dict[str, Any]:
    """County, languages with the address of this very page, theme and navigation.

    `here` is the tag of the language in force for `lang`, `home` the way to the front page.
    """
    language = language_of(get_language() or settings.LANGUAGE_CODE)
    is_staff_page = getattr(getattr(request, "user", None), "is_authenticated", False)
    return {
        "county": SimpleLazyObject(the_county),
        "here": language.tag,
        "home": f"/{language.code}/",
        "direction": language.direction,
        "public_url": settings.PUBLIC_URL,
        "languages": SimpleLazyObject(lambda: _languages(request, language.code)),
        "theme": request.COOKIES.get("richtschnur_theme", "")
        if request.COOKIES.get("richtschnur_theme") in THEMES
        else "",
        "public_navigation": destinations("public", request),
        "footer_navigation": destinations("footer", request),
        "staff_navigation": destinations("staff", request) if is_staff_page else [],
        "is_staff": is_staff_page,
    }


def _languages(request: Any, here: str) -> list[dict[str, Any]]:
    """Every language with the address of the same page, its query included."""
    return [
        {
            "code": language.code,
            "tag": language.tag,
            "name": language.name,
            "direction": language.direction,
            "url": same_page(request, language.code),
            "current": language.code == here,
        }
        for language in LANGUAGES
    ]


def same_page(request: Any, code: str) -> str:
    """The address of the page that a request is for, in another language.

    A page that does not exist leads to the front page instead.
    """
    match = getattr(request, "resolver_match", None)
    if match is None or not match.url_name:
        return f"/{code}/"
    query = request.META.get("QUERY_STRING", "")
    with override(code):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return f"/{code}/"
    return f"{path}?{query}" if query else path
