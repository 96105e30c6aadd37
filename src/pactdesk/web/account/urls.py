"""Addresses of the account's pages."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.account import views, views_sessions

app_name = "account"

urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("sessions/", views_sessions.sessions, name="sessions"),
    path("sessions/others/", views_sessions.revoke_others, name="revoke_others"),
    path("sessions/<uuid:session>/", views_sessions.revoke, name="revoke_session"),
]
