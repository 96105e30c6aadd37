"""What goes wrong with evidence in the database, beyond what every fact log refuses."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class KeyNotStorable(PactError):
    """`field` of a fact is longer than `longest` characters, or holds the character NUL."""


class TextNotStorable(PactError):
    """The personal text `field` of fact `event_id` of `source` holds a NUL, or has a long name."""
