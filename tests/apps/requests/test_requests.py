"""Requests between the parties: asked, answered in time or not, delivered, received, excused."""

from __future__ import annotations

import pytest

from tests.apps.requests.conftest import DUTY, Desk, moment

CLIENT = "manager_of_baita"
GOODS = "编号,名称\n1,青瓷茶杯\n".encode()


@pytest.mark.requirement("A22")
def test_the_clock_of_an_answer_runs_in_service_hours(baita: Desk) -> None:
    # Friday 16 October 2026, four in the afternoon; 白塔's desk is open 9:00-18:00 on workdays.
    code = baita.asks("agent", "2026-10-16 16:00", clause=DUTY)
    asked = baita.row(code)
    assert (code, asked.state, asked.awaits) == ("R-1", "open", "client")
    grid_says = (asked.clock, asked.budget_ms)
    assert grid_says == ("service_hours", 8 * 3_600_000)
    assert asked.due_at_ms > moment("2026-10-17 00:00")
    assert asked.runs_from_ms < asked.warn_at_ms < asked.due_at_ms
    [(instance, standing)] = baita.owed("2026-10-16").items()
    assert instance.startswith("request R-1 2026-10-")
    assert standing == ("client", "open")

    baita.does("answer", CLIENT, code, "2026-10-16 16:30", words="以 10 月 8 日版为准")
    asked = baita.row(code)
    assert (asked.state, asked.awaits) == ("answered", None)
    assert baita.owed("2026-10-16") == {instance: ("client", "done")}
