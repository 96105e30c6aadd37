"""What a missed level costs the provider (扣款)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Model, Rate, Share, Step


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


class Deduction(ClauseBase):
    """Owed when the level with id `level` is missed; at most `cap` of the period's fee."""

    kind: Literal["deduction"] = "deduction"
    level: str
    rule: PerPoint | PerBreach | PerMiss | Blank
    cap: Share | Blank | None = None
