from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "richtschnur.search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from richtschnur.search.views import public
        from richtschnur.ui.slots import fill

        fill("header.search", public.box)
        fill("search.box", public.box)
