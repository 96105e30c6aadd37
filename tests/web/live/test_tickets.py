"""Tickets: only ours, only for what they say, only for as long as they say."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.web.live.tickets import (
    LONGEST,
    Purpose,
    Ticket,
    TicketExpired,
    TicketRefused,
    agent_ticket,
    customer_token,
    sealed,
    ticket_of,
)

PERSON, CHAT, CONTRACT = UUID(int=1), UUID(int=2), UUID(int=3)
MINUTE = 60_000


def test_a_ticket_says_what_was_put_into_it() -> None:
    told = ticket_of(customer_token(CHAT, CONTRACT, "shop", now_ms=0), Purpose.CUSTOMER, now_ms=1)
    assert told == Ticket(Purpose.CUSTOMER, CHAT, 24 * 60 * MINUTE, CONTRACT, "shop")
    told = ticket_of(agent_ticket(PERSON, now_ms=0), Purpose.AGENT, now_ms=1)
    assert told == Ticket(Purpose.AGENT, PERSON, 10 * MINUTE)


@pytest.mark.parametrize(
    ("made", "purpose", "minutes"),
    [
        (lambda: agent_ticket(PERSON, now_ms=0), Purpose.AGENT, 10),
        (lambda: customer_token(CHAT, CONTRACT, "", now_ms=0), Purpose.CUSTOMER, 24 * 60),
    ],
)
def test_a_ticket_is_good_until_its_last_millisecond(
    made: Callable[[], str], purpose: Purpose, minutes: int
) -> None:
    assert ticket_of(made(), purpose, now_ms=minutes * MINUTE - 1)
    with pytest.raises(TicketExpired):
        ticket_of(made(), purpose, now_ms=minutes * MINUTE)


def test_one_kind_of_ticket_never_serves_as_the_other() -> None:
    with pytest.raises(TicketRefused):
        ticket_of(agent_ticket(PERSON), Purpose.CUSTOMER)
    with pytest.raises(TicketRefused):
        ticket_of(customer_token(CHAT, CONTRACT, ""), Purpose.AGENT)


@given(place=st.integers(0, 400), other=st.sampled_from("AZaz09-_."))
def test_a_ticket_with_another_letter_is_refused(place: int, other: str) -> None:
    good = customer_token(CHAT, CONTRACT, "shop", now_ms=0)
    place %= len(good)
    changed = good[:place] + other + good[place + 1 :]
    if changed != good:
        with pytest.raises(TicketRefused):
            ticket_of(changed, Purpose.AGENT, Purpose.CUSTOMER, now_ms=1)


@given(st.text(max_size=100))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(TicketRefused):
        ticket_of(text, Purpose.AGENT, Purpose.CUSTOMER)


def test_a_ticket_of_another_desk_is_refused() -> None:
    with override_settings(SECRET_KEY="another one, as long as it has to be, of another desk"):
        made = sealed(Ticket(Purpose.AGENT, uuid4(), 2**50))
    with pytest.raises(TicketRefused):
        ticket_of(made, Purpose.AGENT)


def test_what_is_signed_but_longer_than_any_ticket_is_refused() -> None:
    with pytest.raises(TicketRefused):
        ticket_of(customer_token(CHAT, CONTRACT, "x" * LONGEST), Purpose.CUSTOMER)


def test_a_ticket_without_its_mac_is_refused() -> None:
    told = urlsafe_b64encode(b'{"purpose":"agent"}').decode()
    for text in (told, f"{told}.", f".{told}", "."):
        with pytest.raises(TicketRefused):
            ticket_of(text, Purpose.AGENT)
