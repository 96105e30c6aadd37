"""What some fee lines above come to together: the base of a tax, or of a surcharge on a fee."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.trace import Node, Op, Unit


def above(settling: Settling, is_wanted: Callable[[Line], bool], label: str) -> Node:
    """The booked fee lines that are wanted, added, of longer ones the part of these days.

    One alone stands for itself.
    """
    nodes = [
        node
        for line in settling.lines
        if line.kind.startswith("fee_") and is_wanted(line)
        if (node := settling.share_of(line)) is not None
    ]
    if len(nodes) == 1:
        return nodes[0]
    value = sum((node.value for node in nodes), start=Fraction(0))
    return Node(Op.ADD, value, Unit.YUAN, tuple(nodes), label=label)
