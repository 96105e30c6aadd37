"""The minimum wages that are known without anybody giving them: a dated table with its sources."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from pactdesk.core.measure.minimum_wages import MinimumWages


@cache
def known_minimum_wages() -> MinimumWages:
    """The rows of `minimum-wages.yaml`; a place that is not there is unknown, never guessed."""
    text = files("pactdesk.calendars").joinpath("minimum-wages.yaml").read_text("utf-8")
    # The loader without types: dates and amounts stay texts, which is what `from_plain` reads.
    return MinimumWages.from_plain(yaml.load(text, yaml.CBaseLoader))  # noqa: S506 - makes only texts, lists and mappings
