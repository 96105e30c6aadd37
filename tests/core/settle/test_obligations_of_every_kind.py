"""Each "shall pay, return, report, deliver by" of a contract is an obligation, with its day."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.works import IncidentHappened
from pactdesk.core.facts.kinds import Party, Payment
from pactdesk.core.facts.names import ContractEvent
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import Obligation
from pactdesk.core.terms.catalogue import Clause
from tests.support.contracts import agreement, assessment, level, payment, suspension
from tests.support.works import WorkBook

Terms = dict[str, Any]
CHINA = load_china()
FIVE_WORKING_DAYS = {"n": 5, "unit": "working_day"}
LUMP: Terms = {
    "id": "fee-1",
    "kind": "fee_lump_sum",
    "total": "100000.00",
    "advance": {"share": "0.2", "event": "documents_received", "within": FIVE_WORKING_DAYS},
    "final": {"share": "1", "within": {"n": 10, "unit": "working_day"}},
    "gates": ["done", "accepted", "invoice"],
}
DEPOSIT: Terms = {
    "id": "deposit-1",
    "kind": "deposit",
    "amount": "5000.00",
    "paid_by": "client",
    "returned_after": {"n": 7, "unit": "day"},
    "forfeited_for": ["unlawful_use"],
}
Listed = dict[str, Obligation]


def listed(book: WorkBook, on: str, *clauses: Terms, end: str = "2026-10-31") -> Listed:
    contract = agreement(*clauses, end=end)
    found = obligations(contract, book.facts, CHINA, date.fromisoformat(on))
    return {f"{each.action}:{each.clause}": each for each in found}


def part(book: WorkBook, on: str, name: str, end: str) -> Obligation:
    found = obligations(agreement(LUMP, end=end), book.facts, CHINA, date.fromisoformat(on))
    return next(each for each in found if each.key == f"fee-1/pay_part/{name}")


def advance(book: WorkBook, on: str) -> Obligation:
    return part(book, on, "advance", "2026-12-31")


def final_part(book: WorkBook, on: str) -> Obligation:
    return part(book, on, "final", "2026-10-31")


@pytest.mark.requirement("A43", "A44")
def test_the_advance_is_paid_in_its_own_time_after_the_papers_came() -> None:
    book = WorkBook()
    waiting = advance(book, "2026-01-10")
    assert (str(waiting.state), waiting.waits_for) == ("waiting", "documents_received")
    assert str(listed(book, "2026-01-10", LUMP)["hand_in_documents:fee-1"].state) == "open"
    received = ContractStep(ContractEvent.DOCUMENTS_RECEIVED, Party.PROVIDER)
    book.told("2026-01-12 15:00", received)  # a Monday: the fifth working day is the 19th
    due = advance(book, "2026-01-19")
    assert (due.party, due.due, str(due.state)) == ("client", date(2026, 1, 19), "open")
    assert due.amount_fen == 2_000_000
    assert str(advance(book, "2026-01-20").state) == "overdue"
    book.told("2026-01-19 10:00", Payment("c-1-2026-01", 2_000_000))
    paid = advance(book, "2026-01-20")
    assert (str(paid.state), paid.done_on, paid.amount_fen) == ("done", date(2026, 1, 19), 0)
    assert str(listed(book, "2026-01-20", LUMP)["hand_in_documents:fee-1"].state) == "done"


@pytest.mark.requirement("A50", "A51", "A75", "A76")
def test_the_final_part_is_paid_after_the_summary_its_acceptance_and_the_invoice() -> None:
    book = WorkBook()
    assert "deliver_summary:fee-1" not in listed(book, "2026-10-30", LUMP)
    assert str(listed(book, "2026-11-02", LUMP)["deliver_summary:fee-1"].state) == "open"
    assert final_part(book, "2026-11-02").waits_for == "work_summary"
    book.work("fee-1.final", ("done", "2026-11-05"))
    handed_in = listed(book, "2026-11-06", LUMP)["deliver_summary:fee-1"]
    assert (str(handed_in.state), handed_in.done_on) == ("done", date(2026, 11, 5))
    book.work("fee-1.final", ("accepted", "2026-11-09"), ("invoice", "2026-11-10"))
    final = final_part(book, "2026-11-20")
    # Ten working days after Tuesday the 10th; 100,000 less the advance of 20,000.
    assert (final.due, final.amount_fen) == (date(2026, 11, 24), 8_000_000)


@pytest.mark.parametrize(
    ("told", "on", "state", "rest"),
    [
        ([], "2026-11-09", "open", 500_000),  # the 7th is a Saturday: by Monday
        ([], "2026-11-10", "overdue", 500_000),
        ([("returned", "2026-11-06", 500_000)], "2026-11-10", "done", 0),
        ([("returned", "2026-11-06", 200_000)], "2026-11-10", "overdue", 300_000),
        ([("returned", "2026-11-12", 500_000)], "2026-11-13", "done_late", 0),
    ],
)
def test_a_deposit_is_given_back_after_the_last_day(
    told: list[tuple[str, str, int]], on: str, state: str, rest: int
) -> None:
    book = WorkBook().deposit("paid", "2026-01-05", 500_000)
    for event, day, fen in told:
        book.deposit(event, day, fen)
    found = listed(book, on, DEPOSIT)
    back, lodged = found["return_deposit:deposit-1"], found["lodge_deposit:deposit-1"]
    assert (back.party, back.due) == ("provider", date(2026, 11, 9))
    assert (str(back.state), back.amount_fen) == (state, rest)
    assert (lodged.party, str(lodged.state)) == ("client", "done")


def test_a_forfeited_deposit_is_owed_by_nobody() -> None:
    book = WorkBook().deposit("paid", "2026-01-05", 500_000)
    both = (Party.PROVIDER, Party.CLIENT)
    unlawful = IncidentHappened("n-1", "unlawful_use", Party.CLIENT, 1, both)
    book.told("2026-05-06 10:00", unlawful)
    back = listed(book, "2026-11-10", DEPOSIT)["return_deposit:deposit-1"]
    assert (str(back.state), back.amount_fen) == ("waived", 0)


def test_terms_that_cannot_be_settled_leave_the_rest_of_the_list() -> None:
    twice = [{"name": "a", "day": "2026-03-01", "share": "0.1"}] * 2
    found = listed(WorkBook(), "2026-11-10", LUMP | {"instalments": twice}, DEPOSIT)
    assert {key.split(":")[0] for key in found} >= {"lodge_deposit", "return_deposit"}


CONFIRMED: dict[str, Terms] = {
    "payment": payment() | {"statement_due": {"kind": "day_of_month", "n": 5}},
    "assessment": assessment(
        report_due={"kind": "working_days_after", "n": 5, "event": "period_end"}
    ),
    "fee_lump_sum": LUMP,
    "deposit": DEPOSIT,
    "suspension": suspension(),
    "delay_penalty": {
        "id": "delay-1",
        "kind": "delay_penalty",
        "item": "training",
        "due": "2026-03-01",
        "of": "1000.00",
        "rate_once": "0.1",
    },
    "termination": {
        "id": "termination-1",
        "kind": "termination",
        "handover": True,
        "handover_within": FIVE_WORKING_DAYS,
    },
    "confidentiality": {
        "id": "confidentiality-1",
        "kind": "confidentiality",
        "bound": "both",
        "during_term": True,
        "after_years": 2,
        "indefinite": False,
    },
    "effectiveness": {"id": "effect-1", "kind": "effectiveness", "on": "signature_or_seal"},
    "duty": {"id": "duty-1", "kind": "duty", "by": "provider", "topic": "quality"},
}
"""A clause of each kind that alone, with the passing of time, makes somebody owe something."""

UPON_FACTS = {
    "breach_penalty",  # upon an agreed breach
    "pay_runs",  # upon the hours of an agent
    "notices",  # the right to object, upon a statement
    "period",  # the right to refuse a renewal
    "suspension",  # upon arrears
}
IN_THE_STATEMENT = {
    "fee_fixed", "fee_headcount_hours", "fee_per_unit", "fee_milestones", "fee_hourly",
    "fee_commission", "fee_base_performance", "fee_seats", "fee_surcharge", "expenses",
    "late_fee", "deduction", "deduction_event", "deduction_unserved", "deduction_overlap",
    "deduction_cap", "score_sheet", "bonus", "compensation", "refund", "reward",
    "wage_deduction",
}  # fmt: skip
"""Their money is part of a statement, whose payment is the obligation."""
OWES_NOTHING_BY_A_DAY = {
    "parties", "scope", "service_hours", "service_level", "price_adjustment", "third_parties",
    "attachments", "dispute", "conventions", "weekly_hours",
}  # fmt: skip
"""What they ask for is measured, said or shown elsewhere: levels, pay warnings, parties' words."""


@pytest.mark.parametrize("kind", sorted(CONFIRMED))
def test_a_clause_of_this_kind_makes_an_obligation(kind: str) -> None:
    clause = CONFIRMED[kind]
    book = WorkBook()
    book.issued("2026-03", 100_000, "2026-04-01 09:00")
    terms = [payment(), level(), clause] if kind != "payment" else [clause]
    found = listed(book, "2026-11-20", *terms)
    assert clause["id"] in {key.split(":")[1] for key in found}


def test_every_kind_of_clause_is_in_one_of_the_lists() -> None:
    """A new kind of clause must say whether anybody owes anything by a day under it."""
    kinds = {each.model_fields["kind"].default for each in get_args(get_args(Clause)[0])}
    listed_ = {*CONFIRMED, *UPON_FACTS, *IN_THE_STATEMENT, *OWES_NOTHING_BY_A_DAY}
    assert kinds == listed_
