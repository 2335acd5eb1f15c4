from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "richtschnur.strategy"
    verbose_name = _("Strategy papers")

    def ready(self) -> None:
        from richtschnur.accounts.models import actor_of
        from richtschnur.accounts.rules import may
        from richtschnur.journal.operations import react
        from richtschnur.search.naming import name_kinds, show_hidden_to
        from richtschnur.strategy import rules as rules
        from richtschnur.strategy.operations import index_published
        from richtschnur.strategy.states import ElementKind
        from richtschnur.strategy.views import found
        from richtschnur.strategy.views.downloads import links
        from richtschnur.ui.slots import Destination, fill, offer

        fill("strategy.downloads", links)
        offer(Destination("public", _("Strategy papers"), "strategy:list", 30))
        offer(
            Destination(
                "staff",
                _("Papers in work"),
                "strategy:desk",
                10,
                lambda request: may(actor_of(request), "strategy.read_any"),
            )
        )
        telling = (ElementKind.GUIDELINE, ElementKind.GOAL, ElementKind.MEASURE)
        name_kinds({kind.value: kind.label for kind in telling} | {"section": _("Section")})
        show_hidden_to(lambda request: may(actor_of(request), "strategy.read_any"))
        react("strategy.publish_edition", index_published)
        fill("search.scope", found.edition_words)
        fill("search.scope_link", found.edition_link)
