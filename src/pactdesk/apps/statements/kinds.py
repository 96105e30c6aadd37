"""What can be the case with a statement."""

from __future__ import annotations

from enum import StrEnum


class StatementState(StrEnum):
    """Where a statement is between the two parties."""

    ISSUED = "issued"
    OBJECTED = "objected"  # an objection waits for its answer
    AGREED = "agreed"  # both parties confirmed, no objection is open


class DisputeState(StrEnum):
    """Where a dispute is."""

    OPEN = "open"
    SETTLED = "settled"  # both agreed to the same amounts
    WITHDRAWN = "withdrawn"  # by whoever opened it


class DisputeDeed(StrEnum):
    """What somebody did in it."""

    OPENED = "opened"
    POSITION = "position"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    STEP = "step"
    SAID = "said"
    WITHDRAWN = "withdrawn"
