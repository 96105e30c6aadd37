"""按量计费: units of the month × the price of their band (seed B 4.2; PRACTICE 2).

A quota, a band's end, a package and a least amount are those of a whole month: by days when the
terms hold for a part of it only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.quantities.volume import ANY
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_per_unit import Measure, PerUnitFee, Tier, Tiering
from pactdesk.core.terms.clauses.scope import Channel
from pactdesk.core.units.errors import PactError


class TiersDisordered(PactError):
    """The bands of clause `clause` do not rise, or leave units without a price."""


class UnitTermMissing(PactError):
    """Clause `clause` needs `field`, which was not agreed."""


_COUNTED = {
    Measure.CONVERSATION: ("interactions", Channel.CHAT),
    Measure.VALID_CONVERSATION: ("valid_conversations", Channel.CHAT),
    Measure.CALL: ("calls", Channel.PHONE),
    Measure.CALL_MINUTE: ("call_minutes", Channel.PHONE),
    Measure.TICKET: ("interactions", Channel.TICKET),
}
"""The quantity of a measure that is counted, and the channel that it means by itself."""


def exact(clause: PerUnitFee, settling: Settling) -> Node:
    """Zero or positive; not less than `minimum`.

    raises  TiersDisordered, UnitTermMissing, BlankLeft
    """
    amount = _by_tiers(clause, _billable(clause, settling), settling)
    if clause.minimum is None:
        return amount
    least = settling.prorated(term(settling.contract, f"{clause.id}.minimum", Unit.YUAN))
    return calculated(Op.MAXIMUM, amount, least, unit=Unit.YUAN, label="at_least")


def _volume(clause: PerUnitFee, settling: Settling) -> Node:
    measure = agreed(clause.measure, f"{clause.id}.measure")
    if measure is Measure.USAGE:
        return settling.counted("usage", _needed(clause, "usage"))
    if measure not in _COUNTED:
        return settling.counted("usage", measure)
    quantity, usual = _COUNTED[measure]
    narrowed = [clause.channel or usual, clause.case_type or ANY]
    if measure is Measure.CALL_MINUTE:
        narrowed.append(_needed(clause, "minute_rounding"))
    return settling.counted(quantity, *map(str, narrowed))


def _billable(clause: PerUnitFee, settling: Settling) -> Node:
    """The volume less the quota."""
    volume = _volume(clause, settling)
    if clause.included is None:
        return volume
    quota = settling.prorated(term(settling.contract, f"{clause.id}.included", Unit.COUNT))
    beyond = calculated(Op.SUBTRACT, volume, quota, unit=Unit.COUNT, label="less_quota")
    nothing = constant(0, Unit.COUNT)
    return calculated(Op.MAXIMUM, beyond, nothing, unit=Unit.COUNT, label="beyond_quota")


def _by_tiers(clause: PerUnitFee, units: Node, settling: Settling) -> Node:
    tiers = agreed(clause.tiers, f"{clause.id}.tiers")
    tiering = agreed(clause.tiering, f"{clause.id}.tiering")
    _refuse_disorder(clause, tiers, tiering)
    is_unused = units.value == 0 and clause.included is None
    if is_unused and tiering is not Tiering.PACKAGE:
        return constant(0, Unit.YUAN, label="no_volume")
    ends = [
        settling.prorated(term(settling.contract, f"{clause.id}.tiers.{n}.up_to", Unit.COUNT))
        for n, tier in enumerate(tiers)
        if tier.up_to is not None
    ]
    match tiering:
        case Tiering.GRADUATED:
            return _graduated(clause, units, ends, settling)
        case Tiering.WHOLE_VOLUME:
            price = _price(clause, _band(units, ends), settling)
            return calculated(Op.MULTIPLY, units, price, unit=Unit.YUAN)
        case Tiering.PACKAGE:
            return _package(clause, units, ends, settling)


def _graduated(clause: PerUnitFee, units: Node, ends: Sequence[Node], settling: Settling) -> Node:
    """Σ units inside a band × its price, over the bands that were reached."""
    reached = _band(units, ends)
    bounds = [None, *ends[:reached], units]
    parts = []
    for n, (below, above) in enumerate(pairwise(bounds)):
        assert above is not None  # noqa: S101 - only the first bound is none
        inside = above
        if below is not None:
            inside = calculated(Op.SUBTRACT, above, below, unit=Unit.COUNT, label="in_band")
        price = _price(clause, n, settling)
        parts.append(calculated(Op.MULTIPLY, inside, price, unit=Unit.YUAN))
    return parts[0] if len(parts) == 1 else calculated(Op.ADD, *parts, unit=Unit.YUAN)


def _package(clause: PerUnitFee, units: Node, ends: Sequence[Node], settling: Settling) -> Node:
    """The price of the smallest package that holds all units; beyond the last, `overage` each."""
    reached = _band(units, ends)
    tiers = agreed(clause.tiers, f"{clause.id}.tiers")
    price = settling.prorated(_price(clause, min(reached, len(tiers) - 1), settling))
    if reached < len(tiers):
        packages = _packages(units, ends[reached] if reached < len(ends) else None)
        return calculated(Op.MULTIPLY, price, packages, unit=Unit.YUAN)
    _needed(clause, "overage")
    over = calculated(Op.SUBTRACT, units, ends[-1], unit=Unit.COUNT, label="over_package")
    each = term(settling.contract, f"{clause.id}.overage", Unit.YUAN)
    beyond = calculated(Op.MULTIPLY, over, each, unit=Unit.YUAN)
    return calculated(Op.ADD, price, beyond, unit=Unit.YUAN)


def _packages(units: Node, end: Node | None) -> Node:
    """One, shown by what it was reckoned from: a package is bought, also when nothing is used."""
    one = constant(1, Unit.COUNT, label="one_package")
    if end is None:
        return one
    parts = calculated(Op.DIVIDE, units, end, unit=Unit.COUNT, label="of_package")
    whole = calculated(Op.CEILING, parts, unit=Unit.COUNT, label="packages")
    return calculated(Op.MAXIMUM, whole, one, unit=Unit.COUNT, label="packages_least")


def _band(units: Node, ends: Sequence[Node]) -> int:
    """Index of the band in which the last unit lies; a band's end belongs to it."""
    return sum(units.value > end.value for end in ends)


def _price(clause: PerUnitFee, band: int, settling: Settling) -> Node:
    return term(settling.contract, f"{clause.id}.tiers.{band}.price", Unit.YUAN)


def _refuse_disorder(clause: PerUnitFee, tiers: Sequence[Tier], tiering: Tiering) -> None:
    """Bands rise; the last has no end, so that no unit is without a price, except of packages."""
    ends = [agreed(tier.up_to, f"{clause.id}.tiers.{n}.up_to") for n, tier in enumerate(tiers)]
    closed = [end for end in ends if end is not None]
    is_open = bool(ends) and ends[-1] is None
    is_rising = closed == sorted(set(closed)) and None not in ends[:-1]
    if not ends or not is_rising or not (is_open or tiering is Tiering.PACKAGE):
        raise TiersDisordered(clause=clause.id)


def _needed(clause: PerUnitFee, field: str) -> str:
    path = f"{clause.id}.{field}"
    value = agreed(getattr(clause, field), path)
    if value is None:
        raise UnitTermMissing(clause=clause.id, field=field)
    return str(value)
