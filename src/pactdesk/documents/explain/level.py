"""How a level came to its value and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR, decimal_text, exact_value
from pactdesk.documents.explain.counting import counted, first_missed
from pactdesk.documents.explain.explanation import Explanation, quoted
from pactdesk.documents.explain.held import held
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, seconds_text
from pactdesk.messages.catalogue import Language


class LevelUnknown(PactError):
    """Statement `statement` has no level of clause `clause`; its levels: `known`."""


def explain_level(
    statement: Plain,
    contract: Contract,
    clause: str,
    language: Language,
    *,
    elapsed_ms: Mapping[str, int] | None = None,
    days: str | None = None,
) -> Explanation:
    """Why a level has its value, what was taken out, and how it was judged.

    clause      the level's clause id
    elapsed_ms  interaction → running time, where the caller has the facts at hand
    days        which of its entries, where a month has several; without it the first
    raises      LevelUnknown
    """
    pairs = zip(statement["levels"], statement["assessment"], strict=True)
    asked = (pair for pair in pairs if pair[0]["clause"] == clause)
    level, judged = next(
        (pair for pair in asked if days in (None, pair[0].get("days"))), (None, None)
    )
    if level is None or judged is None:
        known = ", ".join(dict.fromkeys(each["clause"] for each in statement["levels"]))
        raise LevelUnknown(statement=statement["statement"], clause=clause, known=known)
    names = Names(held(contract, statement, level), language)
    steps = (*counted(level, names), verdict_sentence(judged, names), *_run(judged, names))
    return Explanation(
        title=_title(level, judged, names),
        clauses=(quoted(names, clause),),
        words=_words(level, names),
        numbers=steps[0],
        short=ratio_text(level, names),
        steps=steps[1:],
        rounding="",
        facts=first_missed(level, names, elapsed_ms or {}),
    )


def value_of_level(level: Plain, names: Names, places: int = 4) -> str:
    """The measured value, or a dash."""
    if level["value"] is None:
        return "—"
    return names.level_value(_clause(level, names), exact_value(level["value"]), places)


def ratio_text(level: Plain, names: Names) -> str:
    """Numerator and denominator as counted: 1,310 / 1,443."""
    numerator, denominator = level["numerator"], level["denominator"]
    match level["metric"]:
        case Metric.AVAILABILITY:
            up, seen = (
                decimal_text(Fraction(part, MILLISECONDS_PER_HOUR), 2)
                for part in (numerator, denominator)
            )
            return names.say("ratio.hours", numerator=up, denominator=seen)
        case Metric.FIRST_RESPONSE_AVERAGE:
            return f"{seconds_text(numerator, names.language)} / {denominator:,}"
        case _:
            return f"{numerator:,} / {denominator:,}"


def verdict_sentence(judged: Plain, names: Names) -> str:
    """达标, 未达标 or 不作判定, and against which target."""
    return names.say(
        f"verdict_sentence.{judged['verdict']}",
        target=names.target(judged["clause"], exact_value(judged["target"])),
    )


def _title(level: Plain, judged: Plain, names: Names) -> str:
    return names.say(
        "title.level",
        level=names.for_days(names.level(level["clause"]), level),
        value=value_of_level(level, names),
        verdict=names.say(f"verdict.{judged['verdict']}"),
    )


def _words(level: Plain, names: Names) -> str:
    clause = _clause(level, names)
    formula = f"_{clause.formula}" if level["metric"] == Metric.ANSWER_SHARE else ""
    within = names.duration(clause.within)
    return names.say(f"level_words.{level['metric']}{formula}", within=within)


def _run(judged: Plain, names: Names) -> tuple[str, ...]:
    run = judged["misses_in_a_row"]
    return (names.say("run", count=run),) if run > 1 else ()


def _clause(level: Plain, names: Names) -> ServiceLevel:
    clause = names.contract.clause(level["clause"])
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are measured
    return clause
