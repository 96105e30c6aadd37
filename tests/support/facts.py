"""A book of facts, written as a person would tell them, in Shanghai time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import (
    Actor,
    Assignment,
    Attendance,
    AttendanceEvent,
    Clock,
    ClockEvent,
    ClockMetric,
    Exclusion,
    InteractionAbandoned,
    InteractionClassified,
    InteractionClosed,
    InteractionOpened,
    InvoiceReceived,
    Party,
    Payment,
    Probe,
    Rating,
    StatementConfirmed,
    StatementIssued,
    StatementReceived,
    Verdict,
)
from pactdesk.core.terms.clauses.scope import CaseType, Channel
from pactdesk.core.units.instants import Instant, Milliseconds, instant_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
When = str | Instant
"""A Shanghai wall clock such as "2026-10-09 09:00:30", or an instant."""


def instant(when: When) -> Instant:
    """The instant that `when` tells."""
    if isinstance(when, str):
        return instant_of(datetime.fromisoformat(when).replace(tzinfo=SHANGHAI))
    return when


class Book:
    """Facts of one contract; each method writes one down and returns the book."""

    def __init__(self) -> None:
        self.facts: list[RecordedFact] = []

    def told(self, when: When, detail: Measured) -> Book:
        """Any fact."""
        at = instant(when)
        fact = Fact.of(
            detail,
            contract_id="c-1",
            source="desk",
            event_id=f"e{len(self.facts):06}",
            occurred_at=at,
        )
        self.facts.append(RecordedFact(fact, at))
        return self

    def opened(
        self, name: str, when: When, channel: str = "chat", case_type: str | None = None
    ) -> Book:
        case = CaseType(case_type) if case_type else None
        return self.told(when, InteractionOpened(name, Channel(channel), case))

    def classified(self, name: str, when: When, case_type: str) -> Book:
        return self.told(when, InteractionClassified(name, CaseType(case_type)))

    def closed(self, name: str, when: When) -> Book:
        return self.told(when, InteractionClosed(name))

    def abandoned(self, name: str, when: When) -> Book:
        return self.told(when, InteractionAbandoned(name))

    def clock(
        self, name: str, metric: str, event: str, when: When, actor: str | None = "agent"
    ) -> Book:
        happened = ClockEvent(event)
        reason = "waiting_customer" if happened is ClockEvent.PAUSE else None
        who = Actor(actor) if actor else None
        return self.told(when, Clock(name, ClockMetric(metric), happened, reason, who))

    def asked(
        self,
        name: str,
        when: When,
        answered: When | None = None,
        *,
        metric: str = "first_response",
        channel: str = "chat",
    ) -> Book:
        """An interaction with one clock from its opening; answered by an agent, or not yet."""
        self.opened(name, when, channel).clock(name, metric, "activate", when, "customer")
        if answered is not None:
            self.clock(name, metric, "fulfil", answered)
        return self

    def rated(self, name: str, when: When, score: int, scale: int = 5) -> Book:
        return self.told(when, Rating(name, score, scale))

    def seated(self, agent: str, start: When, end: When) -> Book:
        self.attendance(agent, "clock_in", start)
        return self.attendance(agent, "clock_out", end)

    def attendance(self, agent: str, event: str, when: When) -> Book:
        return self.told(when, Attendance(agent, AttendanceEvent(event)))

    def assigned(self, agent: str, when: When, share: str) -> Book:
        return self.told(when, Assignment(agent, share))

    def probed(self, start: When, end: When, *, up: bool = True) -> Book:
        length = Milliseconds(instant(end) - instant(start))
        return self.told(start, Probe("desk", up, length))

    def excluded(
        self,
        start: When,
        end: When,
        *,
        cause: str = "platform_outage",
        clauses: tuple[str, ...] = (),
        by: tuple[str, ...] = ("provider", "client"),
    ) -> Book:
        parties = tuple(Party(each) for each in by)
        detail = Exclusion(instant(start), instant(end), clauses, cause, parties)
        return self.told(end, detail)

    def issued(
        self,
        period: str,
        total_fen: int,
        when: When,
        verdicts: Mapping[str, str] | None = None,
        name: str | None = None,
    ) -> Book:
        judged = {clause: Verdict(word) for clause, word in (verdicts or {}).items()}
        return self.told(when, StatementIssued(name or f"s-{period}", period, total_fen, judged))

    def invoiced(self, period: str, when: When) -> Book:
        return self.told(when, InvoiceReceived(f"s-{period}"))

    def received(self, period: str, when: When) -> Book:
        return self.told(when, StatementReceived(f"s-{period}"))

    def confirmed(self, period: str, when: When) -> Book:
        return self.told(when, StatementConfirmed(f"s-{period}"))

    def paid(self, period: str, fen: int, when: When) -> Book:
        return self.told(when, Payment(f"s-{period}", fen))
