"""Addresses of the switches and, where it may be seen, of the style guide."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from pactdesk.web.ui.styleguide.views import styleguide
from pactdesk.web.ui.views import choose_theme
from pactdesk.web.visitors import public

app_name = "ui"

urlpatterns = [
    path("_display/language/", public(set_language), name="language"),
    path("_display/theme/", public(choose_theme), name="theme"),
    path("_styleguide/", public(styleguide), name="styleguide"),
]
