"""A fee by volume: messages, valid conversations, calls, minutes, orders (按会话量、分钟计费)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Model, Share, Step
from pactdesk.core.terms.clauses.scope import CaseType, Channel


class Measure(StrEnum):
    """What one unit is; the first three are told by usage facts, the others are counted."""

    MESSAGE = "message"
    ORDER = "order"
    USAGE = "usage"  # whatever `usage` names
    CONVERSATION = "conversation"  # every one that was opened
    VALID_CONVERSATION = "valid_conversation"  # answered by a person; a customer's day counts once
    CALL = "call"  # every answered one
    CALL_MINUTE = "call_minute"  # of answered calls, from the answer to the end
    TICKET = "ticket"


class Tiering(StrEnum):
    """What a band's price is for; the contract must say it (PRACTICE 2)."""

    GRADUATED = "graduated"  # for the units inside the band
    WHOLE_VOLUME = "whole_volume"  # for all units of the month
    PACKAGE = "package"  # for the month, however many units up to the band's end


class MinuteRounding(StrEnum):
    """What a started minute of one call counts."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Tier(Model):
    """Units up to `up_to` of a month (included) at `price` yuan; the last band has no end."""

    up_to: Step | Blank | None = None
    price: Amount | Blank


UsageName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""What usage facts call a measure of the parties' own: "shop_account"."""


class PerUnitFee(ClauseBase):
    """Units of a month × the price of their band.

    usage            the measure of usage facts that is billed, when `measure` is `usage`
    channel          of what is counted from interactions; without it, chat for conversations,
                     phone for calls and minutes, ticket for tickets
    case_type        only interactions of this type; without it, all
    included         units of a month that cost nothing; bands begin after them
    overage          price of each unit beyond the last package
    minimum          least amount of a month, yuan
    title            what the parties call it
    """

    kind: Literal["fee_per_unit"] = "fee_per_unit"
    measure: Measure | Blank
    tiers: tuple[Tier, ...] | Blank
    tiering: Tiering | Blank
    usage: UsageName | Blank | None = None
    channel: Channel | None = None
    case_type: CaseType | None = None
    minute_rounding: MinuteRounding | Blank | None = None
    included: Step | Blank | None = None
    overage: Amount | Blank | None = None
    minimum: Amount | Blank | None = None
    title: str | None = None
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
