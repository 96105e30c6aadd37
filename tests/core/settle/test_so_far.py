"""The month so far: at its end it is the statement, and what is behind a level adds up to it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.measure.listing import Place, listed
from pactdesk.core.measure.measuring import measure
from pactdesk.core.settle.month import (
    TermsUnsettleable,
    month_until,
    provisional_statement,
    settled_month,
)
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.units.instants import Instant, day_start, zone_named
from pactdesk.core.units.periods import Period
from tests.pactverify.cases import Case, random_case
from tests.support.contracts import agreement, fixed_fee, level, per_point
from tests.support.facts import SHANGHAI
from tests.support.houses import SEPTEMBER_ON_TIME, TWO_MORE
from tests.support.issuing import Issuing
from tests.support.laws import cases

CASES = st.integers(0, 10**6).map(random_case)
"""Contracts of all clause kinds, random calendars, a month of sealed history."""


def facts_of(case: Case) -> tuple[RecordedFact, ...]:
    return tuple(case.log.facts(case.contract.contract_id))


def end_of(case: Case) -> Instant:
    return day_start(case.period.end, zone_named(case.contract.zone))


@settings(max_examples=cases(25))
@given(CASES, st.integers(0, 40 * 24 * 3_600_000))
def test_at_the_end_of_the_month_the_provisional_statement_has_the_statements_lines(
    case: Case, later_ms: int
) -> None:
    until = Instant(end_of(case) + later_ms)
    # The statement knows no amendment that was signed after its evidence.
    held = case.contract.signed_by(date.fromisoformat(case.statement.pins.evidence_day))
    month = month_until(held, facts_of(case), case.calendar, case.period, until)
    try:
        provisional = provisional_statement(held, month, case.calendar)
    except TermsUnsettleable:
        with pytest.raises(TermsUnsettleable):  # of such terms there is no statement either
            settled_month(case.contract, case.log, case.calendar, case.period)
        return
    plain, issued = provisional.to_plain(), case.statement.to_plain()
    # What late facts change in earlier months: by sealed days there, by what is known now here.
    for told in (plain, issued):
        told["lines"] = [line for line in told["lines"] if line["kind"] != "adjustment"]
        told["total_fen"] = sum(line["amount_fen"] for line in told["lines"])
    for part in plain.keys() - {"pins", "adjustments", "refused_facts"}:
        assert plain[part] == issued[part]


@settings(max_examples=cases(25))
@given(CASES, st.fractions(0, 1))
def test_the_interactions_behind_a_level_add_up_to_it_at_any_instant(
    case: Case, share: float
) -> None:
    start = day_start(case.period.start, zone_named(case.contract.zone))
    until = Instant(start + int((end_of(case) - start) * share))
    facts = facts_of(case)
    measured = measure(case.contract, facts, case.calendar, case.period, until=until)
    for clause in case.contract.of_kind(ServiceLevel):
        level = measured.level(clause.id)
        if clause.metric is Metric.AVAILABILITY or level.standing is Standing.PROVISIONAL:
            continue
        items = listed(case.contract, facts, case.calendar, case.period, clause.id, until=until)
        assert sum(each.numerator for each in items) == level.numerator
        assert sum(each.denominator for each in items) == level.denominator
        places = Counter(each.place for each in items)
        assert places[Place.CARRIED] == level.carried
        assert places[Place.EXCLUDED] == sum(level.excluded.values())
        assert {x.interaction for x in items if x.place is Place.MISSED} == set(level.missed)
        order = [(each.opened_at, each.interaction) for each in items]
        assert order == sorted(set(order))


@settings(max_examples=cases(15))
@given(CASES, st.integers(0, 30))
def test_what_happened_later_does_not_change_the_month_so_far(case: Case, days: int) -> None:
    until = day_start(case.period.start + timedelta(days=days), zone_named(case.contract.zone))
    facts = facts_of(case)
    earlier = tuple(each for each in facts if each.fact.occurred_at < until)

    def levels(known: tuple[RecordedFact, ...]) -> list[Level]:
        measured = measure(case.contract, known, case.calendar, case.period, until=until)
        return [each for each in measured.levels if each.metric is not Metric.AVAILABILITY]

    assert [_counts(each) for each in levels(facts)] == [_counts(each) for each in levels(earlier)]


def _counts(level: Level) -> tuple[object, ...]:
    return (level.numerator, level.denominator, level.carried, level.missed)


def test_the_month_so_far_shows_what_late_facts_will_adjust() -> None:
    # September was issued with 10 of 10; two late ones are told on 20 October: −1,200.00.
    contract = agreement(fixed_fee("10000.00"), level(target="0.90"), per_point(rate="0.02"))
    house = Issuing(contract, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.issue("2026-09", date(2026, 10, 5))
    shown = {}
    for day in (19, 21):
        known, until = house.known(date(2026, 10, day)), at(2026, 10, day, 23)
        month = month_until(contract, known, load_china(), Period.month("2026-10"), until)
        plain = provisional_statement(contract, month, load_china()).to_plain()
        shown[day] = {line["of"]: line["amount_fen"] for line in plain["lines"] if "of" in line}
        assert plain["total_fen"] == 1_000_000 + sum(shown[day].values())
    assert shown == {19: {}, 21: {"2026-09": -120_000}}


def at(year: int, month: int, day: int, hour: int) -> Instant:
    return Instant(day_start(date(year, month, day), SHANGHAI) + hour * 3_600_000)
