"""How a level was counted: what is in it, what was taken out and why, what is still open."""

from __future__ import annotations

from collections.abc import Mapping

from pactdesk.core.measure.level import Standing
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.units.exact import exact_value
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, hours_text, seconds_text

_LISTED = 8


def level_of(statement: Plain, clause_id: str) -> Plain:
    """The measured level of a clause."""
    found: Plain = next(each for each in statement["levels"] if each["clause"] == clause_id)
    return found


def counted(level: Plain, names: Names) -> tuple[str, ...]:
    """Sentences about numerator and denominator, exclusions, carried and unknown parts."""
    said = [_value(level, names)]
    for reason, count in level["excluded"].items():
        if reason == "exclusion_ms":
            hours = hours_text(count, names.language)
            said.append(names.say("count.excluded_time", hours=hours))
        else:
            said.append(names.say("count.excluded", cause=names.cause(reason), count=f"{count:,}"))
    if "raw" in level:
        said.append(raw_text(level, names))
    if level["carried"]:
        said.append(names.say("count.carried", count=level["carried"]))
    if level["unknown"]:
        hours = hours_text(level["unknown"], names.language)
        said.append(names.say("count.unknown", hours=hours))
    if level["standing"] != Standing.MEASURED:
        said.append(names.say(f"standing.{level['reason']}", **_details(level)))
    return tuple(said)


def raw_text(level: Plain, names: Names) -> str:
    """What the level would be if both parties had excluded nothing."""
    clause = names.contract.clause(level["clause"])
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are measured
    value = level["raw"]["value"]
    return names.say(
        "count.raw", value="—" if value is None else names.level_value(clause, exact_value(value))
    )


def _value(level: Plain, names: Names) -> str:
    if level["value"] is None:
        return names.say("count.nothing")
    clause = names.contract.clause(level["clause"])
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are measured
    metric = level["metric"]
    value = names.level_value(clause, exact_value(level["value"]))
    numerator, denominator = level["numerator"], level["denominator"]
    if metric == Metric.AVAILABILITY:
        up = hours_text(numerator, names.language)
        seen = hours_text(denominator, names.language)
        return names.say("count.availability", numerator=up, denominator=seen, value=value)
    if metric == Metric.FIRST_RESPONSE_AVERAGE:
        total = seconds_text(numerator, names.language)
        many = f"{denominator:,}"
        return names.say("count.average", numerator=total, denominator=many, value=value)
    shown = {"numerator": f"{numerator:,}", "denominator": f"{denominator:,}", "value": value}
    within = names.duration(clause.within)
    return names.say(f"count.{metric}", within=within, **shown)


def first_missed(level: Plain, names: Names, elapsed_ms: Mapping[str, int]) -> tuple[str, ...]:
    """The first interactions that missed, those with known times longest first."""
    missed: list[str] = level["missed"]
    if not missed:
        return ()
    ordered = sorted(missed, key=lambda each: (-elapsed_ms.get(each, 0), each))
    listed = [
        names.say("missed.one", id=each, elapsed=seconds_text(elapsed_ms[each], names.language))
        if each in elapsed_ms
        else each
        for each in ordered[:_LISTED]
    ]
    rest = len(missed) - len(listed)
    key = "missed.some" if rest else "missed.all"
    return (
        names.say(key, count=len(missed), ids=listed, rest=rest, clause=level["clause"]),
        *_worst_days(level, names),
    )


def _worst_days(level: Plain, names: Names) -> tuple[str, ...]:
    """The three days that cost most, by how many missed."""
    if level["metric"] in (Metric.AVAILABILITY, Metric.FIRST_RESPONSE_AVERAGE):
        return ()
    lost = {day: whole - good for day, (good, whole) in level["by_day"].items() if whole > good}
    worst = sorted(lost, key=lambda day: (-lost[day], day))[:3]
    if len(lost) <= 1:
        return ()
    days = [names.say("missed.day", day=day, count=lost[day]) for day in worst]
    return (names.say("missed.worst_days", days=days),)


def _details(level: Plain) -> Mapping[str, str]:
    details = {"count": "", "minimum": "", "year": ""}
    return {**details, **level["details"]}
