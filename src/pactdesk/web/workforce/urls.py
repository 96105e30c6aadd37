"""Addresses of the pages about work."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.workforce import (
    views_attendance,
    views_clock,
    views_devices,
    views_roster,
    views_rules,
    views_team,
)

app_name = "workforce"

urlpatterns = [
    path("work/", views_clock.mine, name="mine"),
    path("work/clock/", views_clock.clock, name="clock"),
    path("work/said/<uuid:stint>/", views_clock.said, name="said"),
    path("work/rules/<uuid:rule>/", views_rules.read, name="rule"),
    path("work/times/", views_roster.times, name="times"),
    path("work/shifts/ask/<uuid:contract>/", views_roster.ask, name="ask"),
    path("work/shifts/<uuid:shift>/<slug:verb>/", views_roster.shift, name="shift"),
    path("team/", views_team.team, name="team"),
    path("team/stints/<uuid:stint>/", views_team.correct, name="correct"),
    path("team/contracts/<uuid:contract>/add/", views_team.add, name="add"),
    path("team/roster/", views_roster.roster, name="roster"),
    path("team/roster/<uuid:contract>/offer/", views_roster.offer, name="offer"),
    path("team/rules/", views_rules.rules, name="rules"),
    path("team/rules/<uuid:contract>/publish/", views_rules.publish, name="publish"),
    path("team/devices/", views_devices.devices, name="devices"),
    path("team/devices/<uuid:device>/", views_devices.decide, name="decide"),
    path("contracts/<uuid:contract>/attendance/", views_attendance.attendance, name="attendance"),
    path("team/devices/contracts/<uuid:contract>/", views_devices.ask, name="ask_devices"),
]
