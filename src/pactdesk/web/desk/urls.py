"""Addresses of agents and leads."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.desk.acts import act, post
from pactdesk.web.desk.views import conversation, inbox, ticket
from pactdesk.web.desk.views_levels import levels

app_name = "desk"

urlpatterns = [
    path("desk/", inbox, name="inbox"),
    path("desk/levels/", levels, name="levels"),
    path("desk/ticket", ticket, name="ticket"),
    path("desk/c/<uuid:conversation>/", conversation, name="conversation"),
    path("desk/c/<uuid:conversation>/post/", post, name="post"),
    path("desk/c/<uuid:conversation>/<slug:verb>/", act, name="act"),
]
