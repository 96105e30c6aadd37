"""Every address of the pages; the live door has its own (`web/live`)."""

from __future__ import annotations

from django.urls import include, path

from pactdesk.web.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("pactdesk.web.ui.urls")),
    path("", include("pactdesk.web.widget.urls")),
    path("", include("pactdesk.web.files.urls")),
    path("", include("pactdesk.web.portal.urls")),
    path("", include("pactdesk.web.requests.urls")),
    path("", include("pactdesk.web.quality.urls")),
    path("account/", include("pactdesk.web.account.urls")),
    path("people/", include("pactdesk.web.people.urls")),
    path("clients/", include("pactdesk.web.clients.urls")),
    path("", include("pactdesk.web.desk.urls")),
    path("", include("pactdesk.web.workforce.urls")),
]
