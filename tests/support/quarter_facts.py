"""What happened in the third quarter of 2026 under each seed's terms, a handful a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256

from pactdesk.core.facts.families.life import ContractStep, DutyDone, NoticeGiven
from pactdesk.core.facts.families.money import ExpenseTold, LossShown
from pactdesk.core.facts.families.staff import AgentPaid, LeaveTaken, RewardGiven
from pactdesk.core.facts.families.works import IncidentHappened, UsageCounted, WorkTold
from pactdesk.core.facts.kinds import InvoiceReceived, Payment, StatementReceived
from pactdesk.core.facts.names import (
    ContractEvent,
    DutyEvent,
    ExpenseEvent,
    NoticeEvent,
    Party,
    WorkEvent,
)
from tests.support.facts import Book, When, instant
from tests.support.quarters import Told, at, days

BOTH = (Party.PROVIDER, Party.CLIENT)
LATE = "2026-09-15"
"""The day on which the fact of August comes to light."""


def temporary() -> Told:
    """000: July in time; August accepted in part; in September the coordinator leaves."""
    told = Told()
    book = told.book
    _signed(book, "2026-07-01")
    book.told("2026-07-03 10:00", ContractStep(ContractEvent.DOCUMENTS_RECEIVED))
    _part(book, "fee-1.2026-07", "2026-07-30", "2026-07-31", "2026-07-31")
    _accepted(book, "month", "2026-07-31 16:00", "1")
    _expense(book, "e-1", "travel", 640_00, "2026-07-20")
    _expense(book, "e-2", "communication", 120_50, "2026-07-21")
    _bill(book, "000-2026-07", "2026-08-05", "2026-08-06", "2026-08-26", 32_760_50)
    _part(book, "fee-1.2026-08", "2026-08-31", "2026-08-31", "2026-08-31")
    _accepted(book, "month", "2026-08-31 16:00", "9/10")
    _incident(book, "b-1", "late_work", Party.PROVIDER, "2026-08-12 10:00")
    for name, fen in (("e-3", 900_00), ("e-4", 700_00), ("e-5", 100_00)):
        _expense(book, name, "travel", fen, "2026-08-20")
    _expense(book, "e-6", "training", 300_00, "2026-08-21")
    _expense(told.recorded_on(LATE), "e-7", "communication", 88_00, "2026-08-28")
    _expense(book, "e-8", "travel", 300_00, "2026-09-08")
    leaving = ContractStep(ContractEvent.TERMINATED, Party.PROVIDER, "personal", "2026-09-20")
    book.told("2026-09-10 10:00", leaving)
    _bill(book, "000-2026-08", "2026-09-04", "2026-09-07", "2026-09-18", 13_430_82)
    _loss(book, "k-1", Party.CLIENT, 2_000_00, ("1/2", "1", "1"), "2026-09-18 10:00")
    _part(book, "fee-1.final", "2026-09-24", "2026-09-25", "2026-09-28")
    _expense(book, "e-9", "communication", 45_50, "2026-09-25")
    return told


def service() -> Told:
    """001: slow chats, an outage, unhappy customers in August; suspended in September."""
    told = Told()
    book = told.book
    for first, days_long in (
        (date(2026, 7, 1), 31),
        (date(2026, 8, 1), 31),
        (date(2026, 9, 1), 30),
    ):
        book.probed(at(first, "00:00"), at(first + timedelta(days=days_long), "00:00"))
    book.probed("2026-08-12 09:00", "2026-08-12 18:00", up=False)
    _messages(book, 5_600, "2026-07-15 10:00")
    _chats(book, "2026-07-15", 10, 0)
    _asked_to_solve(book, "r-1", "2026-07-16 09:00", solved="2026-07-16 12:00")
    _asked_to_solve(book, "r-2", "2026-07-16 09:00", solved="2026-07-16 17:00")
    for n, score in enumerate((5, 5, 4, 5)):
        book.rated(f"2026-07-15-{n}", "2026-07-20 10:00", score)
    _messages(book, 7_500, "2026-08-13 10:00")
    _messages(told.recorded_on(LATE), 1_200, "2026-08-29 10:00")
    _chats(book, "2026-08-12", 8, 2)
    _asked_to_solve(book, "r-3", "2026-08-13 09:00", solved="2026-08-13 12:00")
    _asked_to_solve(book, "r-4", "2026-08-13 09:00", solved="2026-08-20 10:00")
    book.clock("r-4", "resolution", "progress", "2026-08-13 13:00")
    _asked_to_solve(book, "r-5", "2026-08-13 09:00", solved="2026-08-17 10:00")
    for n, score in enumerate((5, 3, 4, 5)):
        book.rated(f"2026-08-12-{n}", "2026-08-20 10:00", score)
    _pay(book, "001-2026-07", 5_000_00, "2026-09-05 10:00")
    _pay(book, "001-2026-08", 22_371_53, "2026-09-10 10:00")
    book.told("2026-09-15 09:00", ContractStep(ContractEvent.SUSPENDED, Party.PROVIDER))
    book.told("2026-09-16 00:00", ContractStep(ContractEvent.RENEWED, until="2027-09-15"))
    _pay(book, "001-2026-07", 15_180_00, "2026-09-21 10:00")
    book.told("2026-09-22 09:00", ContractStep(ContractEvent.RESUMED, Party.PROVIDER))
    _messages(book, 4_000, "2026-09-08 10:00")
    _chats(book, "2026-09-08", 5, 0)
    _chats(book, "2026-09-15", 0, 2)
    return told


def management() -> Told:
    """002: the report is late, the client gives no data and pays late; a leak in September."""
    told = Told()
    book = told.book
    _signed(book, "2026-07-01")
    book.told("2026-07-06 10:00", ContractStep(ContractEvent.DATA_SUPPLIED, Party.CLIENT))
    _received(book, "002-2026-07", "2026-08-04 10:00")
    _done(book, "report", "2026-08-14 10:00")
    _incident(book, "b-1", "no_data", Party.CLIENT, "2026-08-12 10:00")
    _incident(book, "b-2", "unpaid", Party.CLIENT, "2026-08-19 10:00")
    _done(told.recorded_on(LATE), "plan", "2026-08-28 17:00")
    _pay(book, "002-2026-07", 120_000_00, "2026-09-02 10:00")
    _received(book, "002-2026-08", "2026-09-04 10:00")
    _incident(book, "b-3", "no_data", Party.CLIENT, "2026-09-08 10:00")
    _incident(book, "b-4", "privacy", Party.PROVIDER, "2026-09-10 10:00")
    _pay(book, "002-2026-08", 2_400_00, "2026-09-11 10:00")
    _incident(book, "b-5", "no_data", Party.CLIENT, "2026-09-22 10:00")
    return told


def part_time() -> Told:
    """003: four hours a day; in August a week on leave, a week too short, and damage."""
    told = Told()
    book = told.book
    _signed(book, "2026-07-01")
    july = days(7, 1, 2, 3, *range(6, 11), *range(13, 18), *range(20, 25), *range(27, 32))
    august = days(8, *range(3, 8), 13, 14, 15, *range(17, 21), *range(24, 29), 31)
    september = days(9, *range(1, 5), *range(7, 12), *range(14, 19), *range(21, 26), 28, 29, 30)
    for day in (*july, *august, *september):
        book.seated("lin", at(day, "14:00"), at(day, "18:00"))
    for month, scores in (("07-20", (5, 5, 4)), ("08-20", (5, 2, 4)), ("09-18", (4, 5))):
        for n, score in enumerate(scores):
            name = f"c-{month}-{n}"
            book.opened(name, f"2026-{month} 15:00").rated(name, f"2026-{month} 17:00", score)
    told.recorded_on(LATE).seated("lin", "2026-08-29 14:00", "2026-08-29 18:00")
    book.told("2026-07-17 10:00", AgentPaid("lin", "2026-07-01..2026-07-15", 1_232_00))
    book.told("2026-07-25 10:00", RewardGiven("lin", 100_00, "好评第一"))
    book.told("2026-08-12 10:00", AgentPaid("lin", "2026-07-16..2026-07-31", 1_444_00))
    book.told("2026-08-20 10:00", AgentPaid("lin", "2026-08-01..2026-08-15", 896_00))
    _pay(book, "003-2026-07", 2_676_00, "2026-08-12 10:00")
    leave = (instant("2026-08-10 00:00"), instant("2026-08-13 00:00"))
    book.told("2026-08-07 10:00", LeaveTaken("lin", *leave, "考试", BOTH))
    # customers' data in a third party's hands (违约2, D25): what it cost the client
    _loss(book, "k-1", Party.CLIENT, 500_00, ("1", "1", "1"), "2026-08-20 10:00")
    _pay(book, "003-2026-08", 1_809_37, "2026-09-04 10:00")
    book.told("2026-09-10 10:00", RewardGiven("lin", 60_00, "满意度"))
    book.told("2026-09-18 10:00", RewardGiven("lin", 80_00, "满意度"))
    return told


def outsourcing() -> Told:
    """004: every indicator is missed in August, the second again in September."""
    told = Told()
    book = told.book
    july, august, september = (
        days(month, *range(first, first + 5), *range(first + 7, first + 12))
        for month, first in ((7, 6), (8, 3), (9, 7))
    )
    for day in (*july, *august, *days(8, *range(17, 22)), *september):
        for agent in ("ann", "bo"):
            book.seated(agent, at(day, "09:00"), at(day, "18:00"))
    _chats(book, "2026-07-15", 10, 0, solved=10)
    _chats(book, "2026-08-12", 8, 2, solved=7)
    _chats(book, "2026-09-09", 10, 0, solved=7)
    for month, scores in (("07-15", (5,) * 5), ("08-12", (5, 5, 3, 4, 5)), ("09-09", (1, 1, 1))):
        for n, score in enumerate(scores):
            book.rated(f"2026-{month}-{n}", f"2026-{month} 17:00", score)
    # the two late ones of 12 August came while the client's shop was down
    told.recorded_on(LATE).excluded(
        "2026-08-12 10:08", "2026-08-12 10:10", cause="client_conditions", clauses=("level-1",)
    )
    _loss(book, "k-1", Party.CLIENT, 12_000_00, ("1/2", "1/2", "1"), "2026-08-25 10:00")
    book.told("2026-08-05 10:00", InvoiceReceived("quarter-004-2026-07"))
    _pay(book, "004-2026-07", 5_724_00, "2026-09-08 10:00")
    book.told("2026-09-07 10:00", InvoiceReceived("quarter-004-2026-08"))
    _pay(book, "004-2026-08", 4_610_09, "2026-09-18 10:00")
    _reported(book, "2026-07", "2026-08-06 10:00")
    _reported(book, "2026-08", "2026-09-08 10:00")
    demand = NoticeGiven("n-1", "rectification", Party.CLIENT, NoticeEvent.ARRIVED, "level-2")
    book.told("2026-09-07 11:00", demand)
    book.told("2026-09-18 10:00", DutyDone("assessment-1", "n-1", DutyEvent.DONE, Party.PROVIDER))
    _loss(book, "k-2", Party.CLIENT, 4_000_00, ("1", "1/2", "1"), "2026-09-16 10:00")
    _loss(book, "k-3", Party.PROVIDER, 400_00, ("1", "1", "1/2"), "2026-09-17 10:00")
    return told


def _reported(book: Book, month: str, when: str) -> None:
    book.told(when, DutyDone("assessment-1", month, DutyEvent.DONE, Party.PROVIDER))


def _signed(book: Book, day: str) -> None:
    for party in BOTH:
        book.told(f"{day} 08:00", ContractStep(ContractEvent.SIGNED, party))


def _chats(book: Book, day: str, quick: int, slow: int, solved: int | None = None) -> None:
    """One a minute from ten on: the quick after 20, the slow after 50 seconds; the last `solved`
    the same afternoon, the others a week later."""
    for n in range(quick + slow):
        name, opened = f"{day}-{n}", f"{day} 10:{n:02}:00"
        book.asked(name, opened, f"{day} 10:{n:02}:{20 if n < quick else 50}")
        if solved is not None:
            book.clock(name, "resolution", "activate", opened, "customer")
            unsolved = n < quick + slow - solved
            end = date.fromisoformat(day) + timedelta(days=7 if unsolved else 0)
            book.clock(name, "resolution", "fulfil", at(end, "16:00"))


def _asked_to_solve(book: Book, name: str, when: str, *, solved: str) -> None:
    book.opened(name, when).clock(name, "resolution", "activate", when, "customer")
    book.clock(name, "resolution", "fulfil", solved).closed(name, solved)


def _messages(book: Book, quantity: int, when: str) -> None:
    book.told(when, UsageCounted("message", quantity))


def _part(book: Book, item: str, done: str, accepted: str, invoiced: str) -> None:
    """A part of a lump sum through its three gates."""
    _done(book, item, f"{done} 10:00")
    _accepted(book, item, f"{accepted} 11:00", "1")
    book.told(f"{invoiced} 12:00", InvoiceReceived(item))


def _done(book: Book, item: str, when: When) -> None:
    book.told(when, WorkTold(item, WorkEvent.DONE))


def _accepted(book: Book, item: str, when: When, share: str) -> None:
    book.told(when, WorkTold(item, WorkEvent.ACCEPTED, share))


def _expense(book: Book, name: str, category: str, fen: int, day: str) -> None:
    receipt = sha256(name.encode()).hexdigest()
    told = ExpenseTold(name, ExpenseEvent.APPROVED, category, fen, receipt)
    book.told(f"{day} 15:00", told)


def _incident(book: Book, name: str, what: str, party: Party, when: str) -> None:
    book.told(when, IncidentHappened(name, what, party, 1, BOTH))


def _loss(
    book: Book, name: str, by: Party, fen: int, parts: tuple[str, str, str], when: str
) -> None:
    book.told(when, LossShown(name, by, fen, *parts, "双方确认", BOTH))


def _received(book: Book, statement: str, when: str) -> None:
    book.told(when, StatementReceived(f"quarter-{statement}"))


def _pay(book: Book, statement: str, fen: int, when: str) -> None:
    book.told(when, Payment(f"quarter-{statement}", fen))


def _bill(book: Book, statement: str, report: str, invoice: str, paid: str, fen: int) -> None:
    _received(book, statement, f"{report} 10:00")
    book.told(f"{invoice} 10:00", InvoiceReceived(f"quarter-{statement}"))
    _pay(book, statement, fen, f"{paid} 10:00")


TOLD: dict[str, Callable[[], Told]] = {
    "000": temporary,
    "001": service,
    "002": management,
    "003": part_time,
    "004": outsourcing,
}
"""Seed → what happened under it."""
