"""A sum that both agreed on is billed by a clause that the verifier knows; whose right is which."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.kinds import StatementIssued, Verdict
from pactdesk.core.facts.names import ContractEvent, NoticeEvent, Party
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.documents.explain.names import Names
from tests.support.contracts import (
    agreement,
    amounts,
    fixed_fee,
    level,
    payment,
    service_terms,
    settled,
    suspension,
)
from tests.support.facts import Book
from tests.support.october import october, under
from tests.support.verifier import by_the_engine, by_the_verifier

PROVIDER, CLIENT = Party.PROVIDER, Party.CLIENT
FIRST = date(2026, 10, 1)


@pytest.mark.requirement("A57", "A62")
@pytest.mark.parametrize(("claimant", "expected"), [(CLIENT, "-350.00"), (PROVIDER, "350.00")])
def test_the_line_of_an_agreement_is_rechecked_like_any_other(
    claimant: Party, expected: str
) -> None:
    from pactdesk.apps.statements.agreed_sums import with_clause

    terms = with_clause(service_terms(), claimant, FIRST, date(2026, 10, 20), "争议 1 和解")
    book = october()
    agreed = LossShown("dispute/1", claimant, 350_00, "1", "1", "1", "争议 1 和解", tuple(Party))
    book.told("2026-10-20 15:00", agreed)
    facts = under(terms.contract_id, book.facts)
    statement = settled(terms, facts)
    assert amounts(statement)[f"agreed-sum-{claimant}-1"] == expected
    assert by_the_engine(statement) == by_the_verifier(terms, facts, "2026-10")
    [line] = [e for e in statement.to_plain()["lines"] if e["clause"].startswith("agreed-sum")]
    assert Names(terms.on(date(2026, 10, 31)), "zh").line_title(line) == "双方约定的款项"
    # A second agreement needs no second clause, and one of the other side gets its own.
    other = PROVIDER if claimant is CLIENT else CLIENT
    both = with_clause(terms, other, FIRST, date(2026, 10, 21), "争议 2 和解")
    assert [each.id for each in both.amendments] == ["agreement-1", "agreement-2"]


@pytest.mark.requirement("A57", "A62")
@pytest.mark.parametrize("claimant", [CLIENT, PROVIDER])
def test_a_sum_is_billed_once_though_the_paper_has_a_clause_for_losses_by_now(
    claimant: Party,
) -> None:
    from pactdesk.apps.statements.agreed_sums import with_clause

    terms = with_clause(service_terms(), claimant, FIRST, date(2026, 10, 20), "争议 1 和解")
    plain = contract_to_plain(terms)
    added = {"id": "loss-1", "kind": "compensation", "claimant": claimant.value}
    change = {"op": "add", "clause": "loss-1", "to": added}
    days = {"signed_on": "2026-10-02", "effective_from": "2026-10-01"}
    plain["amendments"].append({"id": "losses", "title": "补充", **days, "changes": [change]})
    both = contract_from_plain(plain)
    book = october()
    agreed = LossShown("dispute/2", claimant, 350_00, "1", "1", "1", "争议 2 和解", tuple(Party))
    book.told("2026-10-20 15:00", agreed)
    facts = under(both.contract_id, book.facts)
    statement = settled(both, facts)
    found = amounts(statement)
    assert found["loss-1"] == ("350.00" if claimant is PROVIDER else "-350.00")
    assert found.get(f"agreed-sum-{claimant}-1", "0.00") == "0.00"
    assert by_the_engine(statement) == by_the_verifier(both, facts, "2026-10")


def entitled(contract: Any, book: Book, party: Party, on: str) -> list[tuple[str, str, str | None]]:
    """(step, cause, since) of what the party may do alone on a day."""
    from pactdesk.apps.statements.events_rights import rights_of

    found = rights_of(contract, book.facts, load_china(), party, date.fromisoformat(on))
    return [
        (each.step.value, each.cause, each.since.isoformat() if each.since else None)
        for each in found
    ]


def missed(book: Book, *months: str) -> Book:
    for month in months:
        issued = StatementIssued(f"s-{month}", month, 100_00, {"level-1": Verdict.MISSED})
        book.told(f"{month}-28 10:00", issued)
    return book


@pytest.mark.requirement("B18", "E22", "B16", "B17")
def test_rights_arise_from_misses_notices_arrears_and_silence() -> None:
    contract = agreement(
        fixed_fee(),
        level(),
        payment(n=1, kind="calendar_days_after"),
        suspension(5),
        {"id": "assessment-1", "kind": "assessment", "cycle": "monthly",
         "consecutive_misses": 2, "counted": "same_level"},
        {"id": "end-1", "kind": "termination", "notice": {"n": 30, "unit": "day"}},
    )  # fmt: skip
    book = missed(Book(), "2026-03")
    assert entitled(contract, book, CLIENT, "2026-03-30") == []
    missed(book, "2026-04")
    fault = ("terminated", "breach:assessment-1/terminate/level-1", "2026-04-28")
    assert entitled(contract, book, CLIENT, "2026-04-29") == [fault]
    assert entitled(contract, book, PROVIDER, "2026-03-30") == []
    # March's 100.00 were due on 1 April; the clause bears five days.
    late = ("suspended", "breach:suspension-1/suspend_service/s-2026-03", "2026-04-07")
    assert entitled(contract, book, PROVIDER, "2026-04-06") == []
    assert entitled(contract, book, PROVIDER, "2026-04-07") == [late]
    for day, event in (("2026-06-01", NoticeEvent.SENT), ("2026-06-02", NoticeEvent.ARRIVED)):
        book.told(f"{day} 10:00", NoticeGiven("n-1", "termination", PROVIDER, event))
    assert "notice" not in {
        cause for _, cause, _ in entitled(contract, book, PROVIDER, "2026-07-01")
    }
    left = ("terminated", "notice", "2026-07-02")
    assert left in entitled(contract, book, PROVIDER, "2026-07-02")
    assert left not in entitled(contract, book, CLIENT, "2026-07-02")


@pytest.mark.parametrize(
    ("step", "cause", "waits", "groundless"),
    [
        (ContractEvent.RENEWED, None, True, False),
        (ContractEvent.TERMINATED, None, False, True),
        (ContractEvent.TERMINATED, "agreement", True, False),
        (ContractEvent.TERMINATED, "breach 断线", False, False),
        (ContractEvent.TERMINATED, "breach:assessment-1/terminate/level-1", False, True),
        (ContractEvent.TERMINATED, "notice", False, True),
        (ContractEvent.SUSPENDED, None, False, True),
        (ContractEvent.SUSPENDED, "停电", False, False),
        (ContractEvent.RESUMED, None, True, False),
        (ContractEvent.HANDED_OVER, None, False, False),
    ],
)
def test_without_a_right_a_step_waits_or_tells_its_cause(
    step: ContractEvent, cause: str | None, waits: bool, groundless: bool
) -> None:
    from pactdesk.apps.statements.events_rights import is_groundless, needs_agreement

    told = ContractStep(step, CLIENT, cause)
    assert (needs_agreement(told, (), CLIENT), is_groundless(told, ())) == (waits, groundless)
