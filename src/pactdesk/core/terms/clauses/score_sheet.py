"""考核评分表: a hundred points decide which share of the fee is paid (PRACTICE 3)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Model, Rate, Step


class LevelItem(Model):
    """`weight` points less `points` for each `step` that the level lies beyond its target.

    Never below 0. Source: 每低1%扣2分，扣完为止.
    """

    kind: Literal["level"] = "level"
    level: str
    weight: Amount | Blank
    step: Step | Blank
    points: Amount | Blank


class GivenItem(Model):
    """`weight` × the part of the full marks that both parties gave (a `score` fact)."""

    kind: Literal["given"] = "given"
    item: str
    weight: Amount | Blank


class Unjudged(StrEnum):
    """What an item counts that could not be judged: too few, not measured, no marks given."""

    FULL = "full"
    LEFT_OUT = "left_out"  # the other items are stretched to the whole weight


class PayableBand(Model):
    """From `score` points on (included) `payable` of the fee is paid."""

    score: Amount | Blank
    payable: Rate | Blank


class Between(StrEnum):
    """What is paid for a score between two bands."""

    STEPS = "steps"  # the band below
    LINE = "line"  # a straight line between them


class ScoreSheet(ClauseBase):
    """The score of the period and the share of the fee that it earns; above 1 is a reward.

    bands  from the lowest score to the highest, the first at 0
    """

    kind: Literal["score_sheet"] = "score_sheet"
    items: tuple[LevelItem | GivenItem, ...]
    bands: tuple[PayableBand, ...]
    between: Between | Blank = Between.STEPS
    unjudged: Unjudged | Blank = Unjudged.FULL
