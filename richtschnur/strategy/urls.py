from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from richtschnur.strategy.views import public
from richtschnur.strategy.views.staff import acts, papers, passages

app_name = "strategy"
staff: list[URLPattern] = [
    path(_("work/"), papers.desk, name="desk"),
    path(_("work/import/"), papers.import_file, name="import"),
    path(_("work/<slug:slug>/<int:number>/"), papers.edit, name="edit"),
    path(_("work/<slug:slug>/<int:number>/act/"), acts.act, name="act"),
    path(_("work/<slug:slug>/<int:number>/doubt/<int:index>/"), papers.doubt, name="doubt"),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/"),
        passages.passage_edit,
        name="passage_edit",
    ),
]
urlpatterns: list[URLPattern] = [
    *staff,
    path("", public.papers, name="list"),
    path("<slug:slug>/<int:number>/", public.edition, name="edition"),
    path(_("<slug:slug>/<int:number>/passage/<int:passage>/"), public.passage, name="passage"),
    path(_("<slug:slug>/<int:number>/changes/"), public.changes, name="changes"),
    path(_("<slug:slug>/<int:number>/download/<str:format>/"), public.download, name="download"),
]
