"""What can be the case with a contract."""

from __future__ import annotations

from enum import StrEnum


class ContractState(StrEnum):
    """Where a contract is in its life."""

    DRAFT = "draft"  # blanks remain; nothing is measured or owed
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
