"""What a lead watches: levels so far, money at risk, and who is about to be late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contracts_visible_to, terms_of
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.statements.standing import Standing, standing_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.settle.slack import misses_left
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.instants import Instant, local_day, local_time, zone_named
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period
from pactdesk.core.units.ratio import Ratio
from pactdesk.documents.explain.counting import counted
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.level import ratio_text, value_of_level
from pactdesk.documents.explain.names import Names
from pactdesk.web.desk.clocks import say
from pactdesk.web.desk.inbox import Row, Wish, inbox_of
from pactdesk.web.ui.values import ClockState, Figure, LevelBar, Quote, Why
from pactdesk.web.ui.words import amount_text, page_language

SOON_MS = 30 * 60 * 1000
MOST_URGENT = 6

_COUNTED = {Metric.FIRST_RESPONSE_SHARE, Metric.RESOLUTION_SHARE, Metric.RESOLUTION_RATE}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the trend; `height` of 100, None without anything counted."""

    x: int
    day: str
    words: str
    height: Decimal | None
    is_below: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """One level: its bar, its trend, and how much room is left.

    words  of a level that is no share: there is no bar for it
    slack  a sentence: so many more may be late
    """

    bar: LevelBar | None
    words: str
    slack: str
    tone: str
    days: tuple[Day, ...]
    trend: str


@dataclass(frozen=True, slots=True)
class Deducted:
    """What one clause would take off the fee now."""

    name: str
    clause: str
    amount: str


@dataclass(frozen=True, slots=True)
class ContractStanding:
    """One contract as it stands."""

    contract: Contract
    merchant: str
    as_of: str
    figures: tuple[Figure, ...]
    withheld: str
    levels: tuple[Watched, ...]
    deducted: tuple[Deducted, ...]
    urgent: tuple[Row, ...]


def led(scope: Scope) -> list[UUID]:
    """The contracts that the person leads."""
    return [one for one, held in scope.contracts.items() if Role.LEAD.value in held]


def standings(scope: Scope, now: Instant) -> list[ContractStanding]:
    """Each of them, the most money at risk first."""
    contracts = contracts_visible_to(scope).filter(id__in=led(scope))
    found = []
    for contract in contracts:
        day = local_day(now, zone_named(contract.zone))
        standing = standing_of(scope, contract.id, day)
        found.append((-standing.at_risk_fen, contract.code, standing, contract))
    return [
        _shown(scope, contract, standing, now)
        for _, _, standing, contract in sorted(found, key=lambda one: one[:2])
    ]


def _shown(scope: Scope, contract: Contract, standing: Standing, now: Instant) -> ContractStanding:
    month = Period.month(standing.period)
    terms = held_in(terms_of(scope, contract.id, month.last_day), standing.period)
    names = Names(terms, page_language())
    urgent = inbox_of(scope, Wish(contract=contract.id), now).rows
    return ContractStanding(
        contract=contract,
        merchant=contract.client_org.name,
        as_of=f"{local_time(Instant(standing.as_of_ms), zone_named(contract.zone)):%m-%d %H:%M}",
        figures=tuple(_figures(standing)),
        withheld=standing.withheld(page_language()),
        levels=tuple(
            _watched(level, standing.verdicts[level["clause"]], terms, names, contract)
            # What has a figure stands first; the order is the contract's otherwise.
            for level in sorted(standing.levels, key=lambda one: not one["denominator"])
            if level["clause"] in standing.verdicts
        ),
        deducted=tuple(_deducted(standing, names)),
        urgent=tuple(row for row in urgent if _is_urgent(row))[:MOST_URGENT],
    )


def _is_urgent(row: Row) -> bool:
    clock = row.clock
    runs_out = clock is not None and clock.state is ClockState.RUNNING and clock.shown_ms <= SOON_MS
    return row.is_overdue or runs_out


def _figures(standing: Standing) -> list[Figure]:
    if standing.plain["withheld"]:
        return []
    risk = standing.at_risk_fen
    return [
        Figure(
            say("levels.at_risk"),
            amount_text(Money(risk, "CNY")),
            unit=say("levels.yuan"),
            note=say("levels.at_risk_note"),
            tone="bad" if risk else "",
        ),
        Figure(
            say("levels.fee"),
            amount_text(Money(standing.fee_fen, "CNY")),
            unit=say("levels.yuan"),
            note=say("levels.fee_note"),
        ),
        Figure(
            say("levels.total"),
            amount_text(Money(standing.total_fen, "CNY")),
            unit=say("levels.yuan"),
            note=say("levels.total_note"),
        ),
    ]


