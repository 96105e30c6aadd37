"""The app's registration with Django."""

from __future__ import annotations

from django.apps import AppConfig


class WallsConfig(AppConfig):
    """No tables: the SQL functions that every wall is made of."""

    name = "pactdesk.apps.walls"
    label = "walls"
