"""What fees for work have in common: a price of a part, and what must happen before it is owed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pactdesk.core.terms.base import Amount, Blank, Model, Share


class Gate(StrEnum):
    """One of the three conditions (A45-A47) that a part of the fee may wait for."""

    DONE = "done"  # the work was delivered
    ACCEPTED = "accepted"  # 审核合格
    INVOICE = "invoice"  # an invoice for the part reached the client


PartName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""What facts call a part of a clause: "<clause id>.<name>"."""


class PartPrice(Model):
    """Either `share` of the clause's total, or `amount` yuan."""

    share: Share | Blank | None = None
    amount: Amount | Blank | None = None
