"""Addresses of the administrators' pages."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.people import (
    views,
    views_audit,
    views_import,
    views_organisations,
    views_person,
)

app_name = "people"

urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", views.invite, name="invite"),
    path("import/", views_import.bring, name="import"),
    path("import/template.csv", views_import.template, name="template"),
    path("left-to-provider/", views.leave, name="leave"),
    path("audit/", views_audit.audit, name="audit"),
    path("organisations/", views_organisations.organisations, name="organisations"),
    path("organisations/second-factor/", views_organisations.require, name="require"),
    path("<uuid:person>/", views_person.person, name="person"),
    path("<uuid:person>/role/", views_person.give_role, name="set_role"),
    path("<uuid:person>/role/end/", views_person.end_role, name="revoke_role"),
    path("<uuid:person>/<str:deed>/", views_person.do, name="do"),
]
