"""Addresses of the answers: the public overview, and the desk."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from richtschnur.evaluation.views import carrying, desk, exporting, public

app_name = "evaluation"

_point: list[URLPattern | URLResolver] = [
    path("", desk.point, name="point"),
    path(_("answer/"), desk.answer, name="answer"),
    path(_("release/"), desk.release, name="release"),
    path(_("return/"), desk.give_back, name="return"),
    path(_("split/"), desk.split, name="split"),
    path(_("join/"), desk.join, name="join"),
    path(_("topics/"), desk.tag, name="tag"),
    path(_("assign/"), desk.assign, name="assign"),
    path(_("words/"), desk.clear, name="clear"),
]

_consultation: list[URLPattern | URLResolver] = [
    path("", desk.queue, name="queue"),
    path("<int:pk>/", include(_point)),
    path(_("changes/"), carrying.changes, name="changes"),
    path(_("changes/start/"), carrying.start, name="start"),
    path(_("changes/choose/"), carrying.choose, name="choose"),
    path(_("changes/<uuid:identity>/"), carrying.change, name="change"),
    path(_("export/<slug:format>/"), exporting.export, name="export"),
]

urlpatterns = [
    path(_("work/"), desk.consultations, name="consultations"),
    path(_("work/<slug:slug>/"), include(_consultation)),
    path("<slug:slug>/", public.overview, name="overview"),
]
