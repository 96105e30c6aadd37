"""A log that is sealed day by day, and the statements issued from it: months one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import Party
from pactdesk.core.facts.log import seal_through
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.settle.issuing import issue_statement
from pactdesk.core.settle.month import settled_month
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.periods import Period
from pactdesk.gateways.keys import SigningKey
from tests.support.facts import SHANGHAI, Book

KEY = SigningKey.from_seed("houses", Party.PROVIDER, demo=True)


def told(book: Book, day: str, name: str) -> list[RecordedFact]:
    """The book's facts as the log takes them in at noon of the day; `name` makes their ids."""
    at = Instant(day_start(date.fromisoformat(day), SHANGHAI) + 12 * 3_600_000)
    return [
        RecordedFact(replace(each.fact, event_id=f"{name}-{each.fact.event_id}"), at)
        for each in book.facts
    ]


def chats(month: str, good: int, late: int, name: str = "c") -> Book:
    """Chats on the 15th, the late ones answered after 50 seconds."""
    book = Book()
    for n in range(good + late):
        at = f"{month}-15 10:{n:02}"
        book.asked(f"{month}-{name}-{n}", f"{at}:00", f"{at}:{'20' if n < good else '50'}")
    return book


SEPTEMBER_ON_TIME = told(chats("2026-09", 10, 0), "2026-09-20", "on-time")
TWO_MORE = told(chats("2026-09", 0, 2, "late"), "2026-10-20", "late")
EXCUSED = told(Book().excluded("2026-09-15 00:00", "2026-09-16 00:00"), "2026-11-20", "excused")


class House:
    """A log that is sealed day by day, and the statements issued from it."""

    def __init__(self, contract: Contract, facts: Sequence[RecordedFact], seed: int = 0) -> None:
        self.contract, self.facts = contract, list(facts)
        self.log = MemoryFactLog("c-1", SHANGHAI)
        self.random = Random(seed)
        self.taken: set[int] = set()
        self.issued: list[Statement] = []

    def through(self, day: date) -> House:
        """Take in what was recorded up to the day, in any order, some of it twice; and seal."""
        end = day_start(day + timedelta(days=1), SHANGHAI)
        due = [n for n, each in enumerate(self.facts) if each.recorded_at < end]
        batch = [self.facts[n] for n in due if n not in self.taken]
        batch += self.random.sample(batch, len(batch) // 2)
        self.random.shuffle(batch)
        self.log.record(batch)
        self.taken |= set(due)
        seal_through(self.log, day, KEY)
        return self

    def issue(self, month: str) -> Statement:
        """The statement, issued on the morning after the last sealed day."""
        statement = settled_month(self.contract, self.log, load_china(), Period.month(month))
        after = self.log.checkpoints()[-1].body.day + timedelta(days=1)
        issue_statement(statement, self.log, at=Instant(day_start(after, SHANGHAI) + 3_600_000))
        self.issued.append(statement)
        return statement
