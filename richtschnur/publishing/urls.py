from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from richtschnur.publishing.views import public

app_name = "publishing"
urlpatterns: list[URLPattern] = [
    path("", public.portal, name="portal"),
    path(_("pages/<slug:slug>/"), public.page, name="page"),
]
