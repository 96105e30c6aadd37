"""Random months: a contract, a history, its sealed log, the engine's statement, the bundle.

Every choice comes from one seed, so a case that fails can be made again: `random_case(seed)`.
The histories are not plausible on purpose: clocks resume that never ran, agents leave who never
came, statements are paid before they are due. What the rules say must hold for these as well.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.kinds import FactKind, Party
from pactdesk.core.facts.log import FactLog, seal_through
from pactdesk.core.settle.month import settled_month
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarYear, WorkCalendar
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from tests.pactverify.wild import bent, wild_facts
from tests.support.histories import sealed_log

MONTHS = ("2026-02", "2026-03", "2026-04", "2026-09", "2026-10", "2026-11")
ZONES = ("Asia/Shanghai",) * 4 + ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
WEEKS: tuple[list[dict[str, list[str]]], ...] = (
    [{"days": WORKDAYS, "windows": ["09:00-12:00", "13:00-18:00"]}],
    [{"days": [*WORKDAYS, "sat", "sun"], "windows": ["00:00-24:00"]}],
    [{"days": [*WORKDAYS, "sat", "sun"], "windows": ["22:00-06:00"]}],
    [
        {"days": WORKDAYS, "windows": ["13:00-17:30"]},
        {"days": ["sat"], "windows": ["10:00-16:00"]},
        {"days": WORKDAYS, "windows": ["08:30-12:00", "12:00-13:00"]},
    ],
    [
        {"days": [*WORKDAYS, "sat"], "windows": ["01:30-04:30", "20:00-01:00"]},
        {"days": ["sun"], "windows": ["02:00-02:45"]},
    ],
    [{"days": ["mon", "sun"], "windows": ["18:00-18:00"]}, {"days": ["fri"], "windows": []}],
)
DUE_KINDS = (
    "working_days_after", "calendar_days_after", "day_of_month", "half_months_after",
    "months_after", "weekday_next_week", "days_of_month", "day_of_quarter_first_month",
    "day_of_half_year_first_month",
)  # fmt: skip
DUE_EVENTS = (
    "period_end", "statement_received", "statement_confirmed", "invoice_received",
    "statement_and_invoice_received", "accepted", "contract_signed", "documents_received",
)  # fmt: skip
SHARE_METRICS = ("first_response_share", "resolution_share", "resolution_rate", "csat")


@dataclass(frozen=True, slots=True)
class Case:
    """One month, settled by the engine."""

    seed: int
    contract: Contract
    calendar: WorkCalendar
    period: Period
    log: FactLog
    key: SigningKey
    statement: Statement

    def write(self, path: Path) -> Path:
        """Its evidence bundle."""
        keys = TrustedKeys([self.key.public])
        write_bundle(path, self.contract, self.calendar, self.statement.to_plain(), self.log, keys)
        return path


def random_case(seed: int, *, wild: bool = False) -> Case:
    """The case of that seed: the first of its tries that has a statement."""
    for attempt in count():
        with suppress(PactError):
            return _tried(seed, Random(f"{seed}.{attempt}"), wild=wild)
    raise AssertionError


def _tried(seed: int, rng: Random, *, wild: bool) -> Case:
    period = Period.month(rng.choice(MONTHS))
    terms = random_terms(rng, period)
    contract = contract_from_plain(bent(rng, period, terms) if wild else terms)
    calendar = random_calendar(rng)
    key = SigningKey.from_seed(f"case {seed}", Party.PROVIDER, demo=True)
    also = list(kinds().random_facts(rng, contract, period))
    also += wild_facts(rng, contract.zone, period) if wild else ()
    log = sealed_log(rng, contract, period, key, also)
    _tell_what_statements_were_made_from(rng, contract, period, log, key)
    return Case(
        seed, contract, calendar, period, log, key, settled(contract, calendar, log, period)
    )


def _tell_what_statements_were_made_from(
    rng: Random, contract: Contract, period: Period, log: FactLog, key: SigningKey
) -> None:
    """On one more sealed day: then what came after these days is an adjustment."""
    issued = [each.fact for each in log.facts(contract.contract_id)
              if each.fact.kind is FactKind.STATEMENT_ISSUED]  # fmt: skip
    names = [(str(each.measured["statement"]), each.occurred_at) for each in issued]
    days = [each.body.day for each in log.checkpoints()]
    made = list(kinds().earlier_made(rng, period, names, days))
    if made:
        day = days[-1] + timedelta(days=1)
        recorded = Instant(day_start(day, log.zone) + 1)
        log.record(
            RecordedFact(
                Fact.of(
                    detail,
                    contract_id=contract.contract_id,
                    source="结算",
                    event_id=f"made-{number}",
                    occurred_at=Instant(at),
                ),
                recorded,
            )
            for number, (at, detail) in enumerate(made)
        )
        seal_through(log, day, key)


def kinds() -> Any:
    """`kinds.py` beside this file; whoever imports this file by name imports that one so, too."""
    loaded = sys.modules.get("pactverify_tests_kinds")
    return loaded or importlib.import_module("tests.pactverify.kinds")


def settled(contract: Contract, calendar: WorkCalendar, log: FactLog, period: Period) -> Statement:
    """The engine's statement over a sealed log."""
    return settled_month(contract, log, calendar, period)


