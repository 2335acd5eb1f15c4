from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from richtschnur.publishing.views import feeds, log, public

app_name = "publishing"
urlpatterns: list[URLPattern] = [
    path("", public.portal, name="portal"),
    path(_("editions.atom"), feeds.editions, name="feed"),
    path(_("editions/<slug:slug>.atom"), feeds.editions, name="paper_feed"),
    path(_("public-log/"), log.log_page, name="log"),
    path(_("pages/<slug:slug>/"), public.page, name="page"),
]
