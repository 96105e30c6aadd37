"""Addresses of requests."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.requests import views, views_acts, views_ask, views_ledger

app_name = "requests"

_ALL = "contracts/<uuid:contract>/requests/"
_ONE = f"{_ALL}<slug:asked>/"

urlpatterns = [
    path("requests/", views.inbox, name="inbox"),
    path(_ALL, views.requests, name="requests"),
    path(f"{_ALL}ask/", views_ask.ask, name="ask"),
    path(f"{_ALL}ask-data/", views_ask.ask_data, name="ask_data"),
    path(f"{_ALL}ledger/", views_ledger.ledger, name="ledger"),
    path(f"{_ALL}ledger.csv", views_ledger.ledger_csv, name="ledger_csv"),
    path(f"{_ALL}ledger.pdf", views_ledger.ledger_pdf, name="ledger_pdf"),
    path(_ONE, views.request, name="request"),
    path(f"{_ONE}deliver/", views_acts.deliver, name="deliver"),
    path(f"{_ONE}excuse/", views_acts.excuse, name="excuse"),
    path(f"{_ONE}do/<slug:deed>/", views_acts.act, name="act"),
    path(f"{_ONE}files/<uuid:handed>/", views_acts.file, name="file"),
]
