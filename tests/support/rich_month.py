"""One October in which every kind of line stands on the statement, most of them not at zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.money import LossShown, SaleTold
from pactdesk.core.facts.families.staff import RewardGiven
from pactdesk.core.facts.families.works import (
    IncidentHappened,
    ScoreGiven,
    UsageCounted,
    WorkTold,
)
from pactdesk.core.facts.names import ContractEvent, Party, SaleEvent, WorkEvent
from pactdesk.core.settle.adjustment import Adjustment, ChangedLine
from pactdesk.core.settle.late_facts import RefusedFact
from pactdesk.core.settle.made import Made
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from tests.support.contracts import (
    Terms,
    agreement,
    amend,
    assessment,
    change,
    deduction,
    fixed_fee,
    hours,
    late_fee,
    level,
    payment,
    settled,
)
from tests.support.facts import Book
from tests.support.works import WorkBook

BOTH = (Party.PROVIDER, Party.CLIENT)
OUTSIDE: Terms = {"tax_rate": "0.06", "tax_included": False}

PARTIES: Terms = {
    "id": "parties-1",
    "kind": "parties",
    "provider": {"label": "甲方", "name": "心语客户服务有限公司"},
    "client": {"label": "乙方", "name": "青禾文具有限公司"},
}
LEVELS: tuple[Terms, ...] = (
    level(target="0.95", title="首次响应及时率", channel="chat"),
    level("csat", "0.90", id="level-2", title="客户满意度"),
    level("first_response_average", "20", id="level-3"),
    level("resolution_share", "0.40", id="level-4"),
)
FEES: tuple[Terms, ...] = (
    fixed_fee("20000.00", **OUTSIDE),
    {
        "id": "fee-2",
        "kind": "fee_per_unit",
        "measure": "message",
        "tiering": "graduated",
        "tiers": [{"up_to": "500", "price": "0.90"}, {"price": "0.70"}],
        "minimum": "100.00",
        **OUTSIDE,
    },
    {
        "id": "fee-3",
        "kind": "fee_per_unit",
        "measure": "call_minute",
        "minute_rounding": "up",
        "tiering": "package",
        "tiers": [{"up_to": "700", "price": "500.00"}],
    },
    {
        "id": "fee-4",
        "kind": "fee_seats",
        "seats": 2,
        "monthly_price": "5400.00",
        "basis": "present",
        "minimum_seats": 1,
    },
    {
        "id": "fee-5",
        "kind": "fee_headcount_hours",
        "headcount": 2,
        "unit_price": "38.00",
        "hours_basis": "verified",
    },
    {
        "id": "fee-6",
        "kind": "fee_hourly",
        "unit_price": "28.00",
        "paid_time": "clocked",
        "multipliers": [
            {"when": "every_day", "windows": ["22:00-06:00"], "times": "1.5"},
            {"when": "rest_days", "times": "2"},
        ],
        "overlap": "highest",
    },
    {
        "id": "fee-7",
        "kind": "fee_lump_sum",
        "total": "120000.00",
        "advance": {"share": "0.2", "event": "documents_received"},
        "monthly": {"share": "0.06"},
        "final": {"share": "1"},
        "gates": ["done", "accepted", "invoice"],
    },
    {
        "id": "fee-8",
        "kind": "fee_milestones",
        "total": "200000.00",
        "milestones": [
            {"name": "go_live", "share": "0.3"},
            {"name": "warranty_end", "share": "0.7"},
        ],
        "gates": ["accepted"],
    },
    {
        "id": "fee-9",
        "kind": "fee_commission",
        "settle_window": 15,
        "rate": "0.02",
        "base_amount": "1500.00",
        "seats": 3,
    },
    {
        "id": "fee-10",
        "kind": "fee_base_performance",
        "headcount": 3,
        "base_amount": "3000.00",
        "performance_amount": "1000.00",
        "level": "level-2",
        "bands": [{"reached": "0.60", "payable": "0.6"}, {"reached": "0.90", "payable": "1"}],
        "unjudged": "in_full",
    },
    {
        "id": "extra-1",
        "kind": "fee_surcharge",
        "title": "大促晚间加价",
        "rule": {
            "kind": "time_band",
            "rate": "0.20",
            "unit_price": "40.00",
            "windows": ["09:00-12:00"],
            "marked": {"dates": ["2026-10-12"]},
        },
    },
    {
        "id": "extra-2",
        "kind": "fee_surcharge",
        "rule": {"kind": "of_fee", "rate": "0.30", "fee": "fee-1"},
    },
    {
        "id": "extra-3",
        "kind": "fee_surcharge",
        "rule": {"kind": "per_person_day", "amount": "200.00", "marked": {"holidays": True}},
    },
)
_FIXED: Terms = {"kind": "amount", "amount": "500.00"}
_BANDS = [("0", "0.70"), ("70", "0.80"), ("80", "0.95"), ("90", "1")]
CONSEQUENCES: tuple[Terms, ...] = (
    deduction(
        {
            "kind": "tiered",
            "tiers": [{"beyond": "0.90", "rate": "0.01"}, {"beyond": "0.85", "rate": "0.02"}],
        },
        cap="0.20",
    ),
    deduction(
        {"kind": "interpolated", "worst": "0.50", "rate": "0.03"}, id="deduction-2", level="level-2"
    ),
    deduction(
        {"kind": "per_point", "step": "1", "rate": "0.001"}, id="deduction-3", level="level-3"
    ),
    deduction({"kind": "per_breach", "amount": "50.00"}, id="deduction-4"),
    {"id": "event-1", "kind": "deduction_event", "what": "data_leak", "price": _FIXED},
    {"id": "unserved-1", "kind": "deduction_unserved", "item": "month"},
    {
        "id": "overlap-1",
        "kind": "deduction_overlap",
        "clauses": ["deduction-1", "deduction-2"],
        "rule": "largest",
    },
    {
        "id": "cap-1",
        "kind": "deduction_cap",
        "of_fee": "0.05",
        "except_for": ["event-1"],
        "per_year": "9000.00",
    },
    {
        "id": "score-1",
        "kind": "score_sheet",
        "items": [
            {"kind": "level", "level": "level-1", "weight": "60", "step": "0.01", "points": "2"},
            {"kind": "given", "item": "service_attitude", "weight": "40"},
        ],
        "bands": [{"score": score, "payable": payable} for score, payable in _BANDS],
        "between": "line",
    },
    {
        "id": "bonus-1",
        "kind": "bonus",
        "level": "level-4",
        "step": "0.01",
        "rate": "0.001",
        "cap": "0.05",
    },
    {"id": "reward-1", "kind": "reward", "cap": "100.00"},
    {"id": "damage-1", "kind": "wage_deduction", "cap": "0.2", "minimum_hourly": "20.00"},
    {
        "id": "delay-1",
        "kind": "delay_penalty",
        "item": "report",
        "due": "2026-10-20",
        "of": "100000.00",
        "rate_per_day": "0.001",
        "cap": "0.10",
    },
    {
        "id": "penalty-1",
        "kind": "breach_penalty",
        "party": "client",
        "what": "no_data",
        "price": {"kind": "share_of_contract", "rate": "0.05", "of": "100000.00"},
        "cap": "12000.00",
    },
    {"id": "loss-1", "kind": "compensation", "claimant": "client", "cap": "1300.00"},
    {"id": "refund-1", "kind": "refund", "share": "1", "of": "unserved"},
    {
        "id": "expenses-1",
        "kind": "expenses",
        "needs_receipt": True,
        "reimbursed": [
            {"category": "travel", "cap_per_item": "800.00", "cap_per_month": "1500.00"},
            {"category": "communication", "cap_per_month": "200.00"},
        ],
        "borne": ["training"],
    },
    {
        "id": "deposit-1",
        "kind": "deposit",
        "amount": "5000.00",
        "paid_by": "client",
        "returned_after": {"n": 7, "unit": "day"},
        "forfeited_for": ["unlawful_use"],
    },
    late_fee(cap="0.30"),
)


@cache
def rich_contract(*, is_amended: bool = False) -> Contract:
    """Every kind of fee and consequence in one contract; amended, its price rises on the 16th."""
    contract = agreement(
        PARTIES,
        *LEVELS,
        *FEES,
        *CONSEQUENCES,
        payment(),
        assessment(grace_months=1),
        service_hours=hours(["09:00-18:00"]),
        start="2026-01-01",
        late_facts_months=3,
    )
    if is_amended:
        dearer = change(fixed_fee("24800.00", **OUTSIDE))
        return amend(contract, "2026-10-16", dearer, signed="2026-10-10")
    return contract


@cache
def rich_facts() -> WorkBook:
    """What happened until the end of October."""
    book = WorkBook()
    book.step("documents_received", "2026-10-05")
    book.ready("fee-7.2026-10", "2026-10-30").work("fee-8.go_live", ("accepted", "2026-10-09"))
    book.told("2026-10-12 10:00", UsageCounted("message", 620))
    _chats(book)
    _staff(book)
    _events(book)
    _money(book)
    return book


def _chats(book: Book) -> None:
    for n in range(20):
        asked = f"2026-10-{12 + n % 5:02d} 10:{n:02d}"
        waited = 45 if n % 7 == 0 else 12
        book.asked(f"chat-{n:02d}", f"{asked}:00", f"{asked}:{waited}")
        book.clock(f"chat-{n:02d}", "resolution", "activate", f"{asked}:00", "customer")
        book.clock(f"chat-{n:02d}", "resolution", "fulfil", f"{asked}:{20 + n}")
        book.rated(f"chat-{n:02d}", f"{asked}:59", 5 if n % 4 else 2)
    book.excluded("2026-10-14 10:00", "2026-10-14 10:20", clauses=("level-1",))
    book.opened("call-1", "2026-10-13 10:00", "phone")
    book.clock("call-1", "answer", "activate", "2026-10-13 10:00", "customer")
    book.clock("call-1", "answer", "fulfil", "2026-10-13 10:00:10")
    book.closed("call-1", "2026-10-13 10:07:30")


def _staff(book: Book) -> None:
    for day in (12, 13, 14, 15, 16):
        book.seated("安然", f"2026-10-{day} 08:55", f"2026-10-{day} 18:05")
    book.seated("白露", "2026-10-12 20:00", "2026-10-13 02:00")
    book.seated("白露", "2026-10-17 09:00", "2026-10-17 13:00")
    book.seated("安然", "2026-10-02 09:00", "2026-10-02 12:00")
    book.told("2026-10-20 18:00", RewardGiven("安然", 64_00, "全月零投诉"))


def _events(book: WorkBook) -> None:
    book.told("2026-10-03 10:00", IncidentHappened("n-1", "data_leak", Party.PROVIDER, 1, BOTH))
    book.told("2026-10-08 09:00", IncidentHappened("n-2", "no_data", Party.CLIENT, 1, BOTH))
    book.told("2026-10-21 10:00", WorkTold("month", WorkEvent.ACCEPTED, "9/10"))
    book.told("2026-10-28 10:00", WorkTold("report", WorkEvent.DONE))
    book.told("2026-11-02 10:00", ScoreGiven("service_attitude", "2026-10", 90, 100, BOTH))
    claim = LossShown("k-1", Party.CLIENT, 500_000, "1/2", "3/4", "2/3", "耳机损坏", BOTH)
    book.told("2026-10-05 10:00", claim)


def _money(book: WorkBook) -> None:
    for told in (("o-1", "paid", 1_000_000), ("o-1", "refunded", 300_000)):
        _sale(book, *told)
    book.expense("e-1", "2026-10-09", 70_000).expense("e-2", "2026-10-10", 1_234, "communication")
    book.deposit("paid", "2026-01-02", 400_000)
    book.issued("2026-08", 4_000_000, "2026-09-01 09:00").received("2026-08", "2026-09-01 10:00")
    book.paid("2026-08", 1_000_000, "2026-10-20 10:00")


def _sale(book: Book, order: str, event: str, fen: int) -> None:
    book.told("2026-10-06 12:00", SaleTold(order, SaleEvent(event), fen))


@cache
def rich_statement(*, is_amended: bool = False, is_adjusted: bool = True) -> Statement:
    """The statement of October; adjusted, with a line for September and facts that came late."""
    contract = rich_contract(is_amended=is_amended)
    made = settled(contract, rich_facts().facts)
    return _adjusted(made) if is_adjusted else made


def _adjusted(october: Statement) -> Statement:
    september = Made(
        "c-1-2026-09", Period.month("2026-09"), date(2026, 10, 5), 1, date(2026, 10, 6)
    )
    changed = ChangedLine(october.lines[1], october.lines[0])
    days = (date(2026, 10, 5), date(2026, 11, 3))
    sums = (Fraction(46_000), Fraction(45_850))
    found = Adjustment(september, *days, *sums, (changed,))
    line = found.line(len(october.lines) + 1, "conventions-1", "CNY")
    late = Book().seated("安然", "2026-05-01 09:00", "2026-05-01 18:00").facts
    refused = tuple(RefusedFact(each) for each in late)
    return replace(
        october, lines=(*october.lines, line), adjustments=(found,), refused_facts=refused
    )


@cache
def ended_statement() -> tuple[Contract, Statement]:
    """October of a contract that the provider's breach ended on the 20th."""
    refund: Terms = {"id": "refund-1", "kind": "refund", "share": "1", "of": "unserved"}
    contract = agreement(PARTIES, fixed_fee("31000.00"), refund)
    book = Book().paid("2026-08", 6_000_000, "2026-09-10 10:00")
    ended = ContractStep(ContractEvent.TERMINATED, Party.PROVIDER, "breach", "2026-10-20")
    book.told("2026-10-18 10:00", ended)
    return contract, settled(contract, book.facts)
