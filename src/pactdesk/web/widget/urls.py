"""The addresses of the customer's side."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.widget.views import script, shop

app_name = "widget"
urlpatterns = [
    path("widget.js", script, name="script"),
    path("shop/<str:public_key>/", shop, name="shop"),
]
