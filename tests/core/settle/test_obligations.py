"""What each side owes, by when, and what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.life import ContractStep, DutyDone, NoticeGiven
from pactdesk.core.facts.families.works import IncidentHappened, WorkTold
from pactdesk.core.facts.kinds import Party, Payment, StatementIssued, StatementReceived, Verdict
from pactdesk.core.facts.names import ContractEvent, DutyEvent, NoticeEvent, WorkEvent
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import Action, Obligation
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from tests.support.contracts import (
    agreement,
    amend,
    assessment,
    change,
    late_fee,
    level,
    payment,
    suspension,
)
from tests.support.facts import Book

Terms = dict[str, Any]
CHINA = load_china()


def listed(book: Book, on: str, *clauses: Terms, end: str = "2026-12-31") -> dict[str, Obligation]:
    contract = agreement(*clauses, end=end)
    found = obligations(contract, book.facts, CHINA, date.fromisoformat(on))
    return {f"{each.action}:{each.instance}": each for each in found}


def issued(month: str = "2026-09", fen: int = 1_000_000, **verdicts: str) -> StatementIssued:
    judged = {name.replace("_", "-"): Verdict(verdict) for name, verdict in verdicts.items()}
    return StatementIssued(f"s-{month}", month, fen, judged)


@pytest.mark.requirement("A20", "A36", "B20", "B26", "E12")
@pytest.mark.parametrize(
    ("on", "paid", "state"),
    [
        ("2026-10-16", (), "open"),
        # The tenth working day: the 1st to 7th are holidays, Saturday the 10th is worked.
        ("2026-10-20", (), "open"),
        ("2026-10-21", (), "overdue"),
        ("2026-10-22", (("2026-10-20 23:59", 1_000_000),), "done"),
        ("2026-10-22", (("2026-10-20 10:00", 999_999),), "overdue"),
        ("2026-10-25", (("2026-10-23 10:00", 1_000_000),), "done_late"),
    ],
)
def test_a_statement_is_to_be_paid_on_its_day(
    on: str, paid: tuple[tuple[str, int], ...], state: str
) -> None:
    book = Book().told("2026-10-08 10:00", issued())
    for at, fen in paid:
        book.told(at, Payment("s-2026-09", fen))
    found = listed(book, on, payment(), late_fee(), suspension(30))["pay_statement:s-2026-09"]
    assert (found.party, str(found.state), found.due) == ("client", state, date(2026, 10, 20))
    assert [each.what for each in found.on_breached] == ["late_fee", "suspension"]


@pytest.mark.requirement("A54", "A20")
def test_a_statement_is_due_by_the_terms_of_its_month_and_rests_on_those_of_the_day() -> None:
    signed = amend(
        agreement(payment(n=10), suspension(30)),
        "2026-10-01",
        change(payment(n=20)),
        change(suspension(5)),
    )
    book = Book().told("2026-10-08 10:00", issued())
    on = date(2026, 10, 26)
    found = {each.action: each for each in obligations(signed, book.facts, CHINA, on)}
    assert found[Action.PAY_STATEMENT].due == date(2026, 10, 20)  # ten days, as September had it
    assert Action.SUSPEND_SERVICE in found  # six days late: more than the five of today


@pytest.mark.requirement("B23", "E33")
def test_after_thirty_days_the_provider_may_suspend_and_resumes_when_paid() -> None:
    book = Book().told("2026-10-08 10:00", issued())
    terms = (payment(), suspension(30))
    assert "suspend_service:s-2026-09" not in listed(book, "2026-11-19", *terms)
    assert listed(book, "2026-11-20", *terms)["suspend_service:s-2026-09"].is_right
    book.told("2026-11-23 09:00", ContractStep(ContractEvent.SUSPENDED, Party.PROVIDER))
    assert "suspend_service:s-2026-09" not in listed(book, "2026-11-24", *terms)
    book.told("2026-11-25 09:00", Payment("s-2026-09", 1_000_000))
    resume = listed(book, "2026-11-27", *terms)["resume_service:2026-11-23"]
    assert (str(resume.state), resume.due) == ("overdue", date(2026, 11, 26))
    book.told("2026-11-27 10:00", ContractStep(ContractEvent.RESUMED, Party.PROVIDER))
    assert "resume_service:2026-11-23" not in listed(book, "2026-11-27", *terms)


@pytest.mark.requirement("E19", "E20", "C12")
@pytest.mark.parametrize(
    ("done", "on", "state"),
    [
        (None, "2026-10-13", "open"),
        (None, "2026-10-14", "overdue"),  # the fifth working day after September was the 13th
        ("2026-10-13 18:00", "2026-10-20", "done"),
        ("2026-10-19 18:00", "2026-10-20", "done_late"),
    ],
)
def test_the_report_is_due_after_the_month(done: str | None, on: str, state: str) -> None:
    due = {"kind": "working_days_after", "n": 5, "event": "period_end"}
    book = Book()
    if done:
        book.told(done, DutyDone("assessment-1", "2026-09", DutyEvent.DONE, Party.PROVIDER))
    found = listed(book, on, level(), assessment(report_due=due))["deliver_report:2026-09"]
    assert (str(found.state), found.due) == (state, date(2026, 10, 13))


@pytest.mark.requirement("E21", "E31", "A59")
def test_remediation_runs_from_the_arrival_of_its_notice() -> None:
    terms = (level(), assessment(remediation={"n": 5, "unit": "working_day"}))

    def notice(event: NoticeEvent) -> NoticeGiven:
        return NoticeGiven("n-1", "rectification", Party.CLIENT, event, "level-1")

    book = Book().told("2026-10-12 17:00", notice(NoticeEvent.SENT))
    assert "remedy:n-1" not in listed(book, "2026-10-12", *terms)
    book.told("2026-10-13 09:00", notice(NoticeEvent.ARRIVED))
    found = listed(book, "2026-10-21", *terms)["remedy:n-1"]
    assert (found.party, str(found.state), found.due) == ("provider", "overdue", date(2026, 10, 20))
    assert [each.what for each in found.on_breached] == ["termination"]
    done = DutyDone("assessment-1", "n-1", DutyEvent.DONE, Party.PROVIDER)
    book.told("2026-10-20 17:00", done)
    assert str(listed(book, "2026-10-21", *terms)["remedy:n-1"].state) == "done"


@pytest.mark.requirement("E22")
@pytest.mark.parametrize(
    ("verdicts", "may"),
    [
        (("missed", "missed", "missed"), True),
        (("missed", "met", "missed"), False),
        (("met", "missed", "missed"), False),
        (("missed", "missed", "met"), False),  # it is over
    ],
)
def test_three_missed_months_in_a_row_let_the_client_terminate(
    verdicts: tuple[str, ...], may: bool
) -> None:
    book = Book()
    for month, verdict in zip(("07", "08", "09"), verdicts, strict=True):
        told = issued(f"2026-{month}", level_1=verdict)
        book.told(f"2026-{int(month) + 1:02}-03 10:00", told)
    found = listed(book, "2026-10-20", level(), assessment(consecutive_misses=3))
    assert ("terminate:level-1" in found) is may


@pytest.mark.requirement("E22")
@pytest.mark.parametrize(
    ("first", "then", "last", "counted", "undetermined", "may"),
    [
        ("missed met", "undetermined met", "missed met", "same_level", "neutral", True),
        ("missed met", "undetermined met", "missed met", "same_level", "resets", False),
        # after a month that nobody could judge the run is neither longer nor over
        ("missed met", "missed met", "undetermined met", "same_level", "neutral", True),
        ("missed met", "missed met", "undetermined met", "same_level", "resets", False),
        ("met missed", "missed met", "missed met", "same_level", "neutral", True),
        ("met met", "met missed", "missed met", "same_level", "neutral", False),
        ("met met", "met missed", "missed met", "any_level", "neutral", True),
    ],
)
def test_a_run_of_misses_is_counted_as_the_statements_count_it(
    first: str, then: str, last: str, counted: str, undetermined: str, may: bool
) -> None:
    book = Book()
    for month, told in zip(("07", "08", "09"), (first, then, last), strict=True):
        one, other = told.split()
        happened = issued(f"2026-{month}", level_1=one, level_2=other)
        book.told(f"2026-{int(month) + 1:02}-03 10:00", happened)
    rule = assessment(consecutive_misses=2, counted=counted)
    contract = agreement(level(), level(id="level-2"), rule, undetermined=undetermined)
    found = obligations(contract, book.facts, CHINA, date(2026, 10, 20))
    assert ("level-1" in [each.instance for each in found if each.action == "terminate"]) is may


@pytest.mark.requirement("E22")
@pytest.mark.parametrize(
    ("months", "may"),
    [
        (("03", "06", "09"), True),
        (("03", "06", "08"), True),  # the last statement is August's
        (("06", "09"), False),
    ],
)
def test_three_missed_months_within_a_year_do_the_same(months: tuple[str, ...], may: bool) -> None:
    book = Book()
    for month in months:
        told = issued(f"2026-{month}", level_1="missed")
        book.told(f"2026-{int(month) + 1:02}-03 10:00", told)
    found = listed(book, "2026-10-20", level(), assessment(misses_in_year=3))
    assert ("terminate:level-1" in found) is may


@pytest.mark.requirement("B16", "B17", "A39", "A71")
@pytest.mark.parametrize(
    ("kind", "notice", "due"),
    [
        ("automatic", {"n": 1, "unit": "month"}, "2026-11-30"),
        ("automatic", {"n": 30, "unit": "day"}, "2026-12-01"),
        ("negotiated", {"n": 10, "unit": "working_day"}, "2026-12-17"),
        ("negotiated", None, "2026-12-31"),
    ],
)
def test_the_last_day_to_speak_about_renewal(kind: str, notice: Terms | None, due: str) -> None:
    renewal: Terms = {"kind": kind, "months": 12} | ({} if notice is None else {"notice": notice})
    with_renewal = renewed_by(renewal)
    found = obligations(with_renewal, (), CHINA, date(2026, 11, 1))
    [right] = [each for each in found if "renewal" in each.action]
    assert (right.due, right.is_right, str(right.state)) == (date.fromisoformat(due), True, "open")
    later = obligations(with_renewal, (), CHINA, date(2026, 12, 31))
    states = {str(each.state) for each in later if "renewal" in each.action}
    assert states == {"open" if notice is None else "lapsed"}


def renewed_by(renewal: Terms) -> Contract:
    plain = contract_to_plain(agreement(level()))
    plain["clauses"][0]["renewal"] = renewal
    return contract_from_plain(plain)


@pytest.mark.requirement("E42", "A74", "E25", "E26")
def test_after_the_end_things_are_handed_over_and_secrets_kept() -> None:
    ends = {"id": "end-1", "kind": "termination", "handover": True}
    ends |= {"handover_within": {"n": 7, "unit": "day"}}
    secret: Terms = {"id": "secret-1", "kind": "confidentiality", "bound": "both"}
    secret |= {"during_term": True, "after_years": 2}
    book = Book()
    assert "hand_over:2026-12-31" not in listed(book, "2026-10-01", ends, secret)
    stopped = ContractStep(ContractEvent.TERMINATED, Party.CLIENT, "agreement", "2026-10-16")
    book.told("2026-10-10 10:00", stopped)
    found = listed(book, "2026-10-20", ends, secret)
    assert found["hand_over:2026-10-16"].due == date(2026, 10, 23)
    assert str(found["keep_secret:2028-10-16"].state) == "standing"
    book.told("2026-10-22 10:00", ContractStep(ContractEvent.HANDED_OVER, Party.PROVIDER))
    assert str(listed(book, "2026-10-25", ends)["hand_over:2026-10-16"].state) == "done"


@pytest.mark.requirement("C11", "C21")
def test_work_with_a_day() -> None:
    clause = {"id": "delay-1", "kind": "delay_penalty", "item": "report", "due": "2026-10-20"}
    clause |= {"of": "100000.00", "rate_per_day": "0.001"}
    book = Book()
    assert str(listed(book, "2026-10-21", clause)["deliver_work:report"].state) == "overdue"
    book.told("2026-10-22 10:00", WorkTold("report", WorkEvent.DONE))
    assert str(listed(book, "2026-10-22", clause)["deliver_work:report"].state) == "done_late"


def test_an_unpublished_calendar_leaves_a_day_open_and_says_so() -> None:
    due = {"kind": "working_days_after", "n": 5, "event": "period_end"}
    found = listed(Book(), "2026-12-31", level(), assessment(report_due=due))
    last = found["deliver_report:2026-12"]
    assert (last.due, last.waits_for) == (None, "calendar 2027")


@given(st.integers(0, 364), st.integers(0, 364), st.integers(0, 364))
def test_a_later_fact_changes_no_earlier_day(issue: int, pay: int, asked: int) -> None:
    def day(n: int) -> date:
        return date.fromordinal(date(2026, 1, 1).toordinal() + n)

    known = Book().told(f"{day(issue)} 10:00", issued("2026-01"))
    more = Book().told(f"{day(issue)} 10:00", issued("2026-01"))
    more.told(f"{day(pay)} 10:00", Payment("s-2026-01", 1_000_000))
    more.told(f"{day(pay)} 11:00", StatementReceived("s-2026-01"))
    if asked < pay:
        contract = agreement(payment(), late_fee(), suspension())
        one, other = (obligations(contract, b.facts, CHINA, day(asked)) for b in (known, more))
        assert one == other


@pytest.mark.requirement("A48", "A36")
@pytest.mark.parametrize(
    ("on", "told", "state"),
    [
        ("2026-10-08", None, "open"),  # the 5th is a holiday: the first working day after it
        ("2026-10-09", None, "overdue"),
        ("2026-10-09", "2026-10-08 18:00", "done"),
        ("2026-10-20", "2026-10-12 18:00", "done_late"),
    ],
)
def test_the_statement_of_a_month_is_handed_in_by_its_day(
    on: str, told: str | None, state: str
) -> None:
    terms = payment() | {"statement_due": {"kind": "day_of_month", "n": 5, "event": "period_end"}}
    book = Book().told(told, issued()) if told else Book()
    found = listed(book, on, terms)["issue_statement:2026-09"]
    assert (found.party, found.due) == ("provider", date(2026, 10, 8))
    assert str(found.state) == state


@pytest.mark.requirement("A68", "A60", "A67")
def test_a_penalty_is_paid_within_working_days_of_the_breach() -> None:
    clause: Terms = {"id": "penalty-1", "kind": "breach_penalty", "party": "client"}
    clause |= {"what": "no_data", "price": {"kind": "amount", "amount": "100.00"}}
    clause |= {"pay_within": {"n": 5, "unit": "working_day"}}
    both = (Party.PROVIDER, Party.CLIENT)
    book = Book()
    book.told("2026-09-30 10:00", IncidentHappened("n-1", "no_data", Party.CLIENT, 1, both))
    book.told("2026-09-30 11:00", IncidentHappened("n-2", "no_data", Party.CLIENT, 1, both[:1]))
    found = listed(book, "2026-10-14", clause)
    assert "pay_penalty:n-2" not in found  # the client does not agree that it happened
    late = found["pay_penalty:n-1"]
    assert (late.party, late.due, str(late.state)) == ("client", date(2026, 10, 13), "overdue")
    book.told("2026-10-13 10:00", DutyDone("penalty-1", "n-1", DutyEvent.DONE, Party.CLIENT))
    assert str(listed(book, "2026-10-14", clause)["pay_penalty:n-1"].state) == "done"
