"""The month so far tells what late facts change in months whose statements are issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.units.instants import Instant, instant_of
from tests.support.cast import Cast
from tests.support.evidence import of
from tests.support.facts import SHANGHAI, Book
from tests.support.october import under
from tests.support.running_desk import aside
from tests.support.visitors import logged_in

if TYPE_CHECKING:
    from pactdesk.apps.evidence.factlog import PostgresFactLog

TOLD_AT = instant_of(datetime(2026, 11, 10, 12, 0, tzinfo=SHANGHAI))


def told_late(log: PostgresFactLog) -> None:
    """Three more conversations of 12 October that waited two minutes for an answer."""
    from pactdesk.apps.walls.scope import within

    book = Book()
    for n in range(3):
        book.asked(f"late-{n}", f"2026-10-12 14:0{n}:00", f"2026-10-12 14:0{n + 2}:00")
    facts = [
        RecordedFact(replace(each.fact, event_id=f"late-{each.fact.event_id}"), Instant(TOLD_AT))
        for each in book.facts
    ]
    with within(of(log.contract)):
        log.record(under(log.contract_id, facts))


def test_what_late_facts_adjust_stands_on_the_page_of_the_month_so_far(
    cast: Cast, statement: UUID, log: PostgresFactLog
) -> None:
    aside(lambda: told_late(log))
    page = logged_in("finance").get(f"/contracts/{cast.contract_baita}/levels/").content.decode()
    # 16 of 19 in time, five full points below 0.90, were billed; 16 of 22 are 17: ten at most.
    assert "追溯调整" in page
    assert "−900.00" in page  # a proper minus
    assert "随下一份结算单结清" in page
