from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from richtschnur.strategy.views import pictures, public, reading
from richtschnur.strategy.views.staff import acts, papers, passages, preview_places, previews

app_name = "strategy"
staff: list[URLPattern] = [
    path(_("work/"), papers.desk, name="desk"),
    path(_("work/import/"), papers.import_file, name="import"),
    path(_("work/preview/<slug:key>/"), previews.preview, name="preview"),
    path(_("work/preview/<slug:key>/restore/"), previews.restore, name="preview_restore"),
    path(_("work/preview/<slug:key>/keep/"), previews.keep, name="preview_keep"),
    path(_("work/preview/<slug:key>/drop/"), previews.drop, name="preview_drop"),
    path(
        _("work/preview/<slug:key>/picture/<str:name>/"), previews.picture, name="preview_picture"
    ),
    path(_("work/preview/<slug:key>/<int:place>/"), preview_places.place, name="preview_place"),
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
    path(_("picture-<int:file>/"), pictures.picture, name="picture"),
    path("<slug:slug>/<int:number>/", reading.edition, name="edition"),
    path(_("<slug:slug>/<int:number>/section/<int:position>/"), reading.section, name="section"),
    path(_("<slug:slug>/<int:number>/whole/"), reading.whole, name="whole"),
    path(_("<slug:slug>/<int:number>/at/<int:passage>/"), reading.at, name="at"),
    path(_("<slug:slug>/<int:number>/passage/<int:passage>/"), reading.passage, name="passage"),
    path(_("<slug:slug>/passage/<uuid:identity>/"), reading.identity, name="identity"),
    path(_("<slug:slug>/<int:number>/changes/"), public.changes, name="changes"),
    path(_("<slug:slug>/<int:number>/download/<str:format>/"), public.download, name="download"),
]
