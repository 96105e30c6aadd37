"""The letters that follow from what happened: one module for each area, like its texts."""

from __future__ import annotations

from importlib import import_module

AREAS = ("quality", "statements", "between", "evidence", "parties", "requests", "workforce")


def load() -> None:
    """Bring in every area, each of which registers its handlers."""
    for area in AREAS:
        import_module(f"{__name__}.{area}")
