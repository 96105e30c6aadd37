"""What can be wrong with jobs."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class ErrandKindUnknown(PactError):
    """Nothing does errands of the kind `kind`."""


class RecipientUnknown(PactError):
    """The errand's letter was for `person`, whom nobody knows or who left."""


class NobodyToShow(PactError):
    """Nobody on the client's side of the contract `code` can receive checkpoints."""
