"""Rounds over everything that changes with time alone."""

from __future__ import annotations


def refresh_standings() -> None:
    """Measure every contract's month so far anew, so that pages need not."""


def sweep() -> None:
    """Delete what has expired."""
