"""The operations of a trace as spreadsheet formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from pactdesk.core.settle.trace import Op
from pactdesk.core.units.exact import exact_value
from pactdesk.documents.explain.values import Plain

_MOST_DIGITS = 15
"""A spreadsheet keeps no more."""


def literal(value: Fraction) -> str:
    """A number as a formula: a decimal where it ends in time, else the division itself.

    >>> literal(Fraction("0.0005")), literal(Fraction(2, 3))
    ('=0.0005', '=2/3')
    """
    for places in range(_MOST_DIGITS):
        scaled = value * 10**places
        if scaled.denominator == 1 and abs(scaled) < 10**_MOST_DIGITS:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
            sign = "-" if value < 0 else ""
            return f"={sign}{whole}{'.' if part else ''}{part}"
    return f"={value.numerator}/{value.denominator}"


def formula(node: Plain, inputs: Sequence[str]) -> str:
    """The formula of an inner node over the cells of its inputs, such as `B5`."""
    if node["op"] == Op.ROUND:
        return f"={_rounded(inputs[0], node['rounding'])}"
    return f"={_FORMULAS[node['op']](inputs)}"


_FORMULAS: Mapping[str, Callable[[Sequence[str]], str]] = {
    Op.ADD: lambda cells: "+".join(cells) or "0",
    Op.SUBTRACT: lambda cells: f"{cells[0]}-{cells[1]}",
    Op.MULTIPLY: lambda cells: "*".join(cells),
    Op.DIVIDE: lambda cells: f"{cells[0]}/{cells[1]}",
    Op.MINIMUM: lambda cells: f"MIN({','.join(cells)})",
    Op.MAXIMUM: lambda cells: f"MAX({','.join(cells)})",
    Op.NEGATE: lambda cells: f"-{cells[0]}",
    # A value that was reckoned to a whole number in binary may lie a hair below it.
    Op.FLOOR: lambda cells: f"INT(ROUND({cells[0]},9))",
    Op.CEILING: lambda cells: f"-INT(-ROUND({cells[0]},9))",
}


def _rounded(cell: str, rounding: Plain) -> str:
    """Halves away from zero, to even, down or up, in steps of the unit."""
    unit = literal(exact_value(rounding["unit"])).removeprefix("=")
    steps = f"ROUND({cell}/({unit}),9)"
    match rounding["mode"]:
        case "half_up":
            return f"ROUND({steps},0)*({unit})"
        case "half_even":
            to_even = f"2*ROUND({steps}/2,0)"
            return f"IF(ABS({steps}-TRUNC({steps}))=0.5,{to_even},ROUND({steps},0))*({unit})"
        case "down":
            return f"TRUNC({steps})*({unit})"
        case _:
            return f"ROUNDUP({steps},0)*({unit})"
