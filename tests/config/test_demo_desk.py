"""What the demo's desk is made of: talks that fit their facts, and ports that are free."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.apps.conversations.kinds import AuthorKind, State, WaitReason
from pactdesk.config.demo.contracts import agreed_contracts
from pactdesk.config.demo.history import FINISHED, later_than, months_until, simulated
from pactdesk.config.demo.people import AGENTS, PLAYERS, SHOWN
from pactdesk.config.demo.place import free_address
from pactdesk.config.demo.talks import Talk, lines_of, openings, script_of, talks_of
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import day_start, zone_named

LATER = st.none() | st.integers(0, 10**7)


@st.composite
def talks(draw: st.DrawFn) -> tuple[Talk, int]:
    """A talk with times in order, and a now after all of them."""
    answered = draw(LATER)
    resolved = None if answered is None else draw(LATER)
    closed = draw(LATER)
    opened = 1_790_000_000_000
    at = opened + (answered or 0)
    resolved_at = None if resolved is None else at + resolved
    closed_at = None if closed is None else (resolved_at or at) + closed
    made = Talk(
        code="chat-20261001-0001",
        channel="chat",
        case_type=None,
        customer=None,
        opened_at=opened,
        asked=draw(st.sampled_from([*openings(), "别的"])),
        answered_at=None if answered is None else at,
        resolved_at=resolved_at,
        closed_at=closed_at,
        wait=draw(st.sampled_from([None, "waiting_customer", "waiting_logistics"])),
    )
    return made, max(closed_at or 0, resolved_at or 0, at) + draw(st.integers(0, 10**7))


@given(talks())
def test_what_is_said_is_in_order_and_within_what_the_facts_tell(drawn: tuple[Talk, int]) -> None:
    talk, now = drawn
    lines = list(lines_of(talk, now))
    times = [line.at for line in lines]
    assert times == sorted(times)
    assert (times[0], lines[0].author) == (talk.opened_at, AuthorKind.CUSTOMER)
    assert times[-1] <= min(talk.resolved_at or talk.closed_at or now, now)
    replies = [line.at for line in lines if line.author is AuthorKind.AGENT]
    assert (replies[0] if replies else None) == talk.answered_at


@given(talks())
def test_a_talk_that_waits_says_for_whom_and_one_that_was_ended_is_closed(
    drawn: tuple[Talk, int],
) -> None:
    talk, now = drawn
    assert (talk.state is State.WAITING) == (talk.wait_reason is not None)
    if talk.wait == "waiting_logistics" and talk.wait_reason:
        assert talk.wait_reason is WaitReason.THIRD_PARTY
    told = talk.ended(now)
    assert talk.state is State.CLOSED
    assert talk.answered_at is not None
    assert len(told) >= 1


@pytest.mark.parametrize("asked", openings())
def test_every_opening_has_a_script_in_which_both_have_their_say(asked: str) -> None:
    assert len(script_of(asked, "seed")) == 4


def test_the_contracts_are_complete_and_of_two_types() -> None:
    contracts: list[Contract] = [each.contract for each in agreed_contracts()]
    assert not any(contract.blanks() for contract in contracts)
    assert len({contract.contract_type for contract in contracts}) == 2


def test_the_talks_of_a_month_have_real_openings_and_codes_that_fit_their_column() -> None:
    baita = agreed_contracts()[1]
    zone = zone_named(baita.contract.zone)
    facts, texts = simulated(baita, FINISHED, day_start(FINISHED.start.replace(day=12), zone))
    wrote = {(each.source, each.event_id): each.value for each in texts if each.field == "message"}
    found = talks_of(facts, wrote)
    assert len(found) > 30
    assert {talk.asked for talk in found} <= set(openings())
    assert max(len(talk.code) for talk in found) <= 20
    assert len({talk.code for talk in found}) == len(found)


def test_what_came_later_is_told_whole_and_nothing_of_it_twice() -> None:
    baita = agreed_contracts()[1]
    zone = zone_named(baita.contract.zone)
    until, now = (day_start(FINISHED.start.replace(day=day), zone) for day in (4, 8))
    before, _ = simulated(baita, FINISHED, until)
    every, texts = simulated(baita, FINISHED, now)
    since = max(each.recorded_at for each in before)
    later, wrote = later_than(since, every, texts)
    assert not {each.fact.key for each in later} & {each.fact.key for each in before}
    began = {each.code for each in talks_of(every, {}) if each.opened_at > since}
    assert {each.code for each in talks_of(later, {})} == began
    assert {(each.source, each.event_id) for each in wrote} <= {each.fact.key for each in later}
    # Of what was going on then, something else has become.
    told = {each.fact.measured.get("interaction") for each in later} - {None}
    opened = {
        each.fact.measured["interaction"]
        for each in later
        if each.fact.kind == "interaction.opened"
    }
    assert told == opened


def test_the_months_go_on_from_the_finished_one_to_the_running_one() -> None:
    assert months_until(FINISHED.last_day) == [FINISHED]
    following = months_until(FINISHED.start.replace(year=2027, month=1))
    assert [str(month) for month in following] == ["2026-10", "2026-11", "2026-12", "2027-01"]


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_address("127.0.0.1", port).port > port


def test_every_role_is_played_and_whoever_is_shown_plays() -> None:
    keys = [player.key for player in PLAYERS]
    assert len(set(keys)) == len(keys)
    assert {*SHOWN, *AGENTS} <= set(keys)