def random_calendar(rng: Random) -> WorkCalendar:
    """The real one, or one with holidays and make-up days where nobody expects them."""
    if rng.random() < 0.5:
        return load_china()
    years = []
    for year in (2025, 2026):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        holidays = set(rng.sample(days, 40))
        weekends = [day for day in days if day.weekday() >= 5 and day not in holidays]
        years.append(
            CalendarYear(
                year,
                "published",
                "random",
                dict.fromkeys(holidays, "假"),
                dict.fromkeys(rng.sample(weekends, 12), "班"),
            )
        )
    return WorkCalendar(f"random-{rng.randrange(1000)}", tuple(years))


# --- terms -----------------------------------------------------------------------------------


def random_terms(rng: Random, period: Period) -> dict[str, Any]:
    """Plain terms with every option that a figure depends on."""
    levels = [random_level(rng, f"level-{n}") for n in range(1, rng.randint(2, 5))]
    fees = [*random_fees(rng), *kinds().random_fees(rng, 2, levels[0])]
    clauses = [
        {"id": "term-1", "kind": "period", **random_term(rng, period)},
        random_hours(rng),
        random_conventions(rng),
        *levels,
        *fees,
        *random_consequences(rng, levels),
        *kinds().random_others(rng),
        *random_payment(rng),
    ]
    return {
        "contract_id": "case-001",
        "title": "随机合同 🎲",
        "contract_type": "service_agreement",
        "zone": rng.choice(ZONES),
        "clauses": clauses,
        "amendments": kinds().random_amendments(rng, period, clauses),
    }


def random_term(rng: Random, period: Period) -> dict[str, str]:
    """Mostly around the month; now and then it begins or ends in it, or just before."""
    term = {"start": "2025-01-01", "end": "2027-12-31"}
    day = (period.start + timedelta(days=rng.randint(-20, 27))).isoformat()
    if rng.random() < 0.2:
        term[rng.choice(["start", "end", "end"])] = day
    return term


def random_hours(rng: Random) -> dict[str, Any]:
    return {
        "id": "hours-1",
        "kind": "service_hours",
        "week": rng.choice(WEEKS),
        "on_holidays": rng.choice(["closed", "as_week"]),
        "on_make_up_days": rng.choice(["as_workday", "as_week"]),
    }


def random_conventions(rng: Random) -> dict[str, Any]:
    modes = ["half_up", "half_even", "down", "up"]
    return {
        "id": "conventions-1",
        "kind": "conventions",
        "money_rounding": {"unit": rng.choice(["0.01", "0.1", "1"]), "mode": rng.choice(modes)},
        "hours_rounding": {"unit": rng.choice(["0.01", "0.5", "1"]), "mode": rng.choice(modes)},
        "cap_order": rng.choice(["cap_then_round", "round_then_cap"]),
        "steps": rng.choice(["full", "started", "proportional"]),
        "zero_volume": rng.choice(["not_judged", "met"]),
        "undetermined": rng.choice(["neutral", "resets"]),
        "counts_payment_day": rng.random() < 0.5,
        "unanswered_after_abandon": rng.random() < 0.5,
    } | ({"late_facts_months": rng.randint(1, 2)} if rng.random() < 0.15 else {})


def random_level(rng: Random, clause_id: str) -> dict[str, Any]:
    metric = rng.choice(
        [*SHARE_METRICS, "answer_share", "answer_share", "first_response_average", "availability"]
    )
    level: dict[str, Any] = {
        "id": clause_id,
        "kind": "service_level",
        "metric": metric,
        "target": rng.choice(["0.5", "0.8", "0.95", "1", "0"]),
        "comparator": rng.choice(["at_least", "at_least", "at_most"]),
        "clock": rng.choice(["service_hours", "wall_clock"]),
        "attribution": rng.choice(["opened", "opened", "first_answered", "closed"]),
    }
    if metric in ("first_response_share", "resolution_share", "answer_share"):
        unit, most = rng.choice([("s", 90), ("min", 30), ("h", 8)])
        level["within"] = {"n": rng.randint(1, most), "unit": unit}
    if metric == "answer_share":
        level["formula"] = rng.choice(["F1", "F2", "F3", "F4"])
    if metric == "csat":
        level["satisfied_from"] = rng.choice(["4/5", "3/5", "1/1", "7/10"])
    if metric == "first_response_average":
        level |= {"target": rng.choice(["30", "600.5"]), "comparator": "at_most"}
    if rng.random() < 0.3:
        level["channel"] = rng.choice(["chat", "phone"])
    if rng.random() < 0.2:
        level["case_type"] = rng.choice(["consult", "complaint"])
    if metric == "resolution_share" and rng.random() < 0.5:
        level["or_progress"] = True
    if rng.random() < 0.1:
        level["above_forecast"] = {"measure": "conversations", "times": rng.choice(["1", "2.5"])}
    if rng.random() < 0.25:
        level["minimum_sample"] = rng.randint(1, 12)
    return level


