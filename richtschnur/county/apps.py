from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountyConfig(AppConfig):
    name = "richtschnur.county"
    verbose_name = _("County")

    def ready(self) -> None:
        from richtschnur.county import operations as operations
