"""Interactions, their clocks, what became of each at a cut-off for a level (recheck.md, 4)."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pactverify.facts import Fact
from pactverify.worktime import Interval, ServiceTime, length

_CLOCKS = {
    "first_response_share": "first_response", "first_response_average": "first_response",
    "resolution_share": "resolution", "resolution_rate": "resolution", "answer_share": "answer",
}  # fmt: skip
_MILLISECONDS = {"s": 1000, "min": 60_000, "h": 3_600_000}


@dataclass(slots=True)
class Interaction:
    """Everything known about one interaction, in order of time."""

    name: str
    opened_at: int
    told: Any
    clocks: dict[str, list[Fact]] = field(default_factory=dict)
    ended: dict[str, list[int]] = field(default_factory=dict)  # kind → instants
    ratings: list[Fact] = field(default_factory=list)

    def first(self, kind: str, cut_off: int) -> int | None:
        """The earliest fact of that kind, when it lies before the cut-off."""
        return next((at for at in self.ended.get(kind, ()) if at < cut_off), None)


def within_scope(interaction: Interaction, clause: Any) -> bool:
    """Whether a clause looks at its channel and case type; absent: at all."""
    told = interaction.told
    return all(clause.get(name, told[name]) == told[name] for name in ("channel", "case_type"))


class Outcome(NamedTuple):
    """`state` is met, missed, answered, af, as, bf, bs, pending, or out (because of `why`)."""

    state: str
    ran_ms: int | None = None
    why: str = ""


def interactions_in(facts: Sequence[Fact], cut_off: int) -> list[Interaction]:
    """One per `interaction.opened` before the cut-off; facts come sorted."""
    before = facts[: bisect_left(facts, cut_off, key=lambda fact: fact.at)]
    found: dict[str, Interaction] = {}
    for fact in before:
        if fact.kind == "interaction.opened":
            name = fact.measured["interaction"]
            found.setdefault(name, Interaction(name, fact.at, fact.measured))
    for fact in before:
        held = found.get(fact.measured.get("interaction", ""))
        if held is None:
            continue
        if fact.kind == "clock":
            held.clocks.setdefault(fact.measured["metric"], []).append(fact)
        elif fact.kind == "rating":
            held.ratings.append(fact)
        elif fact.kind == "interaction.classified":
            held.told = {**held.told, "case_type": fact.measured["case_type"]}
        else:
            held.ended.setdefault(fact.kind.removeprefix("interaction."), []).append(fact.at)
    return list(found.values())


def run_clock(
    interaction: Interaction, metric: str, cut_off: int
) -> tuple[bool, int | None, list[Interval]]:
    """(activated, fulfilled at, intervals); a clock that still runs is counted to the cut-off."""
    activated, since, fulfilled_at = False, None, None
    intervals: list[Interval] = []
    for fact in interaction.clocks.get(metric, ()):
        at, event = fact.at, fact.measured["event"]
        if at >= cut_off:
            break
        stops = event == "pause"
        if event == "activate":
            activated = True
            if since is None and (fulfilled_at is None or metric == "resolution"):
                since, fulfilled_at = at, None
        elif event == "resume" and activated and since is None and fulfilled_at is None:
            since = at
        elif event == "fulfil" and activated and fulfilled_at is None:
            stops = metric != "first_response" or fact.measured["actor"] == "agent"
            fulfilled_at = at if stops else None
        if stops and since is not None:
            intervals.append((since, at))
            since = None
    if since is not None:
        intervals.append((since, cut_off))
    return activated, fulfilled_at, intervals


class Judge:
    """The rules of one level that looks at interactions."""

    def __init__(self, level: Any, conventions: Any, service: ServiceTime) -> None:
        self._level, self._conventions, self._service = level, conventions, service
        self._metric = level["metric"]
        clock = level.get("clock", "service_hours")
        self._wall = {"service_hours": False, "wall_clock": True}[clock]
        self._limit = 0
        if self._metric in ("first_response_share", "resolution_share", "answer_share"):
            self._limit = level["within"]["n"] * _MILLISECONDS[level["within"]["unit"]]

    def attributed_at(self, interaction: Interaction, cut_off: int) -> int | None:
        """The instant that decides to which day it belongs."""
        if self._metric == "csat":
            return next((each.at for each in interaction.ratings if each.at < cut_off), None)
        ends = [interaction.first(kind, cut_off) for kind in ("abandoned", "closed")]
        match self._level.get("attribution", "opened"):
            case "opened":
                return interaction.opened_at
            case "first_answered":
                clocks = ("first_response", "answer")
                ends += [run_clock(interaction, each, cut_off)[1] for each in clocks]
            case other if other != "closed":
                raise ValueError(other)
        return min((at for at in ends if at is not None), default=None)

    def outcome(self, interaction: Interaction, cut_off: int) -> Outcome:
        """What became of it, seen from the cut-off: the first row of the table that applies."""
        if self._metric == "csat":
            told = [each.measured for each in interaction.ratings if each.at < cut_off]
            score, scale = map(int, self._level["satisfied_from"].split("/"))
            good = told and told[-1]["score"] * scale >= score * told[-1]["scale"]
            return Outcome("met" if good else "missed" if told else "pending")
        activated, fulfilled_at, ran = run_clock(interaction, _CLOCKS[self._metric], cut_off)
        abandoned = interaction.first("abandoned", cut_off)
        closed = any(at < cut_off and not (ran and at < ran[-1][0])  # else it was reopened
                     for at in interaction.ended.get("closed", ()))  # fmt: skip
        ended = abandoned is not None or closed
        waiting = fulfilled_at is None
        if not activated:
            return Outcome("out", why="no_clock") if ended else Outcome("pending")
        match self._metric:
            case "first_response_average" if waiting:
                return Outcome("out", why="no_reply") if ended else Outcome("pending")
            case "first_response_average":
                return Outcome("answered", self._running(ran))
            case "answer_share" if waiting and abandoned is None:
                return Outcome("bs" if closed else "pending")
            case "answer_share":
                until = abandoned if waiting and abandoned is not None else cut_off
                cut = [(start, min(end, until)) for start, end in ran if start < until]
                ran_ms = self._running(cut)
                speed = "f" if ran_ms <= self._limit else "s"
                return Outcome(("b" if waiting else "a") + speed, ran_ms)
        if self._level.get("or_progress") is True and self._metric == "resolution_share":
            progress = self._progress(interaction, cut_off)
            if progress is not None:
                ran_ms = self._running(run_clock(interaction, "resolution", progress)[2])
                return Outcome("missed" if ran_ms > self._limit else "met", ran_ms)
        if waiting and abandoned is not None:
            counts = self._metric == "first_response_share"
            missed = counts and self._conventions["unanswered_after_abandon"] is True
            return Outcome("missed") if missed else Outcome("out", why="abandoned")
        if waiting and closed:
            return Outcome("missed")
        if self._metric == "resolution_rate":
            return Outcome("pending" if waiting else "met")
        ran_ms = self._running(ran)
        if ran_ms > self._limit:
            return Outcome("missed", ran_ms)
        return Outcome("pending") if waiting else Outcome("met", ran_ms)

    def _progress(self, interaction: Interaction, cut_off: int) -> int | None:
        """When an agent first told of progress, if the clock was then started and not fulfilled."""
        for fact in interaction.clocks["resolution"]:
            if (fact.measured["event"], fact.measured["actor"]) == ("progress", "agent"):
                activated, fulfilled_at, _ = run_clock(interaction, "resolution", fact.at)
                started = activated and fulfilled_at is None
                return fact.at if fact.at < cut_off and started else None
        return None

    def _running(self, intervals: list[Interval]) -> int:
        if self._wall:
            return length(intervals)
        return sum(length(self._service.open_between(*each)) for each in intervals)
