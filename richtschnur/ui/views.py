"""Pages that belong to no stage: refusals, errors, colours, theme."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from richtschnur.county import colour
from richtschnur.county.queries import the_county
from richtschnur.ui.context import THEMES


def refusal_page(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """A page with one sentence that says why not, and what to do."""
    return render(request, "ui/refusal.html", {"message": message}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = _(
        "What arrived could not be read, perhaps because it was too much at once. Please go back"
        " with your browser – your text is still there – and shorten or split it."
    )
    return refusal_page(request, message, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = _("Your role does not open this page. Please ask the administration.")
    return refusal_page(request, message, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = _(
        "There is no page at this address. Perhaps it was copied incompletely; please check it, or"
        " start from the front page."
    )
    return refusal_page(request, message, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without the frame, which might be what is broken."""
    message = _(
        "Something went wrong on our side. Nothing that you sent was half stored: please go back"
        " and try once more, or call us."
    )
    return HttpResponse(render_to_string("ui/broken.html", {"message": message}), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of Django's CSRF page."""
    message = _(
        "This page was open for too long, or your browser refuses cookies. Please go back, reload"
        " the page and send again; your text is still there when you go back."
    )
    return refusal_page(request, message, 403)


def colours(request: HttpRequest) -> HttpResponse:
    """The county's accent as a style sheet: inline styles are forbidden by the CSP."""
    accent = the_county().accent
    bright = colour.lightened(accent)
    light = f"--county-accent:{accent};--county-on-accent:#ffffff"
    dark = f"--county-accent:{bright};--county-on-accent:#101418"
    css = (
        f":root,[data-kern-theme=light]{{{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-kern-theme=light]){{{dark}}}}}"
        f"[data-kern-theme=dark]{{{dark}}}"
    )
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


@csrf_exempt  # It stores nothing; with a token every page would set a cookie.
@require_POST
def choose_theme(request: Any) -> HttpResponse:
    """Remember light or dark (or neither) in a cookie, and go back."""
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("richtschnur_theme", theme, max_age=31_536_000, samesite="Lax")
    else:
        response.delete_cookie("richtschnur_theme")
    return response


def coat_of_arms(request: HttpRequest) -> FileResponse:
    """The county's coat of arms as it was given; scripts in it can't run under our policy."""
    image = the_county().coat_of_arms
    if image is None or not image.path.is_file():
        raise Http404
    response = FileResponse(image.path.open("rb"), content_type=image.media_type)
    response["Cache-Control"] = "public, max-age=3600"
    return response


for _view in (colours, choose_theme, coat_of_arms):
    setattr(_view, "act", "public")  # noqa: B010 – the policy's decorator stands above this stage
