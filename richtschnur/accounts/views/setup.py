"""The county's settings and pages, and the journal."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from richtschnur.accounts.forms import CountyForm, PageForm
from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.queries import journal_entries, names_of
from richtschnur.county.models import Page, PageSlug
from richtschnur.county.operations import set_up_county, write_page
from richtschnur.county.queries import the_county
from richtschnur.journal.queries import chain_faults

COUNTY_FIELDS = (
    "name",
    "accent",
    "office",
    "email",
    "phone",
    "address",
    "municipalities",
    "mails_kept_days",
)
ENTRIES_A_PAGE = 50


@requires("county.set_up")
def county(request: Any) -> HttpResponse:
    """Name, colour, coat of arms and contact."""
    present = the_county()
    form = CountyForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={name: getattr(present, name) for name in COUNTY_FIELDS},
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in COUNTY_FIELDS}
        try:
            _set_up(request, values, form.cleaned_data["coat_of_arms"], form.suffix)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. A new colour shows within five minutes."))
            return redirect("accounts:county")
    return render(request, "accounts/staff/county.html", {"form": form})


def _set_up(request: Any, values: dict[str, Any], upload: UploadedFile | None, suffix: str) -> None:
    about: dict[str, Any] = {"by": actor_of(request), "at": request.at} | values
    if upload is None:
        set_up_county(**about)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"coat-of-arms{suffix}"
        path.write_bytes(upload.read())
        set_up_county(coat_of_arms=path, **about)


@requires("county.set_up")
def pages(request: Any) -> HttpResponse:
    """All pages that the county words itself, a language each."""
    written = {(page.slug, page.language): page for page in Page.objects.all()}
    rows = [
        (
            label,
            [(slug, code, name, written.get((slug, code))) for code, name in settings.LANGUAGES],
        )
        for slug, label in PageSlug.choices
    ]
    return render(request, "accounts/staff/pages.html", {"rows": rows})


@requires("county.set_up")
def page_edit(request: Any, slug: str, language: str) -> HttpResponse:
    """Word one page in one language; “Preview” shows it without saving."""
    if slug not in PageSlug.values or language not in dict(settings.LANGUAGES):
        raise Http404
    page = Page.objects.filter(slug=slug, language=language).first()
    title, body = (page.title, page.body) if page else (PageSlug(slug).label, "")
    initial = {"title": title, "body": body}
    form = PageForm(request.POST if request.method == "POST" else None, initial=initial)
    preview = None
    if request.method == "POST" and form.is_valid():
        preview = form.cleaned_data
        if "preview" not in request.POST:
            write_page(slug=slug, language=language, **preview, by=actor_of(request), at=request.at)
            messages.success(request, _("“%(title)s” was saved.") % preview)
            return redirect("accounts:pages")
    context = {
        "form": form,
        "preview": preview,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "label": PageSlug(slug).label,
    }
    return render(request, "accounts/staff/page_edit.html", context)


@requires("journal.read")
def journal(request: Any) -> HttpResponse:
    """All acts, newest first; the chain is checked on request, since it reads every entry."""
    subject = request.GET.get("subject", "").replace("\0", "").strip()[:120]
    paginator = Paginator(journal_entries(subject), ENTRIES_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    entries = list(page.object_list)
    names = names_of(entries)
    for entry in entries:
        entry.who = names.get(entry.actor_id, "")  # type: ignore[attr-defined]
    context = {
        "page": page,
        "entries": entries,
        "subject": subject,
        "query": urlencode({"subject": subject}) + "&" if subject else "",
        "is_checked": "check" in request.GET,
        "faults": chain_faults()[:50] if "check" in request.GET else [],
    }
    return render(request, "accounts/staff/journal.html", context)
