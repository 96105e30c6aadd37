"""考核评分: the period's score and the share of the fee that it earns (PRACTICE 3)."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.consequences.grace import in_grace
from pactdesk.core.settle.consequences.owed.shortfall import shortfall, steps, verdict_of
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities import marks
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.score_sheet import (
    Between,
    GivenItem,
    LevelItem,
    ScoreSheet,
    Unjudged,
)
from pactdesk.core.units.errors import PactError


class BandsUnordered(PactError):
    """Score sheet `clause`: its bands do not rise from 0 on."""


def exact(clause: ScoreSheet, settling: Settling) -> Node:
    """fee × (payable share − 1): negative below the full fee, positive above it.

    Monotone when the bands' shares rise with the score.
    """
    _refuse_disorder(clause)
    if in_grace(settling.contract, settling.period):
        return constant(0, Unit.YUAN, label="score_grace")
    parts = [
        (_weight(clause, number, settling), node)
        for number, item in enumerate(clause.items)
        if (node := _points(clause, number, item, settling)) is not None
    ]
    if not parts:
        return constant(0, Unit.YUAN, label="nothing_scored")
    score = calculated(Op.ADD, *(node for _, node in parts), unit=Unit.COUNT, label="points")
    if len(parts) < len(clause.items):
        judged = calculated(Op.ADD, *(weight for weight, _ in parts), label="judged_weight")
        whole = calculated(
            Op.ADD,
            *(_weight(clause, n, settling) for n in range(len(clause.items))),
            label="whole_weight",
        )
        stretch = calculated(Op.DIVIDE, whole, judged, unit=Unit.PLAIN, label="stretch")
        score = calculated(Op.MULTIPLY, score, stretch, unit=Unit.COUNT, label="points")
    payable = _payable(clause, score, settling)
    change = calculated(
        Op.SUBTRACT, payable, constant(1, Unit.SHARE), unit=Unit.SHARE, label="change_of_fee"
    )
    return calculated(Op.MULTIPLY, settling.fee(), change, unit=Unit.YUAN, label="by_score")


def _weight(clause: ScoreSheet, number: int, settling: Settling) -> Node:
    return term(settling.contract, f"{clause.id}.items.{number}.weight", Unit.COUNT)


def _points(
    clause: ScoreSheet, number: int, item: LevelItem | GivenItem, settling: Settling
) -> Node | None:
    """What the item earns; None when it is left out because it could not be judged."""
    weight = _weight(clause, number, settling)
    path = f"{clause.id}.items.{number}"
    match item:
        case LevelItem():
            verdict = verdict_of(item.level, settling)
            if verdict is Verdict.UNDETERMINED:
                return _unjudged(clause, weight)
            if not settling.measured.level(item.level).denominator:
                return weight  # nothing happened, and that is agreed to be met
            lost = calculated(
                Op.MULTIPLY,
                steps(shortfall(item.level, settling), f"{path}.step", settling),
                term(settling.contract, f"{path}.points", Unit.COUNT),
                unit=Unit.COUNT,
                label="points_lost",
            )
            rest = calculated(Op.SUBTRACT, weight, lost, unit=Unit.COUNT)
            return calculated(
                Op.MAXIMUM, rest, constant(0, Unit.COUNT), unit=Unit.COUNT, label="points_kept"
            )
        case GivenItem():
            if marks.given(settling.counting, item.item) is None:
                return _unjudged(clause, weight)
            mark = settling.counted("mark", item.item, unit=Unit.SHARE)
            return calculated(Op.MULTIPLY, weight, mark, unit=Unit.COUNT, label="points_given")


def _unjudged(clause: ScoreSheet, weight: Node) -> Node | None:
    rule = agreed(clause.unjudged, f"{clause.id}.unjudged")
    return weight if rule is Unjudged.FULL else None


def _marks(clause: ScoreSheet) -> list[Fraction]:
    """The scores from which each band counts."""
    return [
        fraction(band.score, f"{clause.id}.bands.{n}.score") for n, band in enumerate(clause.bands)
    ]


def _refuse_disorder(clause: ScoreSheet) -> None:
    """Also in a month in which no band is reached: both sides read the same statement."""
    marks_of = _marks(clause)
    if marks_of != sorted(set(marks_of)) or marks_of[:1] != [0]:
        raise BandsUnordered(clause=clause.id)


def _payable(clause: ScoreSheet, score: Node, settling: Settling) -> Node:
    """The share of the band that the score reached, or on the line to the next one."""
    paths = [f"{clause.id}.bands.{number}" for number in range(len(clause.bands))]
    reached = max(n for n, mark in enumerate(_marks(clause)) if score.value >= mark)
    payable = term(settling.contract, f"{paths[reached]}.payable", Unit.SHARE)
    last = reached == len(paths) - 1
    if last or agreed(clause.between, f"{clause.id}.between") is Between.STEPS:
        return payable
    low, high = (
        term(settling.contract, f"{path}.score", Unit.COUNT)
        for path in paths[reached : reached + 2]
    )
    above = term(settling.contract, f"{paths[reached + 1]}.payable", Unit.SHARE)
    part = calculated(
        Op.DIVIDE,
        calculated(Op.SUBTRACT, score, low, unit=Unit.COUNT),
        calculated(Op.SUBTRACT, high, low, unit=Unit.COUNT),
        unit=Unit.SHARE,
        label="part_of_band",
    )
    rise = calculated(Op.SUBTRACT, above, payable, unit=Unit.SHARE)
    climbed = calculated(Op.MULTIPLY, part, rise, unit=Unit.SHARE)
    return calculated(Op.ADD, payable, climbed, unit=Unit.SHARE, label="payable")
