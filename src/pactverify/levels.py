"""One month: its levels, in the statement's fields, and its seat time (recheck.md, 4)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pactverify.facts import Fact
from pactverify.interactions import Judge, Outcome, interactions_in
from pactverify.terms import Terms
from pactverify.worktime import Interval, ServiceTime, common, length, local_day, union

from pactverify.worktime import wall_instant, without  # isort: skip

Exclusions = list[tuple[int, int, str]]  # start, end, cause
_NEVER = 32503679999999
_COUNTED = {  # outcomes that are good, outcomes that count at all
    "": ("met", "met missed"),
    "F1": ("af bf", "af bf as bs"),
    "F2": ("af", "af as"),
    "F3": ("af", "af as bf bs"),
    "F4": ("af", "af as bs"),
}


class Month:
    """A calendar month of a contract, with the facts that count, sorted."""

    def __init__(self, terms: Terms, service: ServiceTime, facts: list[Fact], text: str) -> None:
        self.terms, self.service, self.facts, self.text = terms, service, facts, text
        self.first = date.fromisoformat(f"{text}-01")
        self.following = (self.first + timedelta(days=31)).replace(day=1)
        self.last = self.following - timedelta(days=1)
        self.start, self.end = (
            wall_instant(day, 0, service.zone) for day in (self.first, self.following)
        )
        self.opened = service.open_between(self.start, self.end)
        self.interactions = interactions_in(facts, self.end)

    def day_of(self, at: int) -> date:
        """The local day of an instant."""
        return local_day(at, self.service.zone)


def level_of(clause: Any, month: Month) -> dict[str, Any]:
    """The level of one clause, as it must stand in the statement; also without exclusions."""
    exclusions = _exclusions(month.facts, clause["id"])
    level = _measured(clause, month, exclusions)
    raw = _measured(clause, month, []) if exclusions else level
    counted = ("numerator", "denominator", "unknown", "carried", "excluded")
    if any(level[name] != raw[name] for name in counted):
        shown = ("numerator", "denominator", "unknown", "value")
        level["raw"] = {name: raw[name] for name in shown}
    return level


def _measured(clause: Any, month: Month, exclusions: Exclusions) -> dict[str, Any]:
    level: dict[str, Any] = {
        "clause": clause["id"], "metric": clause["metric"], "standing": "measured",
        "reason": None, "details": {}, "numerator": 0, "denominator": 0, "value": None,
        "unknown": 0, "carried": 0, "excluded": {}, "histogram": {}, "by_day": {}, "missed": [],
    }  # fmt: skip
    if clause["metric"] == "availability":
        _availability(level, month, exclusions)
    else:
        for outcome, name, day in _outcomes(clause, month, exclusions):
            _count(level, outcome, name, day, clause.get("formula", ""))
        level["missed"].sort()
    sampled = clause["metric"] != "availability"  # milliseconds are no sample
    minimum = clause.get("minimum_sample", 0) * sampled
    _stand(level, minimum, month.terms.one("conventions"))
    if level["denominator"]:
        per_unit = 1000 if clause["metric"] == "first_response_average" else 1
        level["value"] = str(Fraction(level["numerator"], level["denominator"] * per_unit))
    return level


def _outcomes(
    clause: Any, month: Month, exclusions: Exclusions
) -> Iterator[tuple[Outcome, str, str]]:
    """(outcome, interaction, local day) of each interaction that this month judges."""
    judge = Judge(clause, month.terms.one("conventions"), month.service)
    for each in month.interactions:
        if any(clause.get(n, each.told[n]) != each.told[n] for n in ("channel", "case_type")):
            continue
        at = judge.attributed_at(each, month.end)
        if at is None or at >= month.end:
            continue
        if at < month.start and judge.outcome(each, month.start).state != "pending":
            continue  # an earlier month has judged it
        cause = next((cause for start, end, cause in exclusions if start <= at < end), None)
        outcome = judge.outcome(each, month.end) if cause is None else Outcome("out", why=cause)
        yield outcome, each.name, month.day_of(max(at, month.start)).isoformat()


def _exclusions(facts: Iterable[Fact], clause_id: str) -> Exclusions:
    """(start, end, cause) of those that both parties approved for a clause, and of suspensions."""
    found: Exclusions = []
    since: int | None = None
    for fact in facts:
        told = fact.measured
        if fact.kind == "exclusion" and clause_id in (told["clauses"] or [clause_id]):
            if len(told["approved_by"]) == 2:
                found.append((told["start"], told["end"], told["cause"]))
        elif fact.kind == "contract" and told["event"] == "suspended":
            since = fact.at if since is None else since
        elif fact.kind == "contract" and told["event"] == "resumed" and since is not None:
            found += [(since, fact.at, "suspended")] if since < fact.at else []
            since = None
    return sorted(found + ([] if since is None else [(since, _NEVER, "suspended")]))


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


def _availability(level: dict[str, Any], month: Month, exclusions: Exclusions) -> None:
    """Up, down and unobserved time inside the open time that is not excluded."""
    judged = without(month.opened, union((start, end) for start, end, _ in exclusions))
    probes: dict[bool, list[Interval]] = {True: [], False: []}
    for fact in month.facts:
        if fact.kind == "probe":
            probes[fact.measured["up"]].append((fact.at, fact.at + fact.measured["covers_ms"]))
    down = common(judged, union(probes[False]))
    up = without(common(judged, union(probes[True])), down)
    level["numerator"], level["denominator"] = length(up), length(up) + length(down)
    level["unknown"] = length(judged) - level["denominator"]
    if excluded := length(month.opened) - length(judged):
        level["excluded"]["exclusion_ms"] = excluded
    for good, part in ((1, up), (0, down)):
        for start, end in part:
            while start < end:  # an interval over midnight counts on both days
                day = month.day_of(start)
                until = min(end, wall_instant(day, 1440, month.service.zone))
                of_day = level["by_day"].setdefault(day.isoformat(), [0, 0])
                of_day[0] += good * (until - start)
                of_day[1] += until - start
                start = until


def seat_time(month: Month) -> dict[str, Any]:
    """Exact milliseconds by agent, and the clockings that have no partner."""
    by_agent, unpaired = {}, []
    for agent in sorted({f.measured["agent"] for f in month.facts if f.kind == "attendance"}):
        own = [fact for fact in month.facts if fact.measured.get("agent") == agent]
        sessions, lonely = _sessions(fact for fact in own if fact.kind == "attendance")
        changes = [(max(fact.at, month.start), Fraction(fact.measured["share"]))
                   for fact in own if fact.kind == "assignment"]  # fmt: skip
        by_agent[agent] = _weighted(common(union(sessions), month.opened), changes, month)
        unpaired += [{"agent": agent, "at": at} for at in lonely if month.start <= at < month.end]
    return {"by_agent": {a: str(ms) for a, ms in by_agent.items() if ms}, "unpaired": unpaired}


def _sessions(events: Iterable[Fact]) -> tuple[list[Interval], list[int]]:
    sessions: list[Interval] = []
    lonely: list[int] = []
    since: int | None = None
    for fact in events:
        if fact.measured["event"] == "clock_in":
            lonely += [] if since is None else [since]
            since = fact.at
        elif since is None:
            lonely.append(fact.at)
        else:
            sessions.append((since, fact.at))
            since = None
    return sessions, lonely + ([] if since is None else [since])


def _weighted(worked: list[Interval], shares: list[tuple[int, Fraction]], month: Month) -> Fraction:
    """Each stretch with the share that held then; before the first assignment it is 1."""
    total, share, since = Fraction(0), Fraction(1), month.start
    for at, following in [*shares, (month.end, Fraction(0))]:
        total += share * length(common(worked, [(since, at)]))
        share, since = following, at
    return total
