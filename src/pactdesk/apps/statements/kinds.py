"""What can be the case with a statement."""

from __future__ import annotations

from enum import StrEnum


class StatementState(StrEnum):
    """Where a statement is between the two parties."""

    ISSUED = "issued"
    OBJECTED = "objected"  # an objection waits for its answer
    AGREED = "agreed"  # both parties confirmed, no objection is open
