"""Small contracts of our own wording, clause by clause, and the month they are settled over."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import pactdesk.samples
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.level import Level
from pactdesk.core.measure.measuring import Measured, measure
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.ledger import ledger
from pactdesk.core.settle.statement import Pins, Statement, settle
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain, plain_yaml
from pactdesk.core.units.periods import Period
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import read_source

Terms = dict[str, Any]

OFFICE = ["09:00-12:00", "13:30-18:00"]
PINS = Pins("0" * 64, "1" * 64, "2026-10-31", 31, "2" * 64)

CONVENTIONS: Terms = {
    "id": "conventions-1",
    "kind": "conventions",
    "money_rounding": {"unit": "0.01", "mode": "half_up"},
    "hours_rounding": {"unit": "0.01", "mode": "half_up"},
    "cap_order": "cap_then_round",
    "steps": "full",
    "zero_volume": "not_judged",
    "undetermined": "neutral",
    "counts_payment_day": False,
    "unanswered_after_abandon": False,
}


def hours(windows: list[str] | None = None, days: str = "mon tue wed thu fri") -> Terms:
    """Service hours; make-up days are worked, holidays are off."""
    return {
        "id": "hours-1",
        "kind": "service_hours",
        "week": [{"days": days.split(), "windows": OFFICE if windows is None else windows}],
        "on_holidays": "closed",
        "on_make_up_days": "as_workday",
    }


def always() -> Terms:
    """Seven days, day and night, holidays too."""
    return {
        **hours(["00:00-24:00"], "mon tue wed thu fri sat sun"),
        "on_holidays": "as_week",
        "on_make_up_days": "as_week",
    }


def level(metric: str = "first_response_share", target: str = "0.90", **more: Any) -> Terms:
    """A service level; what needs a limit has 30 seconds."""
    terms: Terms = {"id": "level-1", "kind": "service_level", "metric": metric, "target": target}
    if metric in ("first_response_share", "resolution_share", "answer_share"):
        terms["within"] = {"n": 30, "unit": "s"}
    if metric == "first_response_average":
        terms["comparator"] = "at_most"
    if metric == "csat":
        terms["satisfied_from"] = "4/5"
    return terms | more


def fixed_fee(amount: str = "31416.00", per: str = "month", **more: Any) -> Terms:
    return {"id": "fee-1", "kind": "fee_fixed", "amount": amount, "per": per} | more


def headcount_fee(headcount: int, price: str, basis: str = "verified") -> Terms:
    return {
        "id": "fee-1",
        "kind": "fee_headcount_hours",
        "headcount": headcount,
        "unit_price": price,
        "hours_basis": basis,
    }


def per_point(step: str = "0.01", rate: str = "0.02", **more: Any) -> Terms:
    return deduction({"kind": "per_point", "step": step, "rate": rate}, **more)


def per_miss(rate: str = "0.05", **more: Any) -> Terms:
    return deduction({"kind": "per_miss", "rate": rate}, **more)


def per_breach(amount: str = "50.00", **more: Any) -> Terms:
    return deduction({"kind": "per_breach", "amount": amount}, **more)


def deduction(rule: Terms, **more: Any) -> Terms:
    terms = {"id": "deduction-1", "kind": "deduction", "level": "level-1", "rule": rule}
    return terms | more


def deduction_cap(of_fee: str) -> Terms:
    return {"id": "cap-1", "kind": "deduction_cap", "of_fee": of_fee}


def late_fee(rate: str = "0.0005", cap: str | None = None) -> Terms:
    terms: Terms = {"id": "late-1", "kind": "late_fee", "rate_per_day": rate}
    return terms if cap is None else terms | {"cap": cap}


def payment(kind: str = "working_days_after", n: int = 10, event: str = "period_end") -> Terms:
    due = {"kind": kind, "n": n, "event": event}
    return {"id": "payment-1", "kind": "payment", "cycle": "monthly", "due": due}


def assessment(**more: Any) -> Terms:
    return {"id": "assessment-1", "kind": "assessment", "cycle": "monthly"} | more


def suspension(after_days: int = 30) -> Terms:
    return {"id": "suspension-1", "kind": "suspension", "after_days": after_days}


def agreement(
    *clauses: Terms,
    service_hours: Terms | None = None,
    start: str = "2026-01-01",
    end: str = "2026-12-31",
    **conventions: Any,
) -> Contract:
    """A contract of these clauses with the period, service hours and conventions it needs."""
    period = {"id": "period-1", "kind": "period", "start": start, "end": end}
    every = [period, service_hours or hours(), *clauses, CONVENTIONS | conventions]
    return contract_from_plain(
        {
            "contract_id": "c-1",
            "title": "客服外包服务协议（示例）",
            "contract_type": "service_agreement",
            "clauses": every,
        }
    )


def change(to: Terms, **more: Any) -> Terms:
    """The replacement of a clause by `to`."""
    return {"op": "replace", "clause": to["id"], "to": to} | more


def amend(
    contract: Contract,
    effective_from: object,
    *changes: Terms,
    signed: str = "2026-09-01",
    **more: Any,
) -> Contract:
    """The contract with one more amendment."""
    amendment = {
        "id": "amendment-1",
        "signed_on": signed,
        "effective_from": effective_from,
        "changes": list(changes),
    }
    plain = contract_to_plain(contract)
    plain["amendments"] = [*plain.get("amendments", []), amendment | more]
    return contract_from_plain(plain)


def measured(contract: Contract, facts: Iterable[RecordedFact], month: str = "2026-10") -> Measured:
    """The month, measured with the mainland calendar."""
    return measure(contract, facts, load_china(), Period.month(month))


def measured_level(
    contract: Contract, facts: Iterable[RecordedFact], month: str = "2026-10"
) -> Level:
    """The level `level-1` of the month."""
    return measured(contract, facts, month).level("level-1")


def settled(
    contract: Contract, facts: Iterable[RecordedFact] = (), month: str = "2026-10"
) -> Statement:
    """The statement of the month."""
    kept = tuple(facts)
    period = Period.month(month)
    earlier = ledger(kept, contract, load_china(), period)
    records = Records(kept, load_china())
    held = contract.on(period.last_day)
    return settle(contract, measured(held, kept, month), earlier, PINS, records)


def amounts(statement: Statement) -> dict[str, str]:
    """Clause id → amount, as a person reads it."""
    return {line.clause: str(line.amount) for line in statement.lines}


@cache
def sample_terms() -> Contract:
    """The sample contract (系统外包), read from its paper, its blanks filled: that of 青禾."""
    samples = files(pactdesk.samples)
    with as_file(samples / "outsourcing.docx") as paper:
        draft = read_contract(read_source(paper, None)).contract
    answers = (samples / "outsourcing.answers.yaml").read_text("utf-8")
    return filled(draft, plain_yaml(answers, "answers")).completed()


@cache
def service_terms() -> Contract:
    """A contract of another type (服务协议), at a fixed fee: that of 白塔."""
    clauses = [
        {
            "id": "parties-1",
            "kind": "parties",
            "provider": {"label": "甲方", "name": "心语客户服务有限公司"},
            "client": {"label": "乙方", "name": "白塔文具有限公司"},
        },
        {"id": "period-1", "kind": "period", "start": "2026-01-01", "end": "2026-12-31"},
        {"id": "scope-1", "kind": "scope", "channels": ["chat"], "case_types": ["consult"]},
        hours(["09:00-21:00"], "mon tue wed thu fri sat sun"),
        level("first_response_share", within={"n": 60, "unit": "s"}, channel="chat"),
        level("resolution_share", "0.80", id="level-2", within={"n": 24, "unit": "h"}),
        fixed_fee("18000.00"),
        per_point(rate="0.01", cap="0.1"),
        payment(),
        late_fee(),
        assessment(consecutive_misses=3, counted="same_level"),
        {
            "id": "notices-1",
            "kind": "notices",
            "objection_within": {"n": 5, "unit": "working_day"},
        },
        CONVENTIONS,
    ]
    return contract_from_plain(
        {
            "contract_id": "BT-XY-2026-01",
            "title": "客服服务协议",
            "contract_type": "service_agreement",
            "clauses": clauses,
        }
    )
