"""What time it is for a page: asked once at its beginning, then passed on."""

from __future__ import annotations

from datetime import UTC, datetime

from pactdesk.core.units.instants import Instant, instant_of


def now() -> Instant:
    """This very millisecond."""
    return instant_of(datetime.now(UTC))
