"""Random clauses of every kind of line, and the random facts that they look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold, LossShown, SaleTold
from pactdesk.core.facts.families.staff import RewardGiven
from pactdesk.core.facts.families.works import (
    ForecastGiven,
    IncidentHappened,
    ScoreGiven,
    UsageCounted,
    WorkTold,
)
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import InvoiceReceived, Party, StatementMade
from pactdesk.core.facts.names import (
    ContractEvent,
    DepositEvent,
    ExpenseEvent,
    SaleEvent,
    WorkEvent,
)
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.periods import Period

Terms = dict[str, Any]
DAY = 86_400_000
SHARES = ["0", "1/3", "3/4", "1"]
BOTH = [(Party.PROVIDER, Party.CLIENT), (Party.CLIENT, Party.PROVIDER), (Party.CLIENT,), ()]
GATES = [[], ["accepted"], ["done", "invoice"]]


# --- fees ------------------------------------------------------------------------------------


def fixed(rng: Random) -> Terms:
    terms: Terms = {"amount": rng.choice(["20000.00", "9999.99", "0.85"]), "per": "quarter"}
    if rng.random() < 0.7:
        terms["billing"] = rng.choice(["in_advance", "in_arrears", "monthly"])
    if terms.get("billing") in ("in_advance", "in_arrears") and rng.random() < 0.5:
        terms["since"] = rng.choice(["2024-02-29", "2025-11-30", "2026-01-10"])
    terms |= {"adds_up": True} if rng.random() < 0.4 else {}
    return {"kind": "fee_fixed", **terms, "per": rng.choice(["month", "quarter", "year"])}


def per_unit(rng: Random) -> Terms:
    measure = rng.choice(
        ["message", "order", "usage", "conversation", "valid_conversation", "call", "call_minute",
         "ticket"]
    )  # fmt: skip
    tiering = rng.choice(["graduated", "whole_volume", "package"])
    ends = rng.choice([[], ["3"], ["2", "8"]])
    tiers: list[Terms] = [{"up_to": end, "price": rng.choice(["0.90", "12.5"])} for end in ends]
    tiers.append({"price": rng.choice(["0.333333", "7"])})
    terms: Terms = {"kind": "fee_per_unit", "measure": measure, "tiering": tiering, "tiers": tiers}
    if tiering == "package" and rng.random() < 0.5:
        terms |= {"tiers": [*tiers[:-1], {"up_to": "20", "price": "99.99"}], "overage": "1.01"}
    if measure == "usage":
        terms["usage"] = "stores"
    if measure == "call_minute":
        terms["minute_rounding"] = rng.choice(["up", "down", "none"])
    for name, values in (("included", ["1", "5"]), ("minimum", ["10.00", "500"])):
        if rng.random() < 0.4:
            terms[name] = rng.choice(values)
    if measure.endswith("conversation") and rng.random() < 0.4:
        terms["channel"] = rng.choice(["chat", "email"])
    return terms


def _part(rng: Random, *most: str) -> Terms:
    return {"share": rng.choice(most)} if rng.random() < 0.7 else {"amount": "1234.56"}


def lump_sum(rng: Random) -> Terms:
    terms: Terms = {"kind": "fee_lump_sum", "total": "100000.00", "final": {"share": "1"}}
    if rng.random() < 0.6:
        event = rng.choice(["contract_signed", "documents_received"])
        terms["advance"] = {**_part(rng, "0.2", "0.111"), "event": event}
    if rng.random() < 0.6:
        terms["monthly"] = _part(rng, "0.0123", "0.02")
    if rng.random() < 0.5:
        days = rng.sample(["2026-03-15", "2026-10-31", "2026-04-02"], 2)
        named = zip(("one", "two"), days, strict=True)
        parts = [{"name": name, "day": day, **_part(rng, "0.1")} for name, day in named]
        terms["instalments"] = parts
    return terms | {"gates": rng.choice(GATES)}


def milestones(rng: Random) -> Terms:
    shares = rng.choice([("0.3", "0.6", "0.1"), ("0.5", "0.25", "0.25")])
    named = zip(("one", "two", "three"), shares, strict=True)
    parts = [{"name": name, "share": share} for name, share in named]
    terms = {"kind": "fee_milestones", "total": "200000.01", "milestones": parts}
    return terms | ({"gates": rng.choice(GATES)} if rng.random() < 0.5 else {})


def hourly(rng: Random) -> Terms:
    every = [
        {"when": "every_day", "windows": ["22:00-06:00"], "times": "1.5"},
        {"when": "rest_days", "times": "2"},
        {"when": "holidays", "times": "3"},
        {"when": "dates", "first": "2026-02-10", "last": "2026-10-10", "windows": ["18:00-24:00"],
         "times": "1.5"},
    ]  # fmt: skip
    chosen = rng.sample(every, rng.randint(0, 3))
    terms = {"kind": "fee_hourly", "unit_price": rng.choice(["28.00", "33.333"])}
    paid = {"paid_time": rng.choice(["clocked", "service_hours"]), "multipliers": chosen}
    return terms | paid | ({"overlap": rng.choice(["highest", "add"])} if len(chosen) > 1 else {})


def commission(rng: Random) -> Terms:
    terms: Terms = {"kind": "fee_commission", "settle_window": rng.choice([1, 7, 15])}
    if rng.random() < 0.5:
        terms["rate"] = "0.02"
    else:
        terms["tiers"] = [{"up_to": "500", "rate": "0.01"}, {"rate": "0.0333"}]
        terms["tiering"] = rng.choice(["graduated", "whole_volume"])
    return terms | ({"base_amount": "1500.00", "seats": 3} if rng.random() < 0.4 else {})


def base_performance(rng: Random, level: Terms) -> Terms:
    bands = [{"reached": "0.3", "payable": "0.6"}, {"reached": "0.8", "payable": "1"}]
    if level["comparator"] == "at_most":
        bands = [{"reached": "0.8", "payable": "0.6"}, {"reached": "0.3", "payable": "1"}]
    return {
        "kind": "fee_base_performance", "headcount": 3, "base_amount": "3000.00",
        "performance_amount": "1000.00", "level": "level-1", "bands": bands,
        "unjudged": rng.choice(["in_full", "nothing"]),
    }  # fmt: skip


def seats(rng: Random) -> Terms:
    terms: Terms = {"kind": "fee_seats", "seats": rng.randint(1, 3), "monthly_price": "5400.01"}
    terms["basis"] = rng.choice(["agreed", "present"])
    return terms | ({"minimum_seats": 1} if rng.random() < 0.5 else {})


def surcharge(rng: Random) -> Terms:
    marked: Terms = {"holidays": True} if rng.random() < 0.5 else {}
    if not marked or rng.random() < 0.5:
        marked["dates"] = [f"2026-{m:02}-{d:02}" for m in (2, 4, 10) for d in (1, 2, 15)]
    rule = rng.choice([
        {"kind": "per_person_day", "amount": "200.00", "marked": marked},
        {"kind": "time_band", "rate": "0.2", "unit_price": "40.00", "marked": marked,
         "windows": rng.choice([["18:00-24:00"], ["20:00-03:00", "02:00-04:00"]])},
        {"kind": "of_fee", "rate": "0.3", "fee": "fee-1"},
    ])  # fmt: skip
    return {"kind": "fee_surcharge", "rule": rule}


FEES = (fixed, per_unit, lump_sum, milestones, hourly, commission, seats, surcharge)


def random_fees(rng: Random, most: int, level: Terms) -> list[Terms]:
    """Some fees after `fee-1`, some of them taxed outside of the price."""
    fees = []
    for number in range(2, 2 + rng.randint(0, most)):
        made = [*(fee(rng) for fee in FEES), base_performance(rng, level)]
        terms = {"id": f"fee-{number}", **rng.choice(made)}
        if rng.random() < 0.3:
            tax = {"tax_rate": rng.choice(["0.06", "0.060", "0.13"])}
            terms |= tax | rng.choice([{}, {"tax_included": True}, {"tax_included": False}])
        fees.append(terms)
    return fees


# --- consequences and what else has a line -----------------------------------------------------


def _price(rng: Random) -> Terms:
    return rng.choice([
        {"kind": "amount", "amount": "500.00"},
        {"kind": "share_of_fee", "rate": "0.2"},
        {"kind": "daily_fees", "days": "3"},
        {"kind": "share_of_contract", "rate": "0.05", "of": "100000.00"},
    ])  # fmt: skip


def _event(rng: Random) -> Terms:
    terms: Terms = {"what": "data_leak", "price": _price(rng)}
    terms |= {"counts": rng.choice(["incident", "quantity"])} if rng.random() < 0.6 else {}
    return terms | ({"free": 1} if rng.random() < 0.4 else {})


def _sheet(rng: Random) -> Terms:
    items = [
        {"kind": "level", "level": "level-1", "weight": "60", "step": "0.01", "points": "2"},
        {"kind": "given", "item": "service", "weight": "40"},
    ]
    bands = [{"score": "0", "payable": "0.7"}, {"score": "80", "payable": "0.95"},
             {"score": "98", "payable": "1.05"}]  # fmt: skip
    return {"items": items, "bands": bands, "between": rng.choice(["steps", "line"]),
            "unjudged": rng.choice(["full", "left_out"])}  # fmt: skip


def _delay(rng: Random) -> Terms:
    terms = {"item": "report", "due": rng.choice(["2026-02-10", "2026-10-20"]), "of": "100000.00"}
    terms |= rng.choice([{"rate_once": "0.03"}, {"rate_per_day": "0.001"}])
    return terms | ({"cap": "0.01"} if rng.random() < 0.5 else {})


def _breach(rng: Random) -> Terms:
    price = _price(rng)
    capped = price["kind"] in ("amount", "share_of_contract") and rng.random() < 0.5
    terms = {"party": rng.choice(["provider", "client"]), "what": "no_data", "price": price}
    return terms | ({"cap": "1200.00"} if capped else {})


def random_others(rng: Random) -> Iterator[Terms]:
    """Each kind now and then."""
    made: dict[str, Terms] = {
        "deduction_event": _event(rng),
        "deduction_unserved": {"item": "month"},
        "score_sheet": _sheet(rng),
        "bonus": {"level": "level-1", "step": "0.01", "rate": "0.01", "cap": "0.05"},
        "reward": {} if rng.random() < 0.5 else {"cap": "100.00"},
        "wage_deduction": {"cap": "0.2", "minimum_hourly": "20.00"},
        "delay_penalty": _delay(rng),
        "breach_penalty": _breach(rng),
        "compensation": {"claimant": rng.choice(["provider", "client"])}
        | ({"cap": "130.00"} if rng.random() < 0.5 else {}),
        "refund": {"share": "0.5", "of": rng.choice(["paid", "unserved"])},
        "expenses": {
            "needs_receipt": rng.random() < 0.5,
            "reimbursed": [
                {"category": "travel", "cap_per_item": "800.00", "cap_per_month": "1500.00"},
                {"category": "communication"},
            ],
            "borne": ["training"],
        },
        "deposit": {
            "amount": "5000.00",
            "paid_by": rng.choice(["provider", "client"]),
            "returned_after": {"n": 5, "unit": rng.choice(["day", "working_day", "month"])},
            "forfeited_for": ["data_leak"],
        },
    }
    for kind, terms in made.items():
        if rng.random() < 0.2:
            yield {"id": f"{kind.replace('_', '-')}-1", "kind": kind, **terms}


# --- facts -------------------------------------------------------------------------------------


def random_facts(rng: Random, contract: Contract, period: Period) -> Iterator[tuple[int, Measured]]:
    """What the clauses above look at, before, in and after the month."""
    zone = zone_named(contract.zone)
    start, end = day_start(period.start, zone), day_start(period.end, zone)

    def at() -> int:
        return rng.randrange(start - 20 * DAY, end + DAY)

    for _ in range(rng.randint(0, 10)):
        yield at(), UsageCounted(rng.choice(["message", "order", "stores"]), rng.randint(1, 9))
    for _ in range(rng.randint(0, 2)):
        yield at(), ForecastGiven("conversations", str(period), rng.randint(0, 5))
    yield from _works(rng, contract, period, at)
    for number in range(rng.randint(0, 4)):
        what, party = rng.choice(["data_leak", "no_data"]), rng.choice(list(Party))
        yield at(), IncidentHappened(f"n-{number % 3}", what, party, number + 1, rng.choice(BOTH))
    for _ in range(rng.randint(0, 3)):
        yield at(), ScoreGiven("service", str(period), rng.randint(0, 9), 10, rng.choice(BOTH))
    for _ in range(rng.randint(0, 8)):
        order, fen = rng.choice(["o-1", "o-2"]), rng.randint(1, 99_999)
        yield at(), SaleTold(order, rng.choice(list(SaleEvent)), fen)
    for _ in range(rng.randint(0, 6)):
        category = rng.choice(["travel", "communication", "training"])
        event, receipt = rng.choice(list(ExpenseEvent)), rng.choice(["a" * 64, None])
        name, fen = f"x-{rng.randint(1, 4)}", rng.randint(1, 120_000)
        yield at(), ExpenseTold(name, event, category, fen, receipt)
    for _ in range(rng.randint(0, 3)):
        yield at(), DepositMoved("deposit-1", rng.choice(list(DepositEvent)), 250_000)
    for number in range(rng.randint(0, 3)):
        severity, impact, fault = (rng.choice(SHARES) for _ in range(3))
        fen, by = rng.randint(0, 99_999), rng.choice(list(Party))
        yield (
            at(),
            LossShown(
                f"l-{number % 2}", by, fen, severity, impact, fault, "查证", rng.choice(BOTH)
            ),
        )
    for _ in range(rng.randint(0, 3)):
        yield at(), RewardGiven("甲", rng.randint(1, 9_999), "表扬")
    yield from _life(rng, period, at)


def _works(rng: Random, contract: Contract, period: Period, at: Any) -> Iterator[Any]:
    month = str(period)
    fees = [clause.id for clause in contract.clauses if clause.kind.startswith("fee_")]
    parts = ["advance", "one", "two", "three", "final", month, "2025-12", "2026-01"]
    items = ["month", "report", f"payment-1.{month}"]
    items += [f"{fee}.{part}" for fee in fees for part in parts]
    for item in items:
        for _ in range(rng.choice([0, 1, 2])):
            yield at(), WorkTold(item, rng.choice(list(WorkEvent)), rng.choice(SHARES))
        if rng.random() < 0.5:
            yield at(), InvoiceReceived(item)


def _life(rng: Random, period: Period, at: Any) -> Iterator[Any]:
    yield at(), ContractStep(ContractEvent.SIGNED)
    if rng.random() < 0.5:
        yield at(), ContractStep(ContractEvent.DOCUMENTS_RECEIVED)
    if rng.random() < 0.15:
        day = period.start + timedelta(days=rng.randint(-3, 40))
        until = rng.choice([None, day.isoformat()])
        yield at(), ContractStep(ContractEvent.TERMINATED, rng.choice(list(Party)), "约定", until)
    if rng.random() < 0.1:
        yield at(), ContractStep(ContractEvent.RENEWED, until="2028-06-30")
    if rng.random() < 0.15:
        yield at(), ContractStep(ContractEvent.SUSPENDED)
        yield at(), ContractStep(ContractEvent.RESUMED)


def earlier_made(
    rng: Random, period: Period, names: list[tuple[str, int]], days: list[date]
) -> Iterator[tuple[int, Measured]]:
    """For some issued statements (name, instant), from which evidence they were made."""
    for name, at in names:
        if rng.random() < 0.6:
            booked = {"deduction-1": rng.choice([0, -1_000]), "fee-1": 100_000}
            others = ("late-1", "expenses-1", "deposit-1", "conventions-1", "reward-1", "gone-1")
            booked |= {each: rng.randint(-50_000, 900_000) for each in rng.sample(others, 2)}
            yield at, StatementMade(name, rng.choice(days).isoformat(), 1, booked)


# --- amendments --------------------------------------------------------------------------------


def random_amendments(rng: Random, period: Period, clauses: list[Terms]) -> list[Terms]:
    """Now and then one clause changes, most often inside the month."""
    if rng.random() < 0.6:
        return []
    changed = rng.choice([each for each in clauses if _changed(each)])
    effective = period.start + timedelta(days=rng.randint(-40, 29))
    signed = (
        date(2025, 12, 1) if rng.random() < 0.6 else period.end + timedelta(rng.randint(-30, 7))
    )
    change = {"op": "replace", "clause": changed["id"], "to": _changed(changed)}
    change["judged"] = rng.choice(["old", "new", "separate", "weighted"])
    return [
        {
            "id": "amendment-1",
            "signed_on": signed.isoformat(),
            "effective_from": effective.isoformat(),
            "changes": [change],
        }
    ]


def _changed(clause: Terms) -> Terms | None:
    """The clause with one figure doubled or another choice; None where there is none."""
    if clause["kind"] == "conventions":
        return clause | {"zero_volume": "met", "counts_payment_day": True}
    if clause["kind"] == "service_hours":
        return clause | {"on_holidays": "as_week", "on_make_up_days": "as_week"}
    if clause["kind"] == "service_level":
        return clause | {"target": "0.6"} if clause["metric"].endswith("share") else None
    for name in ("amount", "unit_price", "monthly_price", "cap", "rate", "total", "of_fee"):
        if name in clause:
            return clause | {name: "0.07" if clause[name].startswith("0.") else "30000.00"}
    return None
