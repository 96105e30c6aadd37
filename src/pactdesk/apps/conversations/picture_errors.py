"""What can be wrong with a picture of a conversation; a file's own faults stand in the gateway."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class PictureUnknown(PactError):
    """No picture `picture` of the scope's conversations can be seen."""
