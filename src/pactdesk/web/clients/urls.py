"""Addresses of taking clients on."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.clients import views_contracts, views_sites

app_name = "clients"

urlpatterns = [
    path("contracts/", views_contracts.contracts, name="contracts"),
    path("contracts/add/", views_contracts.add, name="add"),
    path("contracts/<uuid:contract>/", views_contracts.contract, name="contract"),
    path("contracts/<uuid:contract>/fill/", views_contracts.fill, name="fill"),
    path("contracts/<uuid:contract>/replace/", views_contracts.replace, name="replace"),
    path("contracts/<uuid:contract>/terms.yaml", views_contracts.terms, name="terms"),
    path("sites/", views_sites.sites, name="sites"),
    path("sites/<uuid:site>/", views_sites.site, name="site"),
]
