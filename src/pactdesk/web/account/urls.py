"""Addresses of the account's pages."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.account import (
    views,
    views_links,
    views_profile,
    views_second_factor,
    views_sessions,
)

app_name = "account"

urlpatterns = [
    path("", views_profile.account, name="account"),
    path("password/", views_profile.password, name="password"),
    path("login/code/", views_second_factor.second_step, name="second_step"),
    path("second-factor/", views_second_factor.second_factor, name="second_factor"),
    path("second-factor/confirm/", views_second_factor.confirm, name="confirm_second_factor"),
    path("second-factor/codes/", views_second_factor.renew, name="renew_codes"),
    path("second-factor/remove/", views_second_factor.remove, name="remove_second_factor"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("reset/", views_links.ask, name="reset"),
    path("reset/sent/", views_links.sent, name="reset_sent"),
    path("reset/<str:secret>/", views_links.reset, name="password_reset"),
    path("invitation/<str:secret>/", views_links.accept, name="invitation"),
    path("sessions/", views_sessions.sessions, name="sessions"),
    path("sessions/others/", views_sessions.revoke_others, name="revoke_others"),
    path("sessions/<uuid:session>/", views_sessions.revoke, name="revoke_session"),
]
