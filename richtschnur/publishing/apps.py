from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from richtschnur.ui.slots import Destination, fill, offer


@dataclass(frozen=True)
class PageDestination(Destination):
    """A page of the county's own in the navigation."""

    slug: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=[self.slug])


def privacy_link(request: Any, thing: Any) -> str:
    """The way from the notice at a form to the whole privacy page."""
    return format_html(
        ' <a class="kern-link" href="{}">{}</a>',
        reverse("publishing:page", args=["privacy"]),
        gettext("All about privacy"),
    )


def rules_link(request: Any, thing: Any) -> str:
    """The way from a decision to the rules that it names."""
    return format_html(
        ' <a class="kern-link" href="{}">{}</a>',
        reverse("publishing:page", args=["netiquette"]),
        gettext("The rules"),
    )


def log_link(request: Any, thing: Any) -> str:
    """The way from a receipt to the log."""
    return format_html(
        '<li><a class="kern-link" href="{}">{}</a></li>',
        reverse("publishing:log"),
        gettext("The public log, and how to check this receipt"),
    )


class PublishingConfig(AppConfig):
    name = "richtschnur.publishing"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from richtschnur.county.models import PageSlug
        from richtschnur.journal.kinds import LeafKind
        from richtschnur.journal.log import follow
        from richtschnur.publishing.views import heads

        offer(Destination("public", _("Front page"), "publishing:portal", 10))
        for order, slug in enumerate(PageSlug):
            offer(PageDestination("footer", slug.label, "publishing:page", order, slug=slug.value))
        offer(Destination("footer", _("Public log"), "publishing:log", 50))
        follow("consultation.open_consultation", LeafKind.CONFIG)
        follow("consultation.close_consultation", LeafKind.CONFIG)
        follow("strategy.publish_edition", LeafKind.EDITION)
        fill("contributions.privacy", privacy_link)
        fill("contributions.rules", rules_link)
        fill("receipt.log", log_link)
        fill("edition.head", heads.edition_head)
        fill("consultation.head", heads.consultation_head)
        fill("papers.head", heads.papers_head)