def random_fees(rng: Random) -> Iterator[dict[str, Any]]:
    for number in (1,):
        if rng.random() < 0.5:
            yield {
                "id": f"fee-{number}",
                "kind": "fee_fixed",
                "amount": rng.choice(["20000.00", "9999.99", "0.85", "100000"]),
                "per": rng.choice(["month", "quarter", "year"]),
            }
        else:
            yield {
                "id": f"fee-{number}",
                "kind": "fee_headcount_hours",
                "headcount": rng.randint(1, 4),
                "unit_price": rng.choice(["32.5", "0.333333", "120"]),
                "hours_basis": rng.choice(["verified", "scheduled"]),
            }


def random_consequences(rng: Random, levels: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    share = ("0.005", "0.02", "0.1", "0.333333")
    made: list[dict[str, Any]] = []
    for number, level in enumerate(levels, 1):
        if rng.random() < 0.2:
            continue
        tiers = [{"beyond": "0.7", "rate": "0.05"}, {"beyond": "0.4", "rate": "0.15"}]
        by_value: list[dict[str, Any]] = [
            {"kind": "tiered", "tiers": tiers},
            {"kind": "interpolated", "worst": "0.3", "rate": "0.2"},
        ]
        if level["comparator"] != "at_least" or level["target"] not in ("0.8", "0.95", "1"):
            by_value = []
        rule = rng.choice(
            [
                {
                    "kind": "per_point",
                    "step": rng.choice(["0.01", "0.03", "1"]),
                    "rate": rng.choice(share),
                },
                {"kind": "per_breach", "amount": rng.choice(["50", "12.345"])},
                {"kind": "per_miss", "rate": rng.choice(share)},
                *by_value,
            ]
        )
        clause = {
            "id": f"deduction-{number}",
            "kind": "deduction",
            "level": level["id"],
            "rule": rule,
        }
        if rng.random() < 0.6:
            clause["cap"] = rng.choice(["0.05", "0.1", "0.0333"])
        made.append(clause)
    yield from made
    if len(made) > 1 and rng.random() < 0.4:
        plain = all(each["rule"]["kind"] == "per_breach" and "cap" not in each for each in made)
        how = rng.choice(["largest", "same_interaction"]) if plain else "largest"
        named = [each["id"] for each in made]
        yield {"id": "overlap-1", "kind": "deduction_overlap", "clauses": named, "rule": how}
    if rng.random() < 0.5:
        cap = {
            "id": "cap-1",
            "kind": "deduction_cap",
            "of_fee": rng.choice(["0.03", "0.1", "0.111"]),
        }
        yield cap | ({"per_year": "50.00"} if rng.random() < 0.3 else {})
    if rng.random() < 0.7:
        late: dict[str, Any] = {"id": "late-1", "kind": "late_fee"}
        late |= rng.choice(
            [{"rate_per_day": rng.choice(["0.0005", "0.01"])}] * 3 + [{"rate_once": "0.03"}]
        )
        rare = [("days", "working"), ("base", "whole"), ("grace_days", 5), ("adds_up", True)]
        for name, value in rare:
            late |= {name: value} if rng.random() < 0.3 else {}
        if rng.random() < 0.5:
            late["cap"] = rng.choice(["0.05", "0.003", "0.2"])
        yield late
    if rng.random() < 0.6:
        assessment: dict[str, Any] = {
            "id": "assess-1",
            "kind": "assessment",
            "cycle": "monthly",
        }
        if rng.random() < 0.7:
            assessment["remediation"] = {"n": 10, "unit": "working_day"}
        if rng.random() < 0.7:
            assessment["consecutive_misses"] = rng.randint(1, 3)
        if rng.random() < 0.3:
            assessment["misses_in_year"] = rng.randint(1, 3)
        if rng.random() < 0.2:
            assessment["grace_months"] = rng.choice([1, 14, 21])
        if rng.random() < 0.7:
            assessment["counted"] = rng.choice(["same_level", "any_level"])
        yield assessment


def random_payment(rng: Random) -> Iterator[dict[str, Any]]:
    if rng.random() < 0.9:
        kind = rng.choice(DUE_KINDS)
        due: dict[str, Any] = {"kind": kind, "n": rng.randint(1, 15)}
        if kind.endswith("after"):
            due["event"] = rng.choice(DUE_EVENTS)
        if kind == "days_of_month":
            due["also"] = [28, 31]
        if rng.random() < 0.2:
            due["needs"] = rng.sample(["accepted", "invoice_received", "contract_signed"], 2)
        yield {"id": "payment-1", "kind": "payment", "cycle": "monthly", "due": due}
    if rng.random() < 0.6:
        yield {"id": "suspend-1", "kind": "suspension", "after_days": rng.choice([1, 10, 30])}
