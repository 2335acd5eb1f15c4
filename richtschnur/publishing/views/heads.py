"""What stands in the head of public pages for other programs: names, feeds, schema.org."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.county.queries import the_county
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries import Shown
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.languages import language_of
from richtschnur.ui.moments import day_in_words, moment_in_words

MOST_PARTS = 200
DESCRIPTION = 200  # letters


def edition_head(request: HttpRequest, shown: Shown | None) -> str:
    """Fills "edition.head": canonical address, feed, card and schema.org of an edition's page."""
    if shown is None or not shown.edition.is_published:
        return ""
    edition = shown.edition
    slug = edition.strategy.slug
    names = {"n": edition.number, "state": edition.get_state_display()}
    title = f"{edition.title} – {_('Edition %(n)s, %(state)s') % names}"
    context = _card(request, title, published_words(edition)) | {
        "is_article": True,
        "feed": reverse("publishing:paper_feed", args=[slug]),
        "feed_title": edition.strategy.title,
    }
    if shown.page is not None:
        context["title"] = f"{shown.page.title} – {title}"
    if len(shown.passages) == 1:
        context["description"] = shown.passages[0].text[:DESCRIPTION]
    context["data"] = data_block(_about(request, shown))
    return render_to_string("publishing/head/page.html", context)


def published_words(edition: Edition) -> str:
    """On which day an edition was published; "" when it was not."""
    if edition.published_at is None:
        return ""
    return _("Published on %(day)s.") % {"day": day_in_words(edition.published_at)}


def papers_head(request: HttpRequest, title: Any) -> str:
    """Fills "papers.head": pages about all papers, with the feed of all editions."""
    words = _("Strategy papers of the county, every edition word for word, and what changed.")
    context = _card(request, str(title or _("Strategy papers")), words) | {
        "feed": reverse("publishing:feed"),
        "feed_title": _("Strategy papers"),
    }
    return render_to_string("publishing/head/page.html", context)


def consultation_head(request: HttpRequest, consultation: Consultation) -> str:
    """Fills "consultation.head": the card that a link to a consultation shows."""
    until = _("Open until %(end)s") % {"end": moment_in_words(consultation.ends_at)}
    description = " ".join(consultation.introduction.split())[:DESCRIPTION] or until
    context = _card(request, consultation.title, description)
    return render_to_string("publishing/head/page.html", context)


def _card(request: HttpRequest, title: str, description: str) -> dict[str, Any]:
    county = the_county()
    picture = whole_address(request, reverse("ui:coat_of_arms")) if county.coat_of_arms_id else ""
    return {
        "title": title,
        "description": description,
        "address": whole_address(request, request.path),
        "locale": language_of(get_language()).formats,
        "site": county.name,
        "picture": picture,
    }


def data_block(about: dict[str, Any]) -> SafeString:
    """JSON that can stand in a script element: no `<` can end it."""
    text = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    return mark_safe(text)  # noqa: S308 – as said above


def _about(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """schema.org: the edition as a Report, a page of it as a Chapter, a passage as a part."""
    report = _report(request, shown)
    if len(shown.passages) == 1 and shown.page is None:
        part = _passage(request, shown, 0) | {"text": shown.passages[0].text}
        return {"@context": "https://schema.org", **part, "isPartOf": report}
    if shown.page is None:
        parts = _chapters(request, shown)
        return {"@context": "https://schema.org", **report} | ({"hasPart": parts} if parts else {})
    return {
        "@context": "https://schema.org",
        **_chapter(request, shown, shown.page.position, shown.page.title),
        "isPartOf": report,
        "hasPart": [
            _passage(request, shown, i) for i in range(min(len(shown.passages), MOST_PARTS))
        ],
    }


def _report(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    edition, county = shown.edition, the_county()
    address = whole_address(
        request, reverse("strategy:edition", args=[edition.strategy.slug, edition.number])
    )
    found: dict[str, Any] = {
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": edition.title,
        "version": str(edition.number),
        "creativeWorkStatus": str(edition.get_state_display()),
        "inLanguage": edition.strategy.language,
        "publisher": {"@type": "GovernmentOrganization", "name": county.name},
        "isAccessibleForFree": True,
    }
    if edition.published_at:
        found["datePublished"] = edition.published_at.date().isoformat()
    if edition.checksum:
        found["identifier"] = f"sha256:{edition.checksum}"
    return found


def _chapters(request: HttpRequest, shown: Shown) -> list[dict[str, Any]]:
    if shown.contents is None or not shown.contents.is_long:
        return []
    pages = shown.contents.pages[:MOST_PARTS]
    return [_chapter(request, shown, page.position, page.title) for page in pages]


def _chapter(request: HttpRequest, shown: Shown, position: int, title: str) -> dict[str, Any]:
    keys = [shown.edition.strategy.slug, shown.edition.number, position]
    address = whole_address(request, reverse("strategy:section", args=keys))
    return {"@type": "Chapter", "@id": address, "url": address, "name": title}


def _passage(request: HttpRequest, shown: Shown, index: int) -> dict[str, Any]:
    """A passage by its lasting address, which annotations can target in any edition."""
    passage, slug = shown.passages[index], shown.edition.strategy.slug
    lasting = reverse("strategy:identity", args=[slug, passage.identity])
    here = reverse("strategy:passage", args=[slug, shown.edition.number, passage.number])
    return {
        "@type": "CreativeWork",
        "@id": whole_address(request, lasting),
        "url": whole_address(request, here),
        "position": passage.number,
    }
