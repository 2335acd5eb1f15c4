from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from richtschnur.contributions.views import public, results, staff

app_name = "contributions"
urlpatterns: list[URLPattern] = [
    path(_("work/<slug:slug>/"), staff.inbox, name="inbox"),
    path(_("work/<slug:slug>/record/"), staff.record, name="record"),
    path(_("work/<slug:slug>/answers/"), results.results, name="results"),
    path(_("work/<slug:slug>/answers/<str:format>/"), results.answers_file, name="answers_file"),
    path(_("work/original/<slug:number>/"), staff.original, name="original"),
    path(_("work/original/<slug:number>/forget/"), staff.forget, name="forget"),
    path(_("receipt/<slug:secret>/"), public.receipt, name="receipt"),
    path(_("<slug:slug>/passage/<int:number>/"), public.comment, name="comment"),
    path(_("<slug:slug>/whole/"), public.whole, name="whole"),
    path(_("<slug:slug>/no-remarks/"), public.nil_return, name="nil_return"),
    path(_("<slug:slug>/questions/"), public.questions, name="questions"),
    path(_("<slug:slug>/answers/"), results.shown, name="results_shown"),
    path(_("<slug:slug>/basket/"), public.basket, name="basket"),
]
