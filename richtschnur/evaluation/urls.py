"""Addresses of the answers: the public overview, and the desk."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from richtschnur.evaluation.views import (
    alike,
    boilerplates,
    carrying,
    desk,
    exporting,
    public,
    together,
    topics,
)

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
    path(_("ungroup/"), together.ungroup, name="ungroup"),
    path(_("place/"), topics.unplace, name="unplace"),
]

_together: list[URLPattern | URLResolver] = [
    path("", together.together, name="together"),
    path(_("answer/"), together.answer, name="answer-together"),
    path(_("topics/"), together.tag, name="tag-together"),
    path(_("assign/"), together.assign, name="assign-together"),
    path(_("group/"), together.group, name="group"),
    path(_("release/"), together.release, name="release-together"),
]

_boilerplates: list[URLPattern | URLResolver] = [
    path("", boilerplates.boilerplates, name="boilerplates"),
    path("<int:pk>/", boilerplates.boilerplate, name="boilerplate"),
    path(_("<int:pk>/retire/"), boilerplates.retire, name="retire"),
]

_consultation: list[URLPattern | URLResolver] = [
    path("", desk.queue, name="queue"),
    path("<int:pk>/", include(_point)),
    path(_("together/"), include(_together)),
    path(_("alike/"), alike.alike, name="alike"),
    path(_("alike/<int:pk>/"), alike.decide, name="decide-alike"),
    path(_("topics/"), topics.topics, name="topics"),
    path(_("topics/suggest/"), topics.order, name="order-topics"),
    path(_("topics/take/"), topics.take, name="take"),
    path(_("boilerplates/"), include(_boilerplates)),
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
