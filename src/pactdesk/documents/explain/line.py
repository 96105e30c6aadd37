"""Why is line 4 −1,203.40?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pactdesk.core.settle.trace import Op
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.documents.explain.behind import facts_behind
from pactdesk.documents.explain.explanation import Explanation, quoted
from pactdesk.documents.explain.formula import Formula
from pactdesk.documents.explain.held import held
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.steps import Working
from pactdesk.documents.explain.values import Plain, money_text, node_value, tidy
from pactdesk.messages.catalogue import Language


class LineUnknown(PactError):
    """Statement `statement` has no line `line`; it has `count`."""


def explain_line(
    statement: Plain,
    contract: Contract,
    line: int,
    language: Language,
    *,
    elapsed_ms: Mapping[str, int] | None = None,
) -> Explanation:
    """Why a line of a statement has its amount; also why it is zero.

    statement   in the plain form that is stored, as from a bundle
    line        its number, from 1
    elapsed_ms  interaction → running time, where the caller has the facts at hand
    raises      LineUnknown
    """
    found = next((each for each in statement["lines"] if each["number"] == line), None)
    if found is None:
        count = len(statement["lines"])
        raise LineUnknown(statement=statement["statement"], line=line, count=count)
    contract = held(contract, statement, found)
    names = Names(contract, language)
    kinds = {str(each["number"]): each["kind"] for each in statement["lines"]}
    formula = Formula(names, kinds, found["kind"])
    working = Working(names, formula)
    root: Plain = found["trace"]
    exact: Plain = root["inputs"][0]
    numbers = formula.numbers(exact)
    return Explanation(
        title=names.say(
            "title.line",
            number=line,
            amount=money_text(found["amount_fen"], language),
            what=names.line_title(found),
        ),
        clauses=tuple(quoted(names, clause) for clause in _clauses(found, contract)),
        words=tidy(_words(formula, exact)),
        numbers=tidy(_with_result(names, formula, root, numbers)),
        short=tidy(_short(names, found, numbers)),
        steps=working.sentences(root),
        rounding=tidy(working.rounding(root)),
        facts=facts_behind(statement, found, names, elapsed_ms or {}),
    )


def _words(formula: Formula, exact: Plain) -> str:
    if exact["op"] == Op.CONSTANT and exact.get("label"):
        return formula.names.say(f"zero_words.{exact['label']}")
    return formula.names.say("formula.amount", expression=formula.words(exact))


def _with_result(names: Names, formula: Formula, root: Plain, numbers: str) -> str:
    exact = root["inputs"][0]
    if exact["op"] in (Op.MINIMUM, Op.MAXIMUM):
        numbers = names.say("formula.brackets", inner=numbers)
    result, booked = formula.result(exact), formula.result(root)
    if numbers == result:
        return names.say("formula.amount", expression=booked)
    if node_value(exact) == node_value(root):
        return names.say("formula.result", expression=numbers, result=booked)
    return names.say("formula.rounded", expression=numbers, result=result, booked=booked)


def _short(names: Names, line: Plain, numbers: str) -> str:
    exact = line["trace"]["inputs"][0]
    if exact["op"] == Op.CONSTANT and exact.get("label"):
        return names.say(f"zero_short.{exact['label']}")
    return numbers


def _clauses(line: Plain, contract: Contract) -> tuple[str, ...]:
    """The line's own clause, the level it looks at, and every clause whose terms it uses."""
    clause = contract.clause(line["clause"])
    level = (clause.level,) if isinstance(clause, Deduction) else ()
    used = (str(of).split(".")[0] for of in _terms(line["trace"]))
    return tuple(dict.fromkeys((line["clause"], *level, *used)))


def _terms(node: Plain) -> Iterator[Any]:
    if node["op"] in (Op.TERM, Op.LEVEL):
        yield node["of"]
    for each in node.get("inputs", ()):
        yield from _terms(each)
