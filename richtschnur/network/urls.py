from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from richtschnur.network.views import check, public
from richtschnur.network.views.staff import (
    asking,
    bodies,
    importing,
    merging,
    people,
    register,
    reports,
)

app_name = "network"
staff = [
    path("", register.work, name="work"),
    path(_("add/"), register.add, name="add"),
    path(_("import/"), importing.upload, name="import"),
    path(_("import/preview/"), importing.decide, name="import_decide"),
    path(_("export/<slug:format>/"), register.export, name="export"),
    path(_("reports/"), reports.reports, name="reports"),
    path(_("reports/<int:pk>/"), reports.report, name="report"),
    path(_("reports/<int:pk>/forget/"), reports.forget, name="report_forget"),
    path(_("still-right/"), asking.yearly, name="round"),
    path(_("bodies/"), bodies.bodies, name="bodies"),
    path(_("bodies/add/"), bodies.edit, name="body_add"),
    path(_("bodies/<int:pk>/"), bodies.body, name="body"),
    path(_("bodies/<int:pk>/edit/"), bodies.edit, name="body_edit"),
    path(_("bodies/<int:pk>/seat/"), bodies.seat, name="seat"),
    path(_("seats/<int:pk>/end/"), bodies.end, name="seat_end"),
    path(_("persons/<int:pk>/forget/"), people.forget, name="contact_forget"),
    path(_("consents/<int:pk>/revoke/"), people.revoke, name="consent_revoke"),
    path("<uuid:identity>/", register.organization, name="organization"),
    path(_("<uuid:identity>/edit/"), register.edit, name="edit"),
    path(_("<uuid:identity>/archive/"), register.archive, name="archive"),
    path(_("<uuid:identity>/restore/"), register.restore, name="restore"),
    path(_("<uuid:identity>/merge/"), merging.merge, name="merge"),
    path(_("<uuid:identity>/ask/"), asking.ask, name="ask"),
    path(_("<uuid:identity>/person/"), people.contact, name="contact_add"),
    path(_("<uuid:identity>/person/<int:pk>/"), people.contact, name="contact"),
    path(_("<uuid:identity>/consent/"), people.consent, name="consent"),
]
everyone = [
    path("", public.organizations, name="list"),
    path("<uuid:identity>/", public.organization, name="public"),
    path(_("<uuid:identity>/report/"), public.report, name="report_change"),
    path(_("check/<slug:secret>/"), check.check, name="check"),
]
urlpatterns = [
    path(_("staff/network/"), include(staff)),
    path(_("organisations/"), include(everyone)),
]
