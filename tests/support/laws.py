"""How many cases a law is tried on: few in every run, forty times as many when one searches."""

from __future__ import annotations

from hypothesis import settings

_SEARCHING = 2_000
"""From so many examples by default on, the profile is the searching one (tests/conftest.py)."""


def cases(few: int) -> int:
    """`few` in `make test`; forty times as many under `--hypothesis-profile=search`."""
    return few * 40 if settings().max_examples >= _SEARCHING else few
