"""A finding that a person accepted, with the reason, as part of the contract's own record."""

from __future__ import annotations

from pydantic import Field

from pactdesk.core.terms.base import Day, Model


class Acceptance(Model):
    """`code` at `clause` (its number on paper, or the id of a term) is as it should be.

    clause   None: wherever the code is found
    by       who accepted it, in the words they gave
    """

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$")
    clause: str | None = None
    reason: str = Field(min_length=1)
    by: str | None = None
    on: Day
