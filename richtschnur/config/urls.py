"""All addresses. A page's address begins with its language."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from richtschnur.consultation.views import sharing
from richtschnur.publishing.views import feeds, log
from richtschnur.publishing.views import public as publishing
from richtschnur.ui.routes import in_languages

urlpatterns = [
    *in_languages(
        path("", include("richtschnur.publishing.urls")),
        path("", include("richtschnur.network.urls")),
        path(_("search/"), include("richtschnur.search.urls")),
        path(_("papers/"), include("richtschnur.strategy.urls")),
        path(_("participation/"), include("richtschnur.consultation.urls")),
        path(_("contribution/"), include("richtschnur.contributions.urls")),
        path(_("answers/"), include("richtschnur.evaluation.urls")),
        path(_("staff/"), include("richtschnur.accounts.urls")),
        path(_("staff/today/"), include("richtschnur.desk.urls")),
    ),
    path("", publishing.front_door),
    path("b/<int:pk>/", sharing.short, name="short"),
    path("healthz", publishing.health),
    path("robots.txt", publishing.robots),
    path("sitemap.xml", feeds.site_map, name="site_map"),
    path(".well-known/security.txt", publishing.security),
    path("log/", log.log_door, name="log_door"),
    path("log/cosignatures", log.cosignatures, name="cosignatures"),
    path("log/<path:path>", log.log_file, name="log_file"),
    path("api/v1/", include("richtschnur.contributions.api.urls")),
    path("ui/", include("richtschnur.ui.urls")),
]

handler400 = "richtschnur.ui.views.bad_request"
handler403 = "richtschnur.ui.views.forbidden"
handler404 = "richtschnur.ui.views.not_found"
handler500 = "richtschnur.ui.views.broken"
