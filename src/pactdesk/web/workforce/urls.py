"""Addresses of the pages about work."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.workforce import views_clock, views_team

app_name = "workforce"

urlpatterns = [
    path("work/", views_clock.mine, name="mine"),
    path("work/clock/", views_clock.clock, name="clock"),
    path("work/said/<uuid:stint>/", views_clock.said, name="said"),
    path("team/", views_team.team, name="team"),
    path("team/stints/<uuid:stint>/", views_team.correct, name="correct"),
    path("team/contracts/<uuid:contract>/add/", views_team.add, name="add"),
]
