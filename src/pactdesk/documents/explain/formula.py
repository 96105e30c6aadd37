"""The formula of a trace, once in names and once in numbers: the same tree, walked twice.

A node whose result has a name of its own (扣款上限, 计扣档数) stands in the formula by that name;
how it was made is told by its own step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pactdesk.core.settle.trace import Op
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import MINUS, Plain, shown
from pactdesk.messages.catalogue import has_text

Spoken = Literal["words", "numbers"]

_BY_NAME = frozenset(
    {
        "packages_least",
        *("cap", "steps", "full_steps", "started_steps", "billed_hours", "billed_before"),
        *("period_fee", "deducted", "month_earned", "month_had", "taken"),
        "left_of_year",
    }
)
_SUMS = frozenset({Op.ADD, Op.SUBTRACT})
_LOOSE = frozenset({Op.ADD, Op.SUBTRACT, Op.MINIMUM, Op.MAXIMUM})
_EXTREMES = frozenset({Op.MINIMUM, Op.MAXIMUM})
_MANY = 3
# A space sets numbers off from characters; between two characters there is none.
_BETWEEN_CHARACTERS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Formula:
    """Expressions over a trace.

    kinds  line number, as a trace names it → kind of the line
    kind   of the line itself: what is owed under a penalty is no deduction
    """

    names: Names
    kinds: Mapping[str, str]
    kind: str = ""

    def words(self, node: Plain) -> str:
        """未付金额 × 逾期违约金率 × 逾期天数."""
        return self._expression(node, "words")

    def numbers(self, node: Plain) -> str:
        """51,345.60 元 × 每日万分之五 × 11 天."""
        return self._expression(node, "numbers")

    def name(self, node: Plain) -> str | None:
        """What a node's value is called, if it has a name."""
        say, of, label = self.names.say, str(node.get("of", "")), node.get("label")
        match node["op"]:
            case Op.TERM:
                return self.names.term(of)
            case Op.LEVEL:
                return say("leaf.level", level=self.names.level(of))
            case Op.BREACHES | Op.SEAT_TIME | Op.OPEN_TIME | Op.UNPAID | Op.LATE_DAYS as op:
                return say(f"leaf.{op}")
            case Op.COUNTED:
                return self.names.quantity(of)
            case Op.LINE:
                return say(f"leaf.line_{self.kinds[of].partition('_')[0]}", number=of)
            case Op.ROUND if label is None:
                return self.name(node["inputs"][0])
        for key in (f"label_of.{self.kind}.{label}", f"label.{label}"):
            if label is not None and has_text("explain", key, self.names.language):
                return say(key)
        return None

    def result(self, node: Plain) -> str:
        """The value of a node with its unit."""
        return shown(node, self.names.language)

    def _expression(self, node: Plain, spoken: Spoken) -> str:
        inputs: Sequence[Plain] = node.get("inputs", ())
        if not inputs or node.get("label") in _BY_NAME:
            return self._alone(node, spoken)
        op = node["op"]
        if op == Op.ADD:
            return self._sum(node, spoken)
        parts = [self._part(each, op, spoken) for each in inputs]
        match op:
            case Op.SUBTRACT:
                return f" {_SIGNS[op]} ".join(
                    [parts[0], *map(self._taken_off, inputs[1:], parts[1:])]
                )
            case Op.MULTIPLY | Op.DIVIDE:
                return f" {_SIGNS[op]} ".join(parts)
            case Op.NEGATE if spoken == "numbers" and self._is_single(inputs[0]):
                return self.result(node)
            case Op.NEGATE:
                return f"−{parts[0]}"
            case Op.FLOOR | Op.CEILING:
                return self._alone(node, spoken)
            case Op.ROUND:
                return self._rounded(node, spoken)
            case _:
                return self._extreme(node, parts)

    def _rounded(self, node: Plain, spoken: Spoken) -> str:
        inner = node["inputs"][0]
        if node.get("label") in _BY_NAME or inner.get("label") in _BY_NAME:
            return self._alone(node, spoken)
        expression = self._expression(inner, spoken)
        if spoken == "words" or inner["value"] == node["value"]:
            return expression
        value = self.result(node)
        return self.names.say("formula.rounded_inner", inner=expression, value=value)

    def _alone(self, node: Plain, spoken: Spoken) -> str:
        if spoken == "numbers":
            return self.result(node)
        return self.name(node) or self.result(node)

    def _part(self, node: Plain, parent: Op, spoken: Spoken) -> str:
        expression = self._expression(node, spoken)
        node = unrounded(node)
        if self._is_single(node) or (len(node["inputs"]) == 1 and node["op"] == Op.ADD):
            return expression
        if parent in _EXTREMES:  # what is in doubt there is only another choice
            is_bare = node["op"] not in _EXTREMES or self._is_limit(node)
        else:
            # 4 × (a + b), −(a × b): what binds more loosely than its surroundings needs brackets.
            is_looser = node["op"] in _LOOSE and parent not in _SUMS
            is_bare = not is_looser and parent not in (Op.NEGATE, Op.DIVIDE)
            is_bare = is_bare and node["op"] not in _EXTREMES
        return expression if is_bare else self._bracketed(expression)

    def _is_single(self, node: Plain) -> bool:
        return not node.get("inputs") or node.get("label") in _BY_NAME

    def _taken_off(self, node: Plain, part: str) -> str:
        """a − (b + c), a − (−b)."""
        is_sum = unrounded(node)["op"] in _SUMS and not self._is_single(node)
        return (
            self._bracketed(part) if is_sum or (self._is_single(node) and MINUS in part) else part
        )

    def _bracketed(self, expression: str) -> str:
        return self.names.say("formula.brackets", inner=expression)

    def _sum(self, node: Plain, spoken: Spoken) -> str:
        inputs = flattened(node)
        if len(inputs) == 1:
            return self._expression(inputs[0], spoken)
        parts = [self._part(each, Op.ADD, spoken) for each in inputs]
        if spoken == "words" and len(set(parts)) == 1:
            return self.names.say("formula.sum_of", inner=parts[0])
        if spoken == "numbers" and len(inputs) > _MANY:
            parts = [self.result(each) for each in inputs]
        return " + ".join(parts)

    def _extreme(self, node: Plain, parts: list[str]) -> str:
        first = self.names.say("formula.and", each=parts[:-1]) if len(parts) > 2 else parts[0]
        said = self.names.say(self._key(node), a=first, b=parts[-1])
        return _BETWEEN_CHARACTERS.sub("", said)

    def _key(self, node: Plain) -> str:
        """How a choice is put: by its label, against a constant as a limit, else as a choice."""
        key = f"formula.{node['op']}.{node.get('label')}"
        if has_text("explain", key, self.names.language):
            return key
        is_limit = node["inputs"][-1]["op"] == Op.CONSTANT
        return f"formula.{node['op']}.{'constant' if is_limit else 'any'}"

    def _is_limit(self, node: Plain) -> bool:
        """Whether it is told as a limit after a comma, to which another can be added."""
        return self._key(node).rpartition(".")[2] not in ("any", "largest_deduction")


_SIGNS = {Op.SUBTRACT: "−", Op.MULTIPLY: "×", Op.DIVIDE: "÷"}


def unrounded(node: Plain) -> Plain:
    """What a rounding inside a formula rounds."""
    is_named = node.get("label") in _BY_NAME
    return unrounded(node["inputs"][0]) if node["op"] == Op.ROUND and not is_named else node


def flattened(node: Plain) -> tuple[Plain, ...]:
    """The terms of a sum; a sum inside that has no name of its own is taken apart.

    A sum of nothing, such as the fee of a month without any, has none.
    """
    terms: list[Plain] = []
    for each in node.get("inputs", ()):
        is_open = each["op"] == Op.ADD and each.get("label") not in _BY_NAME
        terms += flattened(each) if is_open else (each,)
    return tuple(terms)
