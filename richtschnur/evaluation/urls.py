"""Addresses of the answers: the public overview, and the desk."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from richtschnur.evaluation.views import (
    alike,
    asked,
    beside,
    boilerplates,
    carried_on,
    carrying,
    delegating,
    desk,
    exporting,
    load,
    notices,
    overview,
    progress,
    public,
    published,
    queue,
    reporting,
    saved,
    splitting,
    together,
    topics,
    undoing,
)

app_name = "evaluation"

_point: list[URLPattern | URLResolver] = [
    path("", desk.point, name="point"),
    path(_("answer/"), desk.answer, name="answer"),
    path(_("release/"), desk.release, name="release"),
    path(_("return/"), desk.give_back, name="return"),
    path(_("split/"), desk.split, name="split"),
    path(_("proposal/"), splitting.proposal, name="split-proposal"),
    path(_("proposal/read/"), splitting.propose, name="propose-split"),
    path(_("proposal/decline/"), splitting.decline, name="decline-split"),
    path(_("join/"), desk.join, name="join"),
    path(_("topics/"), desk.tag, name="tag"),
    path(_("assign/"), desk.assign, name="assign"),
    path(_("words/"), desk.clear, name="clear"),
    path(_("passed-on/"), beside.passed_on, name="passed_on"),
    path(_("passed-on/reply/"), beside.reply, name="reply"),
    path(_("in-language/"), beside.translation, name="translation"),
    path(_("in-german/"), beside.in_german, name="in_german"),
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

_report: list[URLPattern | URLResolver] = [
    path("", reporting.draft, name="report"),
    path(_("release/"), reporting.release, name="release_report"),
    path("<slug:chart>.csv", reporting.draft_numbers, name="report_numbers"),
    path("<slug:format>/", reporting.draft_file, name="report_file"),
]

_released: list[URLPattern | URLResolver] = [
    path("", reporting.released, name="released_report"),
    path("<slug:chart>.csv", reporting.released_numbers, name="released_numbers"),
    path("<slug:format>/", reporting.released_file, name="released_report_file"),
]

_views: list[URLPattern | URLResolver] = [
    path("", saved.keep, name="keep-view"),
    path("<int:pk>/", saved.change, name="view"),
    path(_("<int:pk>/delete/"), saved.drop, name="drop-view"),
    path(_("<int:pk>/open-first/"), saved.open_first, name="open-first"),
]

_consultation: list[URLPattern | URLResolver] = [
    path("", queue.queue, name="queue"),
    path(_("undo/"), undoing.undo, name="undo"),
    path(_("progress/"), progress.progress, name="progress"),
    path(_("views/"), include(_views)),
    path("<int:pk>/", include(_point)),
    path(_("together/"), include(_together)),
    path(_("alike/"), alike.alike, name="alike"),
    path(_("alike/<int:pk>/"), alike.decide, name="decide-alike"),
    path(_("ask/"), delegating.ask, name="ask"),
    path(_("asked/<int:pk>/"), delegating.delegation, name="delegation"),
    path(_("load/"), load.load, name="load"),
    path(_("topics/"), topics.topics, name="topics"),
    path(_("topics/suggest/"), topics.order, name="order-topics"),
    path(_("topics/sum-up/"), topics.sum_up, name="sum-up"),
    path(_("topics/take/"), topics.take, name="take"),
    path(_("boilerplates/"), include(_boilerplates)),
    path(_("changes/"), carrying.changes, name="changes"),
    path(_("changes/start/"), carrying.start, name="start"),
    path(_("changes/choose/"), carrying.choose, name="choose"),
    path(_("changes/<uuid:identity>/"), carrying.change, name="change"),
    path(_("later/"), carried_on.carried_on, name="carried_on"),
    path("later/<slug:decision>.csv", carried_on.carried_on_file, name="carried_on_file"),
    path(_("report/"), include(_report)),
    path(_("export/<slug:format>/"), exporting.export, name="export"),
    path(_("overview/"), overview.overview, name="states"),
    path(_("overview/file/"), exporting.chosen_file, name="file"),
    path(_("overview/freeze/"), overview.freeze, name="freeze"),
    path(_("overview/<int:number>/publish/"), overview.publish, name="publish-state"),
    path(_("notices/"), notices.notices, name="notices"),
    path(_("notices/send/"), notices.send, name="send-notices"),
    path(_("notices/posted/"), notices.post, name="post-letters"),
    path(_("notices/letters/<slug:format>/"), notices.letters, name="letters"),
]

urlpatterns = [
    path(_("work/"), queue.consultations, name="consultations"),
    path(_("work/<slug:slug>/"), include(_consultation)),
    path(_("<slug:slug>/report/"), include(_released)),
    path(_("asked/<str:secret>/"), asked.asked, name="asked"),
    path("<slug:slug>/", public.overview, name="overview"),
    path(_("<slug:slug>/state/<int:number>/"), published.state, name="published"),
    path(
        _("<slug:slug>/state/<int:number>/<slug:format>/"),
        published.state_file,
        name="published-file",
    ),
]
