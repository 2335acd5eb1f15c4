"""What other programs ask for: feeds of editions, the map of the site."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.county.queries import the_county
from richtschnur.publishing.queries import latest_editions, mapped_addresses
from richtschnur.publishing.views.heads import published_words
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.languages import language_of


@public
def editions(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The latest published editions of all papers, or of one, as an Atom feed."""
    paper = get_object_or_404(_published_papers(), slug=slug) if slug else None
    county = the_county()
    title = paper.title if paper else _("Strategy papers")
    feed = feedgenerator.Atom1Feed(
        title=f"{title} – {county.name}",
        link=whole_address(request, _page_of(paper)),
        description=_("Every edition that is published"),
        language=language_of(get_language()).tag,
        author_name=county.name,
        feed_url=whole_address(request, request.path),
        feed_guid=whole_address(request, request.path),
    )
    for edition in latest_editions(paper):
        _add(feed, request, edition)
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _published_papers() -> QuerySet[Strategy]:
    return Strategy.objects.filter(editions__published_at__isnull=False).distinct()


def _page_of(paper: Strategy | None) -> str:
    newest = latest_editions(paper).first() if paper else None
    if newest is None:
        return reverse("strategy:list")
    return reverse("strategy:edition", args=[newest.strategy.slug, newest.number])


def _add(feed: feedgenerator.Atom1Feed, request: HttpRequest, edition: Edition) -> None:
    address = whole_address(
        request, reverse("strategy:edition", args=[edition.strategy.slug, edition.number])
    )
    names = {"n": edition.number, "state": edition.get_state_display()}
    feed.add_item(
        title=f"{edition.title} – {_('Edition %(n)s, %(state)s') % names}",
        link=address,
        unique_id=address,
        description=published_words(edition),
        pubdate=edition.published_at,
        updateddate=edition.published_at,
    )


@public
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page in German, with the same page in the other languages, for crawlers."""
    with override(settings.LANGUAGE_CODE):
        pages = [(whole_address(request, path), day) for path, day in mapped_addresses()]
    context = {"pages": pages}
    return render(request, "publishing/public/sitemap.xml", context, content_type="application/xml")
