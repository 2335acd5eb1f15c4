"""One text in one language: German beside it, what changed since, writing, checking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.county.queries import the_county
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.forms.translating import CheckForm, TranslationForm
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations.translating import (
    as_typed,
    check_translation,
    discard_translation,
    write_translation,
)
from richtschnur.strategy.queries import word_changes
from richtschnur.strategy.queries.in_language import state_in_words
from richtschnur.strategy.queries.translating import Place, place_of
from richtschnur.strategy.views.staff.languages import asked_language
from richtschnur.strategy.views.staff.papers import named_edition
from richtschnur.translation.operations import PLAIN
from richtschnur.translation.queries import Told, told_in
from richtschnur.ui.languages import Language


@requires("strategy.translate")
def text(request: Any, slug: str, number: int, language: str, kind: str, key: str) -> HttpResponse:
    """Write, check or discard the translation of one text."""
    edition = named_edition(slug, number)
    spoken = asked_language(edition, language)
    place = place_of(edition, f"{kind}:{key}", spoken.code)
    if place is None:
        raise Http404
    told = told_in([place.source], spoken.code)[place.source.subject]
    acts = {"write": _write, "check": _check, "discard": _discard}
    act = acts.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is not None:
        answer = act(request, edition, spoken, place, told)
        if answer is not None:
            return answer
    return _page(request, edition, spoken, place, told)


def _write(
    request: Any, edition: Edition, spoken: Language, place: Place, told: Told
) -> HttpResponse | None:
    form = _form(request, spoken, place, told)
    if form.is_valid():
        try:
            write_translation(
                source=place.source,
                read=form.cleaned_data["read"],
                language=spoken.code,
                typed=form.cleaned_data["text"],
                caption=form.cleaned_data.get("caption", ""),
                by=actor_of(request),
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The translation is saved. It is not checked yet."))
            following = place.following if "next" in request.POST else place.source.subject
            return _to(edition, spoken, following)
    return _page(request, edition, spoken, place, told, form=form, status=422)


def _check(
    request: Any, edition: Edition, spoken: Language, place: Place, told: Told
) -> HttpResponse | None:
    if told.translation is None or told.is_outdated:
        messages.error(request, _("There is nothing to check: write the translation first."))
        return _to(edition, spoken, place.source.subject)
    form = CheckForm(request.POST, language=spoken)
    if form.is_valid():
        try:
            check_translation(
                held=told.translation,
                version=form.cleaned_data["version"],
                checker=form.cleaned_data["checker"],
                by_group=form.cleaned_data.get("by_group", False),
                by=actor_of(request),
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted as checked. Readers see by whom and when."))
            return _to(edition, spoken, place.following)
    return _page(request, edition, spoken, place, told, check=form, status=422)


def _discard(
    request: Any, edition: Edition, spoken: Language, place: Place, told: Told
) -> HttpResponse | None:
    if told.translation is not None:
        discard_translation(held=told.translation, by=actor_of(request), at=request.at)
        messages.success(request, _("The translation is discarded. Readers see German here."))
    return _to(edition, spoken, place.source.subject)


def _to(edition: Edition, spoken: Language, subject: str) -> HttpResponse:
    """To a text's page, or to the language when there is no further text."""
    keys = [edition.strategy.slug, edition.number, spoken.code]
    if not subject:
        return redirect("strategy:language", *keys)
    return redirect(reverse("strategy:translate", args=[*keys, *subject.split(":", 1)]))


def _form(request: Any, spoken: Language, place: Place, told: Told) -> TranslationForm:
    source, kept = place.source, told.translation
    initial = {
        "read": source.fingerprint,
        "text": as_typed(kept, is_table=source.is_table) if kept else "",
        "caption": kept.caption if kept else "",
    }
    return TranslationForm(
        request.POST if request.POST.get("do") == "write" else None,
        initial=initial,
        language=spoken,
        has_caption=bool(source.caption),
        rows=min(20, 3 + len(source.text) // 70 + source.text.count("\n")),
    )


def _page(
    request: Any,
    edition: Edition,
    spoken: Language,
    place: Place,
    told: Told,
    *,
    form: TranslationForm | None = None,
    check: CheckForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = told.translation
    name = "" if spoken.code == PLAIN else the_county().office
    version = kept.version if kept else ""
    initial = {"version": version, "checker": name}
    context = {
        "edition": edition,
        "language": spoken,
        "place": place,
        "told": told,
        "state": state_in_words(told),
        "german": as_typed(place.source, is_table=place.source.is_table),
        "changes": word_changes(kept.source, place.source.text)
        if kept is not None and told.is_outdated
        else [],
        "form": form or _form(request, spoken, place, told),
        "check": check or CheckForm(initial=initial, language=spoken),
        "paper_language": place.source.language,
    }
    return render(request, "strategy/staff/translate.html", context, status=status)
