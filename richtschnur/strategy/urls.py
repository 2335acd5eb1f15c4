from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from richtschnur.strategy.views import downloads, pictures, printing, public, reading
from richtschnur.strategy.views.staff import (
    acts,
    descent,
    drafts,
    editing,
    elements,
    languages,
    outline,
    papers,
    passages,
    preview_places,
    previews,
    remarks,
    sections,
)
from richtschnur.strategy.views.staff import pictures as staff_pictures
from richtschnur.strategy.views.staff import translating as translating_views

app_name = "strategy"
staff: list[URLPattern] = [
    path(_("work/"), papers.desk, name="desk"),
    path(_("work/import/"), papers.import_file, name="import"),
    path(_("work/preview/<slug:key>/"), previews.preview, name="preview"),
    path(_("work/preview/<slug:key>/restore/"), previews.restore, name="preview_restore"),
    path(_("work/preview/<slug:key>/keep/"), previews.keep, name="preview_keep"),
    path(_("work/preview/<slug:key>/drop/"), previews.drop, name="preview_drop"),
    path(_("work/preview/<slug:key>/lineage/"), previews.lineage, name="preview_lineage"),
    path(
        _("work/preview/<slug:key>/picture/<str:name>/"), previews.picture, name="preview_picture"
    ),
    path(_("work/preview/<slug:key>/<int:place>/"), preview_places.place, name="preview_place"),
    path(_("work/<slug:slug>/<int:number>/"), editing.edit, name="edit"),
    path(_("work/<slug:slug>/<int:number>/act/"), acts.act, name="act"),
    path(_("work/<slug:slug>/<int:number>/doubt/<int:index>/"), papers.doubt, name="doubt"),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/recognised/"),
        elements.of_passage,
        name="recognised",
    ),
    path(
        _("work/<slug:slug>/<int:number>/section/<uuid:identity>/recognised/"),
        elements.of_section,
        name="recognised_heading",
    ),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/"),
        passages.passage_edit,
        name="passage_edit",
    ),
]
editor: list[URLPattern] = [
    path(_("work/<slug:slug>/<int:number>/descent/"), descent.descent, name="descent"),
    path(_("work/<slug:slug>/<int:number>/outline/"), outline.outline, name="outline"),
    path(_("work/<slug:slug>/<int:number>/dropped/"), drafts.dropped, name="dropped"),
    path(_("work/<slug:slug>/<int:number>/remarks/"), remarks.everything, name="all_remarks"),
    path(
        _("work/<slug:slug>/<int:number>/outline/<uuid:identity>/"),
        sections.section,
        name="section_edit",
    ),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/draft/"),
        drafts.draft,
        name="draft",
    ),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/versions/"),
        drafts.versions,
        name="versions",
    ),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/remarks/"),
        remarks.remarks,
        name="remarks",
    ),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/add-picture/"),
        staff_pictures.add,
        name="add_picture",
    ),
    path(
        _("work/<slug:slug>/<int:number>/passage/<uuid:identity>/add-table/"),
        staff_pictures.add_table,
        name="add_table",
    ),
]
translating: list[URLPattern] = [
    path(_("work/<slug:slug>/<int:number>/languages/"), languages.languages, name="languages"),
    path(
        _("work/<slug:slug>/<int:number>/languages/<slug:language>/"),
        languages.language,
        name="language",
    ),
    path(
        _("work/<slug:slug>/<int:number>/languages/<slug:language>/order/"),
        languages.order,
        name="order_translation",
    ),
    path(
        _("work/<slug:slug>/<int:number>/languages/<slug:language>/table/"),
        languages.table,
        name="language_table",
    ),
    path(
        _("work/<slug:slug>/<int:number>/languages/<slug:language>/bring/"),
        languages.bring,
        name="bring_language",
    ),
    path(
        _("work/<slug:slug>/<int:number>/languages/<slug:language>/<slug:kind>/<slug:key>/"),
        translating_views.text,
        name="translate",
    ),
]
urlpatterns: list[URLPattern] = [
    *staff,
    *translating,
    *editor,
    path("", public.papers, name="list"),
    path(_("picture-<int:file>/"), pictures.picture, name="picture"),
    path("<slug:slug>/<int:number>/", reading.edition, name="edition"),
    path(_("<slug:slug>/<int:number>/section/<int:position>/"), reading.section, name="section"),
    path(_("<slug:slug>/<int:number>/whole/"), reading.whole, name="whole"),
    path(_("<slug:slug>/<int:number>/at/<int:passage>/"), reading.at, name="at"),
    path(_("<slug:slug>/<int:number>/passage/<int:passage>/"), reading.passage, name="passage"),
    path(_("<slug:slug>/passage/<uuid:identity>/"), reading.identity, name="identity"),
    path(_("<slug:slug>/<int:number>/changes/"), public.changes, name="changes"),
    path(_("<slug:slug>/<int:number>/download/<str:format>/"), downloads.download, name="download"),
    path(
        _("<slug:slug>/<int:number>/to-write/<str:format>/"), downloads.worksheet, name="worksheet"
    ),
    path(_("<slug:slug>/<int:number>/print/"), printing.print_page, name="print"),
    path("<slug:slug>/<int:number>/running-title.css", printing.running_title, name="print_style"),
]
