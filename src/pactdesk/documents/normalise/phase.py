"""Third layer (first version: nothing yet)."""

from __future__ import annotations

from pactdesk.documents.normalise.gloss import Readings
from pactdesk.documents.normalise.layer import Layer, edited


def in_phase(text: str, readings: Readings) -> Layer:
    """Placeholder until the repair is written."""
    del readings
    return edited(text, ())
