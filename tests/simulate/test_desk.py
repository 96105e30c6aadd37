"""Who is taken by whom."""

from __future__ import annotations

from simpy import Environment

from pactdesk.core.facts.kinds import Channel
from pactdesk.simulate.desk import Desk, Seat, Work, seat_of
from pactdesk.simulate.parts import Agent

BOTH = (Channel.CHAT, Channel.PHONE)


def is_taken(work: Work) -> bool:
    return bool(work.taken.triggered)


def desk_of(*channels: tuple[Channel, ...], slots: int = 2) -> Desk:
    """Everybody is there."""
    seats = tuple(
        Seat(number, Agent(f"agent-{number}", each, slots=slots), slots, present=True)
        for number, each in enumerate(channels)
    )
    return Desk(Environment(), seats)


def test_an_agent_takes_as_many_chats_as_there_are_slots() -> None:
    desk = desk_of(BOTH)
    chats = [desk.ask(Channel.CHAT, 1, 20) for _ in range(3)]
    assert [is_taken(each) for each in chats] == [True, True, False]
    desk.release(desk.seats[0], chats[0])
    assert is_taken(chats[2])


def test_a_call_takes_the_whole_agent_and_waits_for_an_idle_one() -> None:
    desk = desk_of(BOTH)
    chat = desk.ask(Channel.CHAT, 1, 20)
    call = desk.ask(Channel.PHONE, None, 10)
    assert not is_taken(call)
    desk.release(desk.seats[0], chat)
    assert is_taken(call)
    assert not is_taken(desk.ask(Channel.CHAT, 1, 0))


def test_the_most_urgent_is_taken_first_and_among_equals_who_came_first() -> None:
    desk = desk_of((Channel.CHAT,), slots=1)
    first = desk.ask(Channel.CHAT, 1, 20)
    later = [desk.ask(Channel.CHAT, 1, urgency) for urgency in (20, 20, 5)]
    desk.release(desk.seats[0], first)
    assert [is_taken(each) for each in later] == [False, False, True]
    desk.release(desk.seats[0], later[2])
    assert [is_taken(each) for each in later] == [True, False, True]


def test_contacts_are_spread_over_the_agents_who_serve_their_channel() -> None:
    desk = desk_of((Channel.PHONE,), (Channel.CHAT,), (Channel.CHAT,))
    takers = [seat_of(desk.ask(Channel.CHAT, 1, 20)).number for _ in range(4)]
    assert takers == [1, 2, 1, 2]


def test_who_is_not_there_takes_nobody() -> None:
    desk = desk_of(BOTH)
    desk.seats[0].present = False
    work = desk.ask(Channel.CHAT, 1, 20)
    assert not is_taken(work)
    desk.seats[0].present = True
    desk.match()
    assert is_taken(work)


def test_in_an_outage_calls_are_answered_and_chats_wait() -> None:
    desk = desk_of((Channel.CHAT,), (Channel.PHONE,))
    desk.platform_up = False
    chat, call = desk.ask(Channel.CHAT, 1, 20), desk.ask(Channel.PHONE, None, 10)
    assert (is_taken(chat), is_taken(call)) == (False, True)
    desk.platform_up = True
    desk.match()
    assert is_taken(chat)


def test_who_left_the_queue_is_not_taken() -> None:
    desk = desk_of((Channel.CHAT,), slots=1)
    first, second = (desk.ask(Channel.CHAT, 1, 20) for _ in range(2))
    desk.withdraw(second)
    desk.release(desk.seats[0], first)
    assert not is_taken(second)
