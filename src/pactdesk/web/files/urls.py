"""The addresses of files."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.files.views import picture

app_name = "files"
urlpatterns = [path("files/pictures/<uuid:number>/", picture, name="picture")]
