from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from richtschnur.consultation.views import (
    extending,
    gathering,
    invited,
    next_round,
    office,
    planning,
    public,
    questions,
    rounds,
    sharing,
    staff,
    worksheets,
)

app_name = "consultation"
urlpatterns: list[URLPattern] = [
    path(_("work/"), staff.work, name="work"),
    path(_("work/timetable/"), planning.papers, name="timetables"),
    path(_("work/timetable/<slug:slug>/"), planning.timetable, name="timetable"),
    path(
        _("work/timetable/<slug:slug>/calendar.ics"),
        planning.timetable_file,
        name="timetable_file",
    ),
    path(_("work/gather/"), gathering.gather, name="gather"),
    path(_("work/open/<slug:slug>/<int:number>/"), staff.open_on, name="open"),
    path(_("work/round/<slug:slug>/<int:number>/"), rounds.start, name="round_start"),
    path(_("work/invited/<int:pk>/"), invited.invited, name="invited"),
    path(_("work/invited/<int:pk>/letter/"), invited.letter, name="letter"),
    path(_("work/<slug:slug>/round/"), rounds.offices, name="round"),
    path(_("work/<slug:slug>/round/invite/"), rounds.invite, name="round_invite"),
    path(_("work/<slug:slug>/round/remind/"), rounds.remind, name="round_remind"),
    path(_("work/<slug:slug>/"), staff.manage, name="manage"),
    path(_("work/<slug:slug>/close/"), staff.close, name="close"),
    path(_("work/<slug:slug>/extend/"), extending.extend, name="extend"),
    path(_("work/<slug:slug>/next/"), next_round.next_round, name="next_round"),
    path(_("work/<slug:slug>/questions/"), questions.questions, name="questions"),
    path(_("work/<slug:slug>/questions/add/"), questions.question_add, name="question_add"),
    path(
        _("work/<slug:slug>/questions/<int:pk>/"),
        questions.question_change,
        name="question_change",
    ),
    path(_("round/<slug:secret>/"), office.office, name="office"),
    path("", public.everything, name="list"),
    path(_("consultations.atom"), sharing.feed, name="feed"),
    path("<slug:slug>/", public.read, name="read"),
    path(_("<slug:slug>/calendar.ics"), sharing.calendar_file, name="calendar"),
    path("<slug:slug>/qr.svg", sharing.code, name="code"),
    path(_("work/<slug:slug>/poster/<str:size>/"), sharing.poster, name="poster"),
    path(_("<slug:slug>/section/<int:position>/"), public.section, name="section"),
    path(_("<slug:slug>/at/<int:number>/"), public.at, name="at"),
    path(_("<slug:slug>/to-write/<str:format>/"), worksheets.worksheet, name="worksheet"),
    path(_("<slug:slug>/invitation/<str:key>/"), public.invitation, name="invitation"),
]
