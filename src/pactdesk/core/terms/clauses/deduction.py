"""What a missed level costs the provider (扣款)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Model, Quantity, Rate, Share, Step


class PerPoint(Model):
    """For each `step` below (or above) the target, `rate` of the period's fee.

    step   in the level's own unit: "0.01" is one percentage point, "1" one second
    """

    kind: Literal["per_point"] = "per_point"
    step: Step | Blank
    rate: Rate | Blank


class PerBreach(Model):
    """`amount` yuan for every interaction that missed the level's limit."""

    kind: Literal["per_breach"] = "per_breach"
    amount: Amount | Blank


class PerMiss(Model):
    """`rate` of the period's fee when the level as a whole is missed."""

    kind: Literal["per_miss"] = "per_miss"
    rate: Rate | Blank


class DeductionTier(Model):
    """When the level lies beyond `beyond`, on the bad side: `rate` of the fee.

    beyond  in the level's own unit; exactly at it is not beyond
    """

    beyond: Quantity | Blank
    rate: Rate | Blank


class Tiered(Model):
    """低于90%扣5%，低于85%扣15%: of the tiers that the level lies beyond, the last one counts.

    The tiers stand from the mildest to the hardest.
    """

    kind: Literal["tiered"] = "tiered"
    tiers: tuple[DeductionTier, ...]


class Interpolated(Model):
    """Between the target (nothing) and `worst` (`rate` of the fee) in a straight line.

    worst  in the level's own unit; beyond it, it stays at `rate`
    """

    kind: Literal["interpolated"] = "interpolated"
    worst: Quantity | Blank
    rate: Rate | Blank


class Deduction(ClauseBase):
    """Owed when the level with id `level` is missed; at most `cap` of the period's fee."""

    kind: Literal["deduction"] = "deduction"
    level: str
    rule: PerPoint | PerBreach | PerMiss | Tiered | Interpolated | Blank
    cap: Share | Blank | None = None
