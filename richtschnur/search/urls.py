from django.urls import URLPattern, path

from richtschnur.search.views import public

app_name = "search"
urlpatterns: list[URLPattern] = [path("", public.results, name="results")]
