"""Months as two companies would bend them: what must be refused, and what must not turn around."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.families.works import IncidentHappened, UsageCounted
from pactdesk.core.facts.kinds import Payment
from pactdesk.core.facts.names import Party, SaleEvent
from pactdesk.core.settle.consequences.breach_penalty import CapNeedsFixedPrice
from pactdesk.core.settle.consequences.late_fee import LateRateTwice
from pactdesk.core.settle.consequences.owed.interpolated import WorstNotWorse
from pactdesk.core.settle.consequences.owed.shortfall import LevelMissing
from pactdesk.core.settle.consequences.score_sheet import BandsUnordered
from pactdesk.core.settle.fees.commission import CommissionRateUnclear as RateUnclear
from pactdesk.core.settle.quantities.charged_twice import OverlapNotPerBreach
from pactdesk.core.settle.statement import AmountBeyondBooks
from pactdesk.core.terms.base import BlankLeft
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import DayBeyondCalendar
from pactdesk.documents.explain.line import explain_line
from pactdesk.documents.statement.notes import note_sentences
from pactdesk.messages.catalogue import LANGUAGES
from tests.support.contracts import (
    Terms,
    agreement,
    amounts,
    assessment,
    deduction,
    deduction_cap,
    fixed_fee,
    late_fee,
    level,
    payment,
    per_breach,
    per_miss,
    settled,
)
from tests.support.facts import Book
from tests.support.wild_terms import KINDS, wild_clause

LARGE = fixed_fee("600000000000000.00", "year", id="fee-2")
COMMISSION: Terms = {"id": "fee-1", "kind": "fee_commission", "settle_window": 60, "rate": "0.1"}
BONUS: Terms = {
    "id": "bonus-1", "kind": "bonus", "level": "level-1", "step": "0.01", "rate": "0.5",
}  # fmt: skip
SHEET: Terms = {
    "id": "sheet-1",
    "kind": "score_sheet",
    "items": [
        {"kind": "level", "level": "level-1", "weight": "100", "step": "0.01", "points": "2"}
    ],
    "bands": [{"score": "0", "payable": "0.5"}, {"score": "80", "payable": "1"}],
}
BREACH: Terms = {
    "id": "breach-1", "kind": "breach_penalty", "party": "provider", "what": "leak", "cap": "9.00",
}  # fmt: skip
OVERLAP: Terms = {"id": "overlap-1", "kind": "deduction_overlap", "rule": "same_interaction"}
DELAY: Terms = {
    "id": "delay-1", "kind": "delay_penalty", "item": "report", "due": "2026-10-20",
    "of": "100.00",
}  # fmt: skip


def _clawed_back(answered: str) -> tuple[RecordedFact, ...]:
    """1,000.00 sold in September go back in October; one conversation, answered at `answered`."""
    book = Book()
    book.told("2026-09-10 10:00:00", SaleTold("o-1", SaleEvent.PAID, 100_000))
    book.told("2026-10-02 10:00:00", SaleTold("o-1", SaleEvent.REFUNDED, 100_000))
    return tuple(book.asked("a", "2026-10-09 10:00:00", answered).facts)


IN_TIME, TOO_LATE = "2026-10-09 10:00:10", "2026-10-09 11:00:00"


@pytest.mark.parametrize(
    ("consequences", "answered"),
    [
        ((per_miss("0.5"),), TOO_LATE),  # 50 % of −100.00 would pay the provider 50.00
        ((per_miss("0.5", cap="0.1"), deduction_cap("0.1")), TOO_LATE),
        ((SHEET,), TOO_LATE),
        ((BONUS,), IN_TIME),  # and an excess would cost it
    ],
)
def test_a_share_of_a_fee_below_zero_is_nothing(
    consequences: tuple[Terms, ...], answered: str
) -> None:
    contract = agreement(COMMISSION, level(), *consequences)
    statement = settled(contract, _clawed_back(answered))
    assert amounts(statement).pop("fee-1") == "-100.00"
    assert str(statement.total) == "-100.00"
    _explained(contract, statement.to_plain())


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ((BONUS | {"level": "level-9"},), LevelMissing),
        ((BONUS | {"level": "fee-1"},), LevelMissing),
        ((SHEET | {"items": [SHEET["items"][0] | {"level": "level-9"}]},), LevelMissing),
        ((per_miss(level="fee-1"),), LevelMissing),
        ((SHEET | {"bands": []},), BandsUnordered),
        # in a month of grace too: a contract does not become readable month by month
        ((SHEET | {"bands": SHEET["bands"][::-1]}, assessment(grace_months=12)), BandsUnordered),
        ((deduction({"kind": "interpolated", "worst": "0.95", "rate": "0.1"}),), WorstNotWorse),
        ((payment(), late_fee() | {"rate_once": "0.03"}), LateRateTwice),
        ((DELAY | {"rate_once": "0.03", "rate_per_day": "0.01"},), LateRateTwice),
        ((per_miss(), OVERLAP | {"clauses": ["deduction-1"]}), OverlapNotPerBreach),
        ((COMMISSION | {"id": "fee-2", "rate": None, "tiers": [{"rate": "1"}]},), RateUnclear),
        ((BREACH | {"price": {"kind": "share_of_fee", "rate": "0.1"}},), CapNeedsFixedPrice),
        ((DELAY,), BlankLeft),
        ((COMMISSION | {"id": "fee-2", "base_amount": "100.00"},), BlankLeft),  # for how many?
    ],
)
def test_terms_that_could_be_read_in_two_ways_are_refused_in_every_month(
    terms: tuple[Terms, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        settled(agreement(fixed_fee(), level(), *terms), ())


def test_a_month_without_any_fee_explains_its_deductions() -> None:
    contract = agreement(level(), per_miss("0.5", cap="0.1"), deduction_cap("0.1"))
    late = Book().asked("a", "2026-10-09 10:00:00", TOO_LATE).facts
    statement = settled(contract, late)
    assert str(statement.total) == "0.00"
    _explained(contract, statement.to_plain())


@pytest.mark.parametrize("more", [{}, {"cap": "0.5"}, {"days": "working"}])
def test_a_late_fee_on_the_whole_statement_is_explained(more: Terms) -> None:
    contract = agreement(fixed_fee(), payment(), late_fee() | {"base": "whole"} | more)
    issued = Book().issued("2026-09", 100_000, "2026-10-01 10:00:00").paid(
        "2026-09", 60_000, "2026-10-02 10:00:00"
    )  # fmt: skip
    _explained(contract, settled(contract, issued.facts).to_plain())


DEPOSIT: Terms = {
    "id": "deposit-1", "kind": "deposit", "amount": "5000.00", "paid_by": "client",
}  # fmt: skip
LUMP: Terms = {
    "id": "fee-2", "kind": "fee_lump_sum", "total": "100.00", "monthly": {"share": "0"},
    "final": {"share": "1"},
}  # fmt: skip
SLIP = 1_000_000_000


@pytest.mark.parametrize(
    ("terms", "end"),
    [
        ((payment("calendar_days_after", SLIP), late_fee()), "2026-12-31"),
        ((payment("half_months_after", SLIP), late_fee()), "2026-12-31"),
        ((payment("months_after", SLIP), late_fee()), "2026-12-31"),
        ((payment(), late_fee() | {"grace_days": SLIP}), "2026-12-31"),
        ((COMMISSION | {"id": "fee-2", "settle_window": SLIP},), "2026-12-31"),
        ((level(), per_miss(), assessment(grace_months=SLIP)), "2026-12-31"),
        ((DEPOSIT | {"returned_after": {"n": SLIP, "unit": "day"}},), "2026-10-15"),
        ((DEPOSIT | {"returned_after": {"n": SLIP, "unit": "month"}},), "2026-10-15"),
        ((LUMP,), "9999-12-31"),
        ((fixed_fee(per="year", billing="in_arrears", id="fee-2"),), "9999-12-31"),
    ],
)
def test_a_length_that_no_calendar_has_is_told(terms: tuple[Terms, ...], end: str) -> None:
    book = Book().issued("2026-08", 100_000, "2026-09-01 10:00:00")
    book.told("2026-08-10 10:00:00", SaleTold("o-1", SaleEvent.PAID, 100_000))
    book.told("2026-10-02 10:00:00", SaleTold("o-1", SaleEvent.REFUNDED, 100_000))
    book.asked("a", "2026-10-09 10:00:00", TOO_LATE)
    with pytest.raises(DayBeyondCalendar):
        settled(agreement(fixed_fee(), *terms, end=end), book.facts)


def _wild_month(rng: Random) -> tuple[Contract, tuple[RecordedFact, ...]]:
    """Two to five clauses of any kinds beside a fee and a level, and a few facts for them."""
    kinds = [rng.choice(sorted(KINDS)) for _ in range(rng.randint(2, 5))]
    clauses = [wild_clause(rng, kind, f"wild-{n}") for n, kind in enumerate(kinds)]
    contract = agreement(fixed_fee(), level(), per_miss(), *clauses)
    book = Book().asked("a", "2026-10-09 10:00:00", rng.choice([IN_TIME, TOO_LATE]))
    book.issued("2026-08", 100_000, "2026-09-01 10:00:00").seated(
        "ann", "2026-10-12 08:00:00", "2026-10-12 20:00:00"
    )
    for number, what in enumerate(("data_leak", "a|b", "any")):
        told = IncidentHappened(f"i-{number}", what, rng.choice([*Party]), 2, tuple(Party))
        book.told("2026-10-31 23:59:59", told)
    book.told("2026-10-01 00:00:00", UsageCounted("a|b", 7))
    book.told("2026-10-05 10:00:00", SaleTold("o-1", SaleEvent.PAID, 12_345))
    return contract, tuple(book.facts)


@pytest.mark.parametrize("first", [0, 40])
def test_whatever_a_clerk_types_a_month_is_settled_and_explained_or_refused_in_a_sentence(
    first: int,
) -> None:
    settled_months = 0
    for seed in range(first, first + 40):
        rng = Random(seed)
        with suppress(PactError):
            contract, facts = _wild_month(rng)
            lint(contract)
            statement = settled(contract, facts)
            assert statement.total.fen == sum(line.amount.fen for line in statement.lines)
            plain = statement.to_plain()
            assert settled(contract, rng.sample(facts, len(facts))).to_plain() == plain
            _explained(contract, plain)
            settled_months += 1
    assert settled_months > 3, "almost every month was refused: the clauses are too wild"


def _explained(contract: Contract, statement: dict[str, object]) -> None:
    lines = statement["lines"]
    assert isinstance(lines, list)
    for line in lines:
        for language in LANGUAGES:
            assert explain_line(statement, contract, line["number"], language).prose(language)


@pytest.mark.parametrize(
    ("terms", "clause"),
    [
        ((fixed_fee("99999999999999.00"),), "fee-1"),  # above 2**53 − 1 fen by itself
        # Each below it, together above: the line that goes beyond is named.
        (
            (fixed_fee("60000000000000.00"), fixed_fee("600000000000000.00", "year", id="fee-2")),
            "fee-2",
        ),
    ],
)
def test_an_amount_that_no_book_can_keep_names_its_clause(
    terms: tuple[Terms, ...], clause: str
) -> None:
    with pytest.raises(AmountBeyondBooks) as refused:
        settled(agreement(*terms))
    assert refused.value.clause == clause


def test_a_month_that_was_issued_twice_is_one_debt_with_one_late_fee() -> None:
    # 1,000.00 of August, due on 14 September, under the name of an imported log and under ours;
    # 600.00 are paid on the second name on 16 October.
    terms = agreement(fixed_fee("10000.00"), late_fee("0.001"), payment())
    book = Book().issued("2026-08", 100_000, "2026-09-01 09:00", name="old-8")
    book.issued("2026-08", 100_000, "2026-09-02 09:00", name="c-1-2026-08")
    book.told("2026-10-16 10:00", Payment("c-1-2026-08", 60_000))
    months = settled(terms, book.facts)
    (entry,) = months.to_plain()["ledger"]
    assert (entry["statement"], entry["also"]) == ("old-8", ["c-1-2026-08"])
    assert entry["paid"] == [{"on": "2026-10-16", "fen": 60_000}]
    # 15 days of 1,000.00 and 16 days of 400.00 at a thousandth: 15.00 + 6.40.
    assert amounts(months)["late-1"] == "21.40"
    (note,) = note_sentences(months.to_plain(), terms, "zh")
    assert "old-8" in note
    assert "c-1-2026-08" in note


def test_deductions_above_the_fee_are_said_and_stay_as_agreed() -> None:
    terms = agreement(fixed_fee("1000.00"), level(), per_breach("300.00"))
    book = Book()
    for n in range(5):
        book.asked(f"i-{n}", f"2026-10-09 10:0{n}:00", TOO_LATE)
    made = settled(terms, book.facts)
    assert amounts(made) == {"fee-1": "1,000.00", "deduction-1": "-1,500.00"}
    (note,) = note_sentences(made.to_plain(), terms, "zh")
    assert "1,500.00" in note
