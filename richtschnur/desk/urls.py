from django.urls import path
from django.utils.translation import gettext_lazy as _

from richtschnur.desk.views import notes, staff

app_name = "desk"
urlpatterns = [
    path("", staff.today, name="today"),
    path(_("note/"), notes.write, name="write"),
    path(_("note/<int:pk>/tick/"), notes.tick, name="tick"),
]
