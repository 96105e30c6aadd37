"""Levels so far, money at risk, and the interactions behind a level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import psycopg
import pytest

from pactdesk.apps.contracts.actions import replace_terms
from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.statements.behind import interactions_behind, why_line, why_line_so_far
from pactdesk.apps.statements.queries import statement_of
from pactdesk.apps.statements.standing import refresh_standing, standing_of
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import within
from pactdesk.core.measure.listing import Place
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.documents.explain.level import LevelUnknown
from tests.support.cast import PEOPLE, Cast
from tests.support.contracts import level, service_terms
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.facts import Book, instant
from tests.support.logs import worker_process
from tests.support.october import october, under

Sealing = Callable[[date], None]

OCTOBER = date(2026, 10, 1)
AGES = 10**15
"""A standing that is kept is never too old."""


def test_the_money_at_risk_is_what_would_be_deducted_if_the_month_ended_now(
    cast: Cast, log: PostgresFactLog
) -> None:
    with scoped(cast["lead"]) as scope:
        good = refresh_standing(
            scope, cast.contract_baita, OCTOBER, until=instant("2026-10-17 12:00:00")
        )
        bad = refresh_standing(
            scope, cast.contract_baita, OCTOBER, until=instant("2026-10-19 12:00:00")
        )
    assert (good.fee_fen, good.at_risk_fen, good.total_fen) == (1_800_000, 0, 1_800_000)
    # 16 of 18 in time: one full point below 90 %, at 1 % of the fee
    assert bad.verdicts["level-1"]["verdict"] == "missed"
    assert (bad.fee_fen, bad.at_risk_fen, bad.total_fen) == (1_800_000, 18_000, 1_782_000)


def test_at_the_end_of_the_month_it_is_what_the_statement_says(
    cast: Cast, log: PostgresFactLog, statement: UUID
) -> None:
    with scoped(cast["lead"]) as scope:
        standing = refresh_standing(scope, cast.contract_baita, OCTOBER)
        plain = to_plain(statement_of(scope, statement))
    for part in ("lines", "levels", "assessment", "total_fen"):
        assert standing.plain[part] == plain[part]


def test_a_standing_is_kept_for_the_pages_and_measured_anew_when_it_is_too_old(
    cast: Cast, log: PostgresFactLog, desk: TestDatabase
) -> None:
    with scoped(cast["lead"]) as scope:
        first = refresh_standing(
            scope, cast.contract_baita, OCTOBER, until=instant("2026-10-17 12:00:00")
        )
    with scoped(cast["manager_of_baita"]) as scope:
        kept = standing_of(scope, cast.contract_baita, OCTOBER, oldest_ms=AGES)
        anew = standing_of(scope, cast.contract_baita, OCTOBER)
    assert kept == first
    assert anew.as_of_ms > kept.as_of_ms
    assert anew.at_risk_fen == 90_000


def test_the_job_refreshes_what_the_pages_read(
    cast: Cast, log: PostgresFactLog, desk: TestDatabase
) -> None:
    job = of(cast.contract_baita)
    with worker_process(desk), within(job):
        made = refresh_standing(job, cast.contract_baita, OCTOBER)
    with scoped(cast["lead"]) as scope:
        assert standing_of(scope, cast.contract_baita, OCTOBER, oldest_ms=AGES) == made


def test_what_no_money_can_be_made_of_still_has_its_levels(cast: Cast) -> None:
    second = level("first_response_share", "0.99", id="level-9", channel="chat")
    plain = contract_to_plain(service_terms())
    plain["clauses"].append(second | {"within": {"n": 60, "unit": "s"}})
    terms, since = contract_from_plain(plain), date(2026, 11, 1)
    replace_terms(cast["operator"], contract=cast.contract_baita, terms=terms, in_force_from=since)
    with scoped(cast["lead"]) as scope:
        before = refresh_standing(scope, cast.contract_baita, date(2026, 1, 1))
        assert before.withheld("zh") == ""
        # Two targets for one level: nobody can say which of them costs.
        after = refresh_standing(scope, cast.contract_baita, since)
    assert "SL_CONFLICT" in after.withheld("zh")
    assert "SL_CONFLICT" in after.withheld("en")
    assert [each["clause"] for each in after.levels][-1] == "level-9"
    assert (after.total_fen, after.at_risk_fen) == (0, 0)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_sees_the_standing(cast: Cast, log: PostgresFactLog, name: str) -> None:
    sees = name in {"lead", "finance", "manager_of_baita"}
    with scoped(cast[name]) as scope:
        try:
            standing_of(scope, cast.contract_baita, OCTOBER)
            interactions_behind(scope, cast.contract_baita, "2026-10", "level-1")
            assert sees
        except ContractUnknown:
            assert not sees


def test_behind_a_level_stand_exactly_the_interactions_that_it_counted(
    cast: Cast, statement: UUID
) -> None:
    with scoped(cast["manager_of_baita"]) as scope:
        behind = interactions_behind(scope, cast.contract_baita, "2026-10", "level-1")
        plain = to_plain(statement_of(scope, statement))
    level = next(each for each in plain["levels"] if each["clause"] == "level-1")
    assert (behind.numerator, behind.denominator) == (16, 19)
    assert (level["numerator"], level["denominator"]) == (16, 19)
    assert dict(behind.places) == {Place.MET: 16, Place.MISSED: 3, Place.EXCLUDED: 1}
    assert [each.interaction for each in behind.items] == [f"c-{n:02}" for n in range(20)]
    late = behind.items[16]
    assert (late.elapsed_ms, late.place, late.day) == (120_000, Place.MISSED, date(2026, 10, 18))
    assert behind.items[19].reason == "abandoned"


def test_the_interactions_come_in_pages_and_by_place(cast: Cast, log: PostgresFactLog) -> None:
    with scoped(cast["lead"]) as scope:
        pages = [
            interactions_behind(
                scope, cast.contract_baita, "2026-10", "level-1", offset=at, limit=7
            )
            for at in (0, 7, 14, 21)
        ]
        missed = interactions_behind(
            scope, cast.contract_baita, "2026-10", "level-1", place=Place.MISSED
        )
    assert [each.interaction for page in pages for each in page.items] == [
        f"c-{n:02}" for n in range(20)
    ]
    assert {page.total for page in pages} == {20}
    assert [each.interaction for each in missed.items] == ["c-16", "c-17", "c-18"]
    assert missed.total == 3


def test_what_became_known_after_the_statement_is_not_behind_it(
    cast: Cast, log: PostgresFactLog, statement: UUID
) -> None:
    late = Book().asked("c-99", "2026-10-05 10:00:00", "2026-10-05 10:05:00")
    facts = [each.fact for each in under(log.contract_id, late.facts)]
    with within(of(cast.contract_baita)):
        report = log.append(
            [replace(one, source="late") for one in facts],
            instant("2026-11-03 09:00:00"),
        )
    assert report.added == len(facts)
    with scoped(cast["lead"]) as scope:
        behind = interactions_behind(scope, cast.contract_baita, "2026-10", "level-1")
    assert behind.denominator == 19


def test_a_level_that_is_not_there_is_unknown(cast: Cast, log: PostgresFactLog) -> None:
    with scoped(cast["lead"]) as scope, pytest.raises(LevelUnknown):
        interactions_behind(scope, cast.contract_baita, "2026-10", "level-9")


def test_why_names_the_clause_the_working_and_the_late_conversations(
    cast: Cast, log: PostgresFactLog, statement: UUID
) -> None:
    with scoped(cast["manager_of_baita"]) as scope:
        why = why_line(scope, statement_of(scope, statement), 2, "zh")
        standing = refresh_standing(scope, cast.contract_baita, OCTOBER)
        so_far = why_line_so_far(scope, standing, 2, "zh")
    assert "900.00" in why.title
    assert any("c-16" in fact and "120" in fact for fact in why.facts)
    assert (so_far.title, so_far.steps) == (why.title, why.steps)


def test_a_process_reads_sealed_facts_once_and_sees_every_new_one(
    cast: Cast, log: PostgresFactLog, sealed: Sealing
) -> None:
    def both() -> tuple[list[object], list[object]]:
        with within(of(cast.contract_baita)):
            return list(facts_now(log)), list(log.facts(log.contract_id))

    for day in (date(2026, 10, 10), date(2026, 10, 31), date(2026, 11, 1)):
        kept, read = both()
        assert kept == read
        sealed(day)
        assert both() == (read, read)
    more = under(log.contract_id, Book().asked("c-50", "2026-11-03 10:00:00").facts)
    with within(of(cast.contract_baita)):
        log.record(replace(one, fact=replace(one.fact, source="more")) for one in more)
    kept, read = both()
    assert kept == read
    assert len(read) == len(october().facts) + len(more)
    assert both()[0][0] is kept[0]


def test_what_is_kept_is_given_to_nobody_who_does_not_see_its_seal(
    cast: Cast, log: PostgresFactLog, sealed: Sealing
) -> None:
    sealed(date(2026, 11, 1))
    with scoped(cast["manager_of_baita"]):
        assert facts_now(log)
    with scoped(cast["manager_of_qinghe"]):
        assert facts_now(log) == ()


def test_the_standing_of_another_contract_is_not_there(
    cast: Cast, log: PostgresFactLog, as_app: psycopg.Connection
) -> None:
    with scoped(cast["lead"]) as scope:
        refresh_standing(scope, cast.contract_baita, OCTOBER)
    for name, there in (("manager_of_baita", 1), ("manager_of_qinghe", 0), ("agent", 0)):
        with as_app.transaction():
            as_app.execute(ENTER_SCOPE, [cast[name]])
            found = as_app.execute("SELECT count(*) FROM statements_standing").fetchone()
            assert found == (there,)
