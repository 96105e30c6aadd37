"""October at 白塔: a few conversations, small enough to settle by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from pactdesk.core.facts.fact import Fact, RecordedFact
from tests.support.facts import Book

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
"""When people act on it: ten in the morning of a Monday, in Shanghai."""


def october(month: str = "2026-10") -> Book:
    """Twenty conversations: 16 answered in time, 3 late, 1 hung up before an answer."""
    book = Book()
    for n in range(19):
        day = f"{month}-{n + 2:02}"
        answered = f"{day} 10:00:30" if n < 16 else f"{day} 10:02:00"
        book.asked(f"c-{n:02}", f"{day} 10:00:00", answered)
        book.clock(f"c-{n:02}", "resolution", "activate", f"{day} 10:00:00", "customer")
        book.clock(f"c-{n:02}", "resolution", "fulfil", f"{day} 11:00:00")
        book.closed(f"c-{n:02}", f"{day} 11:00:00")
    book.asked("c-19", f"{month}-25 10:00:00").abandoned("c-19", f"{month}-25 10:00:20")
    return book


def under(code: str, facts: list[RecordedFact]) -> list[RecordedFact]:
    """The same facts, told of the contract `code`."""
    return [
        RecordedFact(
            Fact(
                contract_id=code,
                source=each.fact.source,
                event_id=each.fact.event_id,
                kind=each.fact.kind,
                occurred_at=each.fact.occurred_at,
                measured=each.fact.measured,
                personal=each.fact.personal,
            ),
            each.recorded_at,
        )
        for each in facts
    ]