def _deducted(standing: Standing, names: Names) -> list[Deducted]:
    return [
        Deducted(
            name=names.line_title(line),
            clause=names.clause_number(line["clause"]),
            amount=amount_text(Money(int(line["amount_fen"]), "CNY")),
        )
        for line in standing.plain["lines"]
        if line["kind"].startswith("deduction") and line["amount_fen"]
    ]


def _watched(
    level: Mapping[str, Any],
    judged: Mapping[str, Any],
    terms: Terms,
    names: Names,
    contract: Contract,
) -> Watched:
    clause = terms.clause(level["clause"])
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are measured
    metric, verdict = Metric(level["metric"]), str(judged["verdict"])
    days = tuple(_days(level, metric, judged))
    sentence, tone = _slack(level, judged, clause, terms)
    label = names.level(clause.id)
    is_share = metric is not Metric.FIRST_RESPONSE_AVERAGE
    return Watched(
        bar=_bar(level, judged, verdict, names, clause, contract) if is_share else None,
        words=""
        if is_share
        else say(
            "levels.average",
            name=label,
            value=value_of_level(dict(level), names, 2),
            target=names.target(clause.id, exact_value(judged["target"])),
        ),
        slack=sentence,
        tone=tone,
        days=days,
        trend=say(
            "levels.trend",
            name=label,
            days=len([one for one in days if one.height is not None]),
            below=len([one for one in days if one.is_below]),
        ),
    )


def _bar(
    level: Mapping[str, Any],
    judged: Mapping[str, Any],
    verdict: str,
    names: Names,
    clause: ServiceLevel,
    contract: Contract,
) -> LevelBar:
    target = exact_value(judged["target"])
    whole = int(level["denominator"])
    source = clause.source
    why = (
        Why(
            key=f"{contract.id}-{clause.id}",
            quote=Quote(names.clause_number(clause.id), source.quote),
            formula=ratio_text(dict(level), names),
        )
        if source and whole
        else None
    )
    is_time = clause.metric is Metric.AVAILABILITY
    return LevelBar(
        label=names.level(clause.id),
        clause=names.clause_number(clause.id),
        target=Ratio(target.numerator, target.denominator),
        value=Ratio(int(level["numerator"]), whole) if whole else None,
        is_met={"met": True, "missed": False}.get(verdict),
        excluded=sum(level["excluded"].values()),
        reason=counted(dict(level), names)[-1] if level["reason"] else say("levels.nothing"),
        why=why,
        counted=ratio_text(dict(level), names) if is_time and whole else "",
        left_out=tuple(counted(dict(level), names)[1:]) if is_time else (),
    )


def _slack(
    level: Mapping[str, Any], judged: Mapping[str, Any], clause: ServiceLevel, terms: Terms
) -> tuple[str, str]:
    """How many more may be late, and how worrying that is."""
    is_counted = Metric(level["metric"]) in _COUNTED and clause.comparator is Comparator.AT_LEAST
    target = exact_value(judged["target"])
    if not is_counted or target <= 0 or not level["denominator"]:
        return "", ""
    rules = [one for one in terms.of_kind(Deduction) if one.level == clause.id]
    conventions = terms.one(Conventions)
    so_far = (int(level["numerator"]), int(level["denominator"]))
    left = misses_left(so_far, target, rules[0] if rules else None, agreed(conventions.steps))
    if judged["verdict"] == "missed":
        key = "none" if left is None else "next_step" if left else "every"
        return say(f"levels.slack.{key}", count=left or 0), "bad"
    return say("levels.slack.room" if left else "levels.slack.edge", count=left or 0), (
        "" if left and left > 2 else "warn"
    )


def _days(level: Mapping[str, Any], metric: Metric, judged: Mapping[str, Any]) -> list[Day]:
    """Every day of the month until the last counted one."""
    if metric is Metric.FIRST_RESPONSE_AVERAGE or not level["by_day"]:
        return []
    target = exact_value(judged["target"])
    by_day = {date.fromisoformat(day): ratio for day, ratio in level["by_day"].items()}
    counted_days = [day for day, (_, whole) in by_day.items() if whole]
    if not counted_days:
        return []
    last = max(counted_days)
    days = []
    for number in range(1, last.day + 1):
        day = last.replace(day=number)
        part, whole = by_day.get(day, (0, 0))
        share = Decimal(100 * part) / whole if whole else None
        below = bool(whole) and Decimal(part) * target.denominator < target.numerator * whole
        days.append(
            Day(
                x=(number - 1) * 10,
                day=day.isoformat(),
                words=say("levels.day", day=f"{day.month}-{day.day}", part=part, whole=whole),
                height=None if share is None else max(share.quantize(Decimal("0.1")), Decimal(4)),
                is_below=below,
            )
        )
    return days
