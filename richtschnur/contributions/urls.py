from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from richtschnur.contributions.views import (
    attachments,
    erasing,
    mails,
    public,
    publication,
    releasing,
    results,
    staff,
    statistics,
    tables,
    workshop,
)
from richtschnur.contributions.views.public import objection, published

RECEIPT: list[URLPattern] = [
    path("", public.receipt, name="receipt"),
    path(_("object/<int:place>/"), objection.objection, name="objection"),
    path("receipt.json", public.receipt_file, name="receipt_file"),
    path("receipt.pdf", public.receipt_pdf, name="receipt_pdf"),
]

OFFICE_RECEIPT: list[URLPattern] = [
    path("receipt.json", public.office_receipt_file, name="office_receipt_file"),
    path("receipt.pdf", public.office_receipt_pdf, name="office_receipt_pdf"),
]

app_name = "contributions"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("work/mails/"), mails.incoming, name="mails"),
    path(_("work/mails/<int:pk>/"), mails.mail, name="mail"),
    path(_("work/mails/<int:pk>/as-it-came/"), mails.raw_mail, name="raw_mail"),
    path(_("work/<slug:slug>/"), staff.inbox, name="inbox"),
    path(_("work/<slug:slug>/import/"), tables.import_table, name="import"),
    path(_("work/<slug:slug>/workshops/"), workshop.workshops, name="workshops"),
    path(_("work/<slug:slug>/workshops/<int:pk>/"), workshop.workshop, name="workshop"),
    path(_("workshop/<int:pk>/<slug:key>/"), workshop.screen, name="screen"),
    path(_("work/<slug:slug>/returned/"), staff.returned, name="returned"),
    path(_("work/<slug:slug>/publication/"), publication.review, name="review"),
    path(_("work/<slug:slug>/record/"), staff.record, name="record"),
    path(_("work/<slug:slug>/answers/"), results.results, name="results"),
    path(_("work/<slug:slug>/answers/<str:format>/"), results.answers_file, name="answers_file"),
    path(_("work/original/<slug:number>/"), staff.original, name="original"),
    path(
        _("work/original/<slug:number>/file/<int:place>/"),
        attachments.attachment,
        name="attachment",
    ),
    path(
        _("work/original/<slug:number>/file/<int:place>/copy/"),
        attachments.attachment_copy,
        name="attachment_copy",
    ),
    path(_("work/original/<slug:number>/forget/"), staff.forget, name="forget"),
    path(_("work/original/<slug:number>/erase/"), erasing.erase, name="erase"),
    path(_("receipt/<slug:secret>/"), include(RECEIPT)),
    path(_("<slug:slug>/passage/<int:number>/"), public.comment, name="comment"),
    path(_("<slug:slug>/whole/"), public.whole, name="whole"),
    path(_("<slug:slug>/no-remarks/"), public.nil_return, name="nil_return"),
    path(_("<slug:slug>/receipt/<slug:number>/"), include(OFFICE_RECEIPT)),
    path(_("<slug:slug>/written-draft/"), public.returned, name="written_draft"),
    path(_("<slug:slug>/basket/share/"), public.share, name="share"),
    path(_("<slug:slug>/continue/<slug:key>/"), public.carry_on, name="carry_on"),
    path(_("<slug:slug>/questions/"), public.questions, name="questions"),
    path(_("<slug:slug>/answers/"), results.shown, name="results_shown"),
    path(_("<slug:slug>/published/"), published.published, name="published"),
    path(_("<slug:slug>/published/files/<int:pk>/"), releasing.released, name="released"),
    path(_("<slug:slug>/published/data/<slug:format>/"), published.open_data, name="open_data"),
    path(_("<slug:slug>/people/"), statistics.statistics, name="statistics"),
    path(_("<slug:slug>/people/data/"), statistics.statistics_file, name="statistics_file"),
    path(_("<slug:slug>/basket/"), public.basket, name="basket"),
]
