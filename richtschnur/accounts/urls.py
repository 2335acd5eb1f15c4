from django.urls import path
from django.utils.translation import gettext_lazy as _

from richtschnur.accounts.views import documents, own, people, public, setup

app_name = "accounts"
urlpatterns = [
    path(_("login/"), public.log_in, name="login"),
    path(_("logout/"), own.log_out, name="logout"),
    path(_("account/"), own.own, name="own"),
    path(_("password/"), own.password, name="password"),
    path(_("deputies/"), own.deputies, name="deputies"),
    path(_("deputies/<int:pk>/end/"), own.deputy_end, name="deputy_end"),
    path(_("setup/"), people.setup, name="setup"),
    path(_("people/"), people.people, name="people"),
    path(_("people/add/"), people.person_add, name="person_add"),
    path(_("people/<int:pk>/"), people.person, name="person"),
    path(_("people/<int:pk>/password/"), people.person_password, name="person_password"),
    path(_("offices/"), people.offices, name="offices"),
    path(_("settings/"), setup.county, name="county"),
    path(_("settings/documents/"), documents.documents, name="documents"),
    path(_("settings/documents/<str:format>/"), documents.document, name="document"),
    path(_("settings/documents/<str:format>/drop/"), documents.drop, name="document_drop"),
    path(_("settings/pages/"), setup.pages, name="pages"),
    path(_("settings/pages/<slug:slug>/<slug:language>/"), setup.page_edit, name="page_edit"),
    path(_("journal/"), setup.journal, name="journal"),
]
