"""The levels of some days, in the statement's fields (recheck.md, 4)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from pactverify.book import BOTH, Span
from pactverify.canonical import LARGEST
from pactverify.interactions import Judge, Outcome, within_scope
from pactverify.terms import exact
from pactverify.worktime import Days, Interval, common, length, union, without

Exclusions = list[tuple[int, int, str]]  # start, end, cause
_NEVER = 32503679999999
_COUNTED = {  # outcomes that are good, outcomes that count at all
    "": ("met", "met missed"),
    "F1": ("af bf", "af bf as bs"),
    "F2": ("af", "af as"),
    "F3": ("af", "af as bf bs"),
    "F4": ("af", "af as bs"),
}


def level_of(clause: Any, span: Span) -> dict[str, Any]:
    """The level of one clause, as it must stand in the statement; also without exclusions."""
    exclusions = _exclusions(clause, span)
    level = _measured(clause, span, exclusions)
    raw = _measured(clause, span, []) if exclusions else level
    counted = ("numerator", "denominator", "unknown", "carried", "excluded")
    if any(level[name] != raw[name] for name in counted):
        shown = ("numerator", "denominator", "unknown", "value")
        level["raw"] = {name: raw[name] for name in shown}
    return level


def _measured(clause: Any, span: Span, exclusions: Exclusions) -> dict[str, Any]:
    level: dict[str, Any] = {
        "clause": clause["id"], "metric": clause["metric"], "standing": "measured",
        "reason": None, "details": {}, "numerator": 0, "denominator": 0, "value": None,
        "unknown": 0, "carried": 0, "excluded": {}, "histogram": {}, "by_day": {}, "missed": [],
    }  # fmt: skip
    if clause["metric"] == "availability":
        _availability(level, span, exclusions)
    else:
        for outcome, name, day in _outcomes(clause, span, exclusions):
            _count(level, outcome, name, day, clause.get("formula", ""))
        level["missed"].sort()
    sampled = clause["metric"] != "availability"  # milliseconds are no sample
    minimum = clause.get("minimum_sample", 0) * sampled
    _stand(level, minimum, span.terms.one("conventions"))
    if level["denominator"]:
        per_unit = 1000 if clause["metric"] == "first_response_average" else 1
        level["value"] = str(Fraction(level["numerator"], level["denominator"] * per_unit))
    return level


def _outcomes(
    clause: Any, span: Span, exclusions: Exclusions
) -> Iterator[tuple[Outcome, str, str]]:
    """(outcome, interaction, local day) of each interaction that this month judges."""
    judge = Judge(clause, span.terms.one("conventions"), span.service)
    for each in span.book.interactions(span.end):
        if not within_scope(each, clause):
            continue
        at = judge.attributed_at(each, span.end)
        if at is None or at >= span.end:
            continue
        ends = _ends_before(span, at) if at < span.start else ()
        if any(judge.outcome(each, end).state != "pending" for end in ends):
            continue  # an earlier month has judged it
        cause = next((cause for start, end, cause in exclusions if start <= at < end), None)
        outcome = judge.outcome(each, span.end) if cause is None else Outcome("out", why=cause)
        yield outcome, each.name, span.book.day_of(max(at, span.start)).isoformat()


def _ends_before(span: Span, at: int) -> Iterator[int]:
    """The ends of the local months from that of `at` on, then the start of the span."""
    while (at := _month_end(span, at)) < span.start:
        yield at
    yield span.start


def _month_end(span: Span, at: int) -> int:
    day = span.book.day_of(at)
    return Days(day, day).month.instants(span.book.zone)[1]


def _exclusions(clause: Any, span: Span) -> Exclusions:
    """(start, end, cause) of those that both parties approved for a clause, and of suspensions."""
    found: Exclusions = []
    for told in (fact.measured for fact in span.book.before("exclusion", LARGEST)):
        named = clause["id"] in (told["clauses"] or [clause["id"]])
        if named and set(told["approved_by"]) == BOTH:
            found.append((told["start"], told["end"], told["cause"]))
    if "above_forecast" in clause and not _above_forecast(clause, span):
        found = [each for each in found if each[2] != "above_forecast"]
    since: int | None = None
    for fact in span.book.before("contract", LARGEST):
        if fact.measured["event"] == "suspended":
            since = fact.at if since is None else since
        elif fact.measured["event"] == "resumed" and since is not None:
            found += [(since, fact.at, "suspended")] if since < fact.at else []
            since = None
    return sorted(found + ([] if since is None else [(since, _NEVER, "suspended")]))


def _above_forecast(clause: Any, span: Span) -> bool:
    """Whether more was opened in the month than the agreed multiple of what was forecast."""
    rule = clause["above_forecast"]
    fields = {"measure": rule["measure"], "period": span.month}
    forecasts = list(span.book.before("forecast", span.month_start, **fields))
    opened = [each for each in span.book.interactions(span.month_end)
              if each.opened_at >= span.month_start and within_scope(each, clause)]  # fmt: skip
    most = [exact(rule["times"]) * fact.measured["quantity"] for fact in forecasts[-1:]]
    return any(len(opened) > each for each in most)


def _count(level: dict[str, Any], outcome: Outcome, name: str, day: str, formula: str) -> None:
    """Add one outcome; its day appears even when it adds nothing to the ratio."""
    of_day = level["by_day"].setdefault(day, [0, 0])
    if outcome.state == "pending":
        level["carried"] += 1
        return
    if outcome.state == "out":
        level["excluded"][outcome.why] = level["excluded"].get(outcome.why, 0) + 1
        return
    if outcome.ran_ms is not None:
        seconds = str(-(-outcome.ran_ms // 1000))
        level["histogram"][seconds] = level["histogram"].get(seconds, 0) + 1
    if outcome.state in ("missed", "as", "bs"):
        level["missed"].append(name)
    good, counted = (outcome.state in states.split() for states in _COUNTED[formula])
    parts = (int(good), int(counted))
    if outcome.state == "answered":
        parts = (outcome.ran_ms or 0, 1)
    for at, (total, part) in enumerate(zip(("numerator", "denominator"), parts, strict=True)):
        level[total] += part
        of_day[at] += part


def _stand(level: dict[str, Any], minimum: int, conventions: Any) -> None:
    """Whether the level may be judged."""
    zero = {"not_judged": True, "met": False}[conventions["zero_volume"]]
    if level["unknown"] and not level["denominator"]:
        level["standing"], level["reason"] = "not_measured", "no_probe"
    elif level["denominator"] < minimum:
        level["standing"], level["reason"] = "not_judged", "sample_too_small"
        level["details"] = {"count": str(level["denominator"]), "minimum": str(minimum)}
    elif not level["denominator"] and zero:
        level["standing"], level["reason"] = "not_judged", "nothing_to_judge"


def _availability(level: dict[str, Any], span: Span, exclusions: Exclusions) -> None:
    """Up, down and unobserved time inside the open time that is not excluded."""
    judged = without(span.opened, union((start, end) for start, end, _ in exclusions))
    probes: dict[bool, list[Interval]] = {True: [], False: []}
    for fact in span.book.before("probe", LARGEST):
        probes[fact.measured["up"]].append((fact.at, fact.at + fact.measured["covers_ms"]))
    down = common(judged, union(probes[False]))
    up = without(common(judged, union(probes[True])), down)
    level["numerator"], level["denominator"] = length(up), length(up) + length(down)
    level["unknown"] = length(judged) - level["denominator"]
    if excluded := length(span.opened) - length(judged):
        level["excluded"]["exclusion_ms"] = excluded
    for day in span.days:
        of_day = [Days(day, day).instants(span.book.zone)]
        good, bad = length(common(up, of_day)), length(common(down, of_day))
        if good + bad:
            level["by_day"][day.isoformat()] = [good, good + bad]
