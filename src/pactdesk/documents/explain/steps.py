"""The working of a trace: one sentence per operation, in the order in which one would reckon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.core.settle.trace import Op, Unit
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.documents.explain.formula import Formula, flattened
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, node_value, tidy, value_text
from pactdesk.messages.catalogue import Language, has_text

_MANY = 3
_SIGNS = {Op.ADD: "+", Op.SUBTRACT: "−", Op.MULTIPLY: "×", Op.DIVIDE: "÷"}


@dataclass(frozen=True, slots=True)
class Working:
    """Sentences for the operations of one trace."""

    names: Names
    formula: Formula

    def sentences(self, root: Plain) -> tuple[str, ...]:
        """Every operation below the final rounding, said once."""
        said = dict.fromkeys(self._below(root["inputs"][0]))
        return tuple(said)

    def rounding(self, root: Plain) -> str:
        """How the exact amount became the booked one."""
        exact = root["inputs"][0]
        say = self.names.say
        if node_value(exact) == node_value(root):
            return say("rounding.none", amount=self.formula.result(root))
        return say(
            "rounding.done",
            exact=self.formula.result(exact),
            mode=self._mode(root),
            unit=self._rounding_unit(root),
            amount=self.formula.result(root),
            clause=self._conventions(),
        )

    def _below(self, node: Plain) -> Iterator[str]:
        for each in flattened(node) if node["op"] == Op.ADD else node.get("inputs", ()):
            yield from self._below(each)
        sentence = self._sentence(node)
        if sentence:
            yield tidy(sentence[0].upper() + sentence[1:])

    def _sentence(self, node: Plain) -> str | None:
        inputs = node.get("inputs", ())
        match node["op"]:
            case Op.CONSTANT:
                return self._reason(node)
            case _ if not inputs:
                return None
            case Op.ADD if len(flattened(node)) == 1:
                return None
            case Op.DIVIDE if inputs[0].get("unit") == Unit.MILLISECONDS:
                return self._named_result(node, "step.hours")
            case Op.ADD | Op.SUBTRACT | Op.MULTIPLY | Op.DIVIDE:
                return self._calculation(node)
            case Op.MINIMUM | Op.MAXIMUM if self._is_idle(node):
                return None
            case Op.MINIMUM | Op.MAXIMUM:
                return self._chosen(node)
            case Op.ROUND:
                return self._rounded(node)
            case Op.NEGATE if inputs[0]["op"] == Op.ADD:
                return self._named_result(node, "step.negate_sum")
            case Op.NEGATE:
                return self.names.say("step.negate", value=self.formula.result(node))
            case _ if node_value(inputs[0]) == node_value(node):  # nothing was cut off
                return None
            case op:  # floor, ceiling
                a = self.formula.result(inputs[0])
                return self.names.say(f"step.{op}", a=a, value=self.formula.result(node))

    def _reason(self, node: Plain) -> str | None:
        """A line at zero says why."""
        label = node.get("label")
        if label is None or not has_text("explain", f"zero.{label}", self.names.language):
            return None
        return self.names.say(f"zero.{label}")

    def _calculation(self, node: Plain) -> str:
        late = next((each for each in node["inputs"] if each["op"] == Op.LATE_DAYS), None)
        if late is not None:
            return self._late(node, late)
        sign = f" {_SIGNS[node['op']]} "
        operands = flattened(node) if node["op"] == Op.ADD else node["inputs"]
        name, value = self._name(node), self.formula.result(node)
        if len(operands) > _MANY and all(each["op"] == Op.LINE for each in operands):
            numbers = _runs([int(each["of"]) for each in operands])
            return self.names.say("step.lines", name=name, numbers=numbers, value=value)
        said = [self._operand(each) for each in operands]
        if node["op"] == Op.SUBTRACT:
            said[1:] = [self._taken_off(*each) for each in zip(operands[1:], said[1:], strict=True)]
        expression = sign.join(said)
        if name is None:
            return self.names.say("step.plain", expression=expression, value=value)
        return self.names.say("step.calculation", name=name, expression=expression, value=value)

    def _name(self, node: Plain) -> str | None:
        """What the result is called; only money is an amount where it has no name."""
        is_money = node.get("unit") == Unit.YUAN
        return self.formula.name(node) or (self.names.say("label.amount") if is_money else None)

    def _taken_off(self, node: Plain, said: str) -> str:
        """a − (−b)."""
        is_bare = self.formula.name(node) is None and node_value(node) < 0
        return self.names.say("formula.brackets", inner=said) if is_bare else said

    def _is_idle(self, node: Plain) -> bool:
        """A limit of nothing, without a name of its own, that was not reached."""
        last = node["inputs"][-1]
        is_zero = last["op"] == Op.CONSTANT and node_value(last) == 0
        has_words = has_text("explain", f"step.{node['op']}.{node.get('label')}.b", self._language)
        return is_zero and not has_words and node_value(node) == node_value(node["inputs"][0])

    @property
    def _language(self) -> Language:
        return self.names.language

    def _late(self, node: Plain, late: Plain) -> str:
        """One stretch of days on which the same amount was overdue."""
        statement, first, last = late["of"].rsplit("|", 2)
        others = {each["op"]: each for each in node["inputs"] if each is not late}
        base = others.get(Op.UNPAID)
        return self.names.say(
            "step.late_whole" if base is None else "step.late",
            statement=statement,
            first=first,
            last=last,
            days=self.formula.result(late),
            unpaid=self.formula.result(base or others[Op.COUNTED]),
            rate=self.formula.result(others[Op.TERM]),
            place=self.names.term_place(others[Op.TERM]["of"]),
            value=self.formula.result(node),
        )

    def _chosen(self, node: Plain) -> str:
        """Which of two values it is; a label says it in the words of its own case."""
        *others, last = node["inputs"]
        is_first = any(node_value(node) == node_value(each) for each in others)
        label = f"step.{node['op']}.{node.get('label')}"
        has_words = has_text("explain", f"{label}.b", self.names.language)
        key = label if has_words else f"step.{node['op']}.any"
        return self.names.say(
            f"{key}.{'a' if is_first else 'b'}",
            a=self.names.say("formula.and", each=[self._operand(each) for each in others]),
            b=self._operand(last),
            value=self.formula.result(node),
        )

    def _rounded(self, node: Plain) -> str:
        inner = node["inputs"][0]
        name = self.formula.name(node) or self.names.say("label.amount")
        if node_value(inner) == node_value(node):
            return self.names.say("step.round_none", name=name, value=self.formula.result(node))
        return self.names.say(
            "step.round",
            name=name,
            exact=self.formula.result(inner),
            mode=self._mode(node),
            unit=self._rounding_unit(node),
            value=self.formula.result(node),
        )

    def _named_result(self, node: Plain, key: str) -> str:
        name = self.formula.name(node) or self.names.say("label.amount")
        return self.names.say(key, name=name, value=self.formula.result(node))

    def _operand(self, node: Plain) -> str:
        """Name, place of a term, value: 人员单价（第 4.2 条）38.00 元/小时."""
        value, name = self.formula.result(node), self.formula.name(node)
        if node["op"] == Op.TERM:
            place = self.names.term_place(node["of"])
            return self.names.say("operand.term", name=name, place=place, value=value)
        return self.names.say("operand.named", name=name, value=value) if name else value

    def _mode(self, node: Plain) -> str:
        return self.names.say(f"mode.{node['rounding']['mode']}")

    def _rounding_unit(self, node: Plain) -> str:
        unit = {"value": node["rounding"]["unit"]}
        return value_text(node_value(unit), node.get("unit", ""), self.names.language)

    def _conventions(self) -> str:
        return self.names.clause_number(self.names.contract.one(Conventions).id)


def _runs(numbers: list[int]) -> list[str]:
    """1–4, 6: numbers that follow each other in short."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
