"""Requests between the parties: asked, answered in time or not, delivered, received, excused."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from pactdesk.core.facts.names import Party
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from tests.apps.requests.conftest import DUTY, SECRECY, Desk, dutiful, moment
from tests.support.cast import Cast
from tests.support.laws import cases

CLIENT = "manager_of_baita"
GOODS = "编号,名称\n1,青瓷茶杯\n".encode()
HOUR = 3_600_000


@pytest.mark.requirement("A22")
def test_an_answer_in_time_fulfils_the_duty_under_which_it_was_asked(baita: Desk) -> None:
    # Four in the afternoon and eight hours of a desk that is open 9:00-21:00: noon of the next day.
    code = baita.asks("agent", "2026-10-16 16:00", clause=DUTY)
    asked = baita.row(code)
    assert (code, asked.state, asked.awaits) == ("R-1", "open", "client")
    assert (asked.clock, asked.budget_ms) == ("service_hours", 8 * HOUR)
    assert asked.due_at_ms == moment("2026-10-17 12:00")
    assert asked.warn_at_ms == moment("2026-10-17 10:00")  # three quarters are six hours
    instance = "request R-1 2026-10-17"
    assert baita.owed("2026-10-16") == {instance: ("client", "open")}
    assert baita.owed("2026-10-18") == {instance: ("client", "overdue")}

    baita.does("reply", CLIENT, code, "2026-10-16 17:00", words="在核对")
    assert baita.row(code).state == "open"
    baita.does("answer", CLIENT, code, "2026-10-17 11:59", words="以 10 月 8 日版为准")
    asked = baita.row(code)
    assert (asked.state, asked.awaits) == ("answered", None)
    assert baita.owed("2026-10-18") == {instance: ("client", "done")}


@pytest.mark.requirement("A22")
def test_what_was_no_answer_is_asked_again_with_a_new_clock_and_a_new_instance(
    baita: Desk,
) -> None:
    code = baita.asks("lead", "2026-10-16 09:00", clause=DUTY)
    baita.does("answer", CLIENT, code, "2026-10-16 10:00", words="稍后")
    baita.does("reopen", "lead", code, "2026-10-16 11:00", words="没有答")
    asked = baita.row(code)
    assert (asked.state, asked.round, asked.due_at_ms) == ("open", 2, moment("2026-10-16 19:00"))
    baita.does("withdraw", "agent", code, "2026-10-16 12:00", words="不用了")
    assert baita.owed("2026-10-16") == {
        "request R-1 2026-10-16": ("client", "done"),
        "request R-1.2 2026-10-16": ("client", "waived"),
    }


def test_without_a_duty_nothing_is_owed_and_an_unknown_clause_is_none(baita: Desk) -> None:
    baita.asks(CLIENT, "2026-10-16 09:00", clause=DUTY)  # the client's own duty binds nobody else
    baita.asks("lead", "2026-10-16 09:00", clause="fee-1")
    assert baita.owed("2026-10-16") == {}
    assert [baita.row(code).clause for code in ("R-1", "R-2")] == ["", ""]


@pytest.mark.requirement("C14", "C33")
def test_data_that_come_in_parts_are_due_once_and_given_back_in_the_end(
    baita: Desk, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.requests.delivering import HandedOver

    code = baita.asks_data("lead", "2026-10-16 09:00")
    first = HandedOver(words="全部", files=[("表.csv", GOODS)])
    baita.does("deliver", CLIENT, code, "2026-10-19 10:00", given=first)
    baita.does("miss", "lead", code, "2026-10-21 10:00", words="缺规格")
    asked = baita.row(code)
    assert (asked.state, asked.awaits) == ("open", "client")
    assert asked.due_at_ms == moment("2026-10-21 00:00") - 1
    instance = "request D-1 2026-10-20"
    assert baita.owed("2026-10-21") == {instance: ("client", "overdue")}

    second = HandedOver(words="规格在网盘", digest="AB" * 32)
    baita.does("deliver", CLIENT, code, "2026-10-22 10:00", given=second)
    baita.does("receive", "finance", code, "2026-10-29 10:00")
    given_back = "return D-1 2026-12-31"
    # Late by the day on which it was handed over, not by the one on which somebody looked.
    assert baita.owed("2026-10-22")[instance] == ("client", "done_late")
    assert baita.owed("2026-10-30")[given_back] == ("provider", "open")
    baita.does("give_back", "lead", code, "2026-12-30 10:00", words="已删除")
    assert baita.owed("2026-12-31")[given_back] == ("provider", "done")
    told = as_superuser.execute(
        "SELECT convert_from(content, 'UTF8')::jsonb -> 'measured' ->> 'cause'"
        " FROM evidence_fact WHERE kind = 'contract'"
    ).fetchall()
    assert told == [("D-1 sha256:" + "ab" * 8,)]


def test_what_was_handed_over_lies_encrypted_and_every_step_is_audited_and_told(
    baita: Desk, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.requests.delivering import HandedOver

    code = baita.asks_data("lead", "2026-10-16 09:00", subject="在售商品表")
    given = HandedOver(words="含停产标记", files=[("商品表.csv", GOODS)])
    baita.does("deliver", CLIENT, code, "2026-10-16 10:00", given=given)
    for table in ("request", "entry", "delivery", "file"):
        whole = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(f"requests_{table}"))
        rows = as_superuser.execute(whole).fetchall()
        kept = "".join(row[0] for row in rows)
        for secret in ("在售商品表", "含停产标记", "商品表.csv", GOODS.decode()):
            assert secret not in kept
            assert secret.encode().hex() not in kept
    verbs = as_superuser.execute(
        "SELECT verb, details ->> 'code' FROM audit_entry WHERE verb LIKE 'requests.%' ORDER BY id"
    ).fetchall()
    assert verbs == [("requests.asked", "D-1"), ("requests.delivered", "D-1")]
    told = as_superuser.execute(
        "SELECT payload ->> 'what', payload ->> 'to' FROM outbox_errand ORDER BY id"
    ).fetchall()
    assert told == [("asked", "client"), ("delivered", "provider")]


WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("answer", "lead", {"words": "自问自答"}),  # the asker
    ("answer", "agent", {"words": "同事也不行"}),
    ("close", CLIENT, {}),
    ("close", "lead", {}),  # nothing was answered
    ("reopen", "lead", {"words": "还没答"}),
    ("withdraw", CLIENT, {"words": ""}),
    ("receive", "lead", {}),  # no data
    ("miss", "lead", {"words": "缺"}),
    ("give_back", "lead", {"words": "删"}),
    ("answer", CLIENT, {"words": "  "}),  # nothing said
    ("answer", CLIENT, {"words": "长" * 4001}),
    ("reply", "manager_of_qinghe", {"words": "外人"}),
    ("reply", "qa", {"words": "不经办"}),
    ("reply", "auditor", {"words": "第三方"}),
]


def test_nobody_does_what_is_not_theirs_or_not_its_turn(baita: Desk) -> None:
    code = baita.asks("lead", "2026-10-16 09:00")
    for verb, person, more in WRONG:
        with pytest.raises(PactError):
            baita.does(verb, person, code, "2026-10-16 10:00", **more)
    assert baita.row(code).state == "open"
    for wanted in (
        {"until": date(2026, 10, 15)},
        {"ends_on": None},
        {"ends_on": date(2026, 10, 19)},
        {"purpose": " "},
    ):
        with pytest.raises(PactError):
            baita.asks_data("lead", "2026-10-16 09:00", **wanted)
    with pytest.raises(PactError):
        baita.asks_data("agent", "2026-10-16 09:00")


def test_letters_come_once_when_time_runs_out_and_once_when_it_is_over(
    baita: Desk, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.requests.reminding import remind
    from pactdesk.apps.walls.scope import Scope, within

    code = baita.asks("lead", "2026-10-16 09:00")  # due at 17:00

    def reminded(at: str) -> int:
        # As a job would, whose role alone sees every contract.
        scope = Scope(contracts={cast.contract_baita: frozenset({"lead"})})
        with within(scope):
            return remind(scope, cast.contract_baita, moment(at))

    assert [reminded(f"2026-10-16 {at}") for at in ("14:59", "15:00", "15:01")] == [0, 1, 0]
    assert [reminded(f"2026-10-16 {at}") for at in ("17:00", "17:01", "17:02")] == [0, 1, 0]
    baita.does("answer", CLIENT, code, "2026-10-16 18:00", words="好")
    baita.does("reopen", "lead", code, "2026-10-16 18:30", words="不好")
    assert reminded("2026-10-18 09:00") == 1
    told = as_superuser.execute(
        "SELECT payload ->> 'what', payload ->> 'to' FROM outbox_errand"
        " WHERE payload ->> 'what' IN ('soon', 'overdue') ORDER BY id"
    ).fetchall()
    once = [("overdue", "provider"), ("overdue", "client")]
    assert told == [("soon", "client"), *once, *once]


def test_a_clock_that_waits_for_a_calendar_is_reckoned_once_it_is_published(
    baita: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pactdesk.apps.requests import clocks
    from pactdesk.apps.requests.reminding import remind
    from pactdesk.apps.walls.scope import Scope, within

    with monkeypatch.context() as unpublished:
        unpublished.setattr(clocks, "_known", lambda _count: None)
        code = baita.asks("lead", "2026-10-16 09:00")
        assert baita.row(code).due_at_ms is None
    scope = Scope(contracts={cast.contract_baita: frozenset({"lead"})})
    with within(scope):
        remind(scope, cast.contract_baita, moment("2026-10-16 09:01"))
    assert baita.row(code).due_at_ms == moment("2026-10-16 17:00")


def test_two_who_ask_at_once_get_two_numbers(baita: Desk) -> None:
    codes = [baita.asks(person, "2026-10-16 09:00") for person in ("lead", CLIENT, "agent")]
    data = [baita.asks_data(person, "2026-10-16 09:00") for person in ("lead", CLIENT)]
    assert (codes, data) == (["R-1", "R-2", "R-3"], ["D-1", "D-2"])


moments = st.integers(
    min_value=moment("2026-10-01 00:00"), max_value=moment("2026-10-20 00:00")
).map(Instant)


@settings(max_examples=cases(50))
@given(moments, st.integers(min_value=60_000, max_value=40 * HOUR), st.integers(1, 40 * HOUR))
def test_a_longer_time_to_answer_is_never_over_sooner_and_warns_before_it_is_due(
    start: Instant, budget: int, more: int
) -> None:
    from pactdesk.apps.requests.clocks import grid_of, running

    grid = grid_of(dutiful(), date(2026, 10, 10))
    assert grid is not None
    clock, longer = running(grid, start, budget), running(grid, start, budget + more)
    assert clock.warn_at is not None
    assert clock.due_at is not None
    assert longer.due_at is not None
    assert start < clock.warn_at <= clock.due_at <= longer.due_at
    assert grid.elapsed(start, clock.due_at) == budget
    # Natural time is never slower than service hours.
    assert running(None, start, budget).due_at <= clock.due_at  # type: ignore[operator]  # never None


@settings(max_examples=cases(50))
@given(st.data())
def test_lost_time_lies_between_the_due_instant_and_the_answer(data: st.DataObject) -> None:
    from pactdesk.apps.requests.excusing import excused, may_be_excused
    from pactdesk.apps.requests.models import Request

    due, answered = data.draw(moments), data.draw(moments)
    asker = data.draw(st.sampled_from(Party))
    asked = Request(asked_by=asker.value, due_at_ms=due, answered_at_ms=answered)
    late = answered > due + 1
    assert may_be_excused(asked) is (late and asker is Party.PROVIDER)
    if may_be_excused(asked):
        told = excused(asked)
        assert due < told.start < told.end == answered
        assert (told.cause, told.approved_by, told.clauses) == ("client_caused", (), ())


def test_secrecy_is_the_clause_of_giving_back(baita: Desk) -> None:
    from pactdesk.apps.requests.delivering import HandedOver

    code = baita.asks_data("lead", "2026-10-16 09:00", clause="")
    given = HandedOver(words="线下交付 U 盘一只")
    baita.does("deliver", CLIENT, code, "2026-10-16 10:00", given=given)
    baita.does("receive", "lead", code, "2026-10-16 11:00")
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.duties import obligations_on

    with scoped(baita.cast["lead"]) as scope:
        every = obligations_on(scope, baita.contract, date(2026, 10, 16))
    assert [each.clause for each in every if each.instance.startswith("return ")] == [SECRECY]
