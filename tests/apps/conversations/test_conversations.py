"""A conversation from the first word to the rating, and the facts it causes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest

from pactdesk.apps.conversations.actions import (
    Means,
    close,
    end_wait,
    open_conversation,
    post_message,
    rate,
    reopen,
    resolve,
    set_wait,
)
from pactdesk.apps.conversations.errors import (
    ConversationNotInState,
    ConversationUnknown,
    IdempotencyKeyUnusable,
    MessageEmpty,
    MessageNotUnicode,
    MessageTooLong,
)
from pactdesk.apps.conversations.hands import CUSTOMER, SYSTEM, Hand, agent
from pactdesk.apps.conversations.kinds import WaitReason
from pactdesk.apps.conversations.values import code_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import CaseType, Channel
from pactdesk.core.measure.level import Level
from pactdesk.core.measure.measuring import measure
from pactdesk.core.terms.text import contract_from_plain
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from tests.support.cast import Cast
from tests.support.contracts import CONVENTIONS, always, level
from tests.support.facts import instant
from tests.support.hearing import CODE, Heard

DAY = "2026-10-12 "
OCTOBER = Period.month("2026-10")


class Chat:
    """One conversation, told minute by minute."""

    def __init__(self, means: Means, person: UUID, time: str = "09:00:00") -> None:
        self.means, self.agent = means, agent(person)
        self.id = open_conversation(
            CUSTOMER,
            channel=Channel.CHAT,
            case_type=CaseType.CONSULT,
            customer="p-7",
            at=instant(DAY + time),
            means=means,
        )
        self.posted = 0

    def post(self, by: Hand, time: str, body: str = "在吗") -> Chat:
        self.posted += 1
        at = instant(DAY + time)
        post_message(self.id, by, body, key=f"k{self.posted}", at=at, means=self.means)
        return self

    def does(self, action: Callable[..., Any], time: str, **told: object) -> Chat:
        by = told.pop("by", self.agent)
        action(self.id, by, at=instant(DAY + time), means=self.means, **told)
        return self

    def waits(self, time: str, reason: WaitReason = WaitReason.CLIENT) -> Chat:
        set_wait(self.id, self.agent, reason, at=instant(DAY + time), means=self.means)
        return self


@pytest.fixture
def chat(qinghe: Means, cast: Cast) -> Chat:
    return Chat(qinghe, cast["agent"])


def told(heard: Heard) -> list[tuple[object, ...]]:
    """Each fact in short: what, which clock, by whom."""
    return [
        tuple(
            str(fact.measured[name])
            for name in ("metric", "event", "actor", "reason")
            if fact.measured.get(name)
        )
        or (str(fact.kind),)
        for fact in heard.facts
    ]


def levels(heard: Heard, *clauses: dict[str, Any]) -> tuple[Level, ...]:
    terms = {
        "contract_id": CODE,
        "title": "测试",
        "contract_type": "service_agreement",
        "documents": [],
        "clauses": [always(), CONVENTIONS, *clauses],
    }
    contract = contract_from_plain(terms)
    facts = [RecordedFact(fact, fact.occurred_at) for fact in heard.facts]
    return measure(contract, facts, load_china(), OCTOBER).levels


def test_a_whole_conversation_tells_its_facts_in_order(chat: Chat, heard: Heard) -> None:
    chat.post(CUSTOMER, "09:00:00").post(SYSTEM, "09:00:01").post(chat.agent, "09:00:20")
    chat.post(chat.agent, "09:00:25").waits("09:01:00").does(end_wait, "09:06:00")
    chat.does(resolve, "09:08:00").does(close, "09:09:00")
    chat.does(rate, "09:10:00", by=CUSTOMER, score=5, scale=5)
    assert told(heard) == [
        ("interaction.opened",),
        ("first_response", "activate", "customer"),
        ("resolution", "activate", "customer"),
        ("first_response", "fulfil", "system"),
        ("first_response", "fulfil", "agent"),
        ("resolution", "pause", "agent", "waiting_client"),
        ("resolution", "resume", "agent"),
        ("resolution", "fulfil", "agent"),
        ("interaction.closed",),
        ("rating",),
    ]
    assert len({fact.key for fact in heard.facts}) == len(heard.facts)
    assert [fact.event_id for fact in heard.facts] == sorted(f.event_id for f in heard.facts)


def test_the_levels_follow_from_the_conversations(heard: Heard, qinghe: Means, cast: Cast) -> None:
    who = cast["agent"]
    fast = Chat(qinghe, who).post(CUSTOMER, "09:00:00").post(agent(who), "09:00:30")
    fast.does(resolve, "09:01:00").does(close, "09:02:00")
    slow = Chat(qinghe, who, "10:00:00").post(CUSTOMER, "10:00:00")
    slow.post(SYSTEM, "10:00:01").post(slow.agent, "10:00:31").does(close, "10:02:00")
    silent = Chat(qinghe, who, "11:00:00").post(CUSTOMER, "11:00:00").does(close, "11:00:10")
    Chat(qinghe, who, "12:00:00").does(close, "12:00:10")  # nobody asked anything
    [answered] = levels(heard, level("first_response_share"))
    assert (answered.numerator, answered.denominator) == (1, 3)
    assert set(answered.missed) == {code_of(slow.id), code_of(silent.id)}


def test_waits_do_not_count_and_a_reopened_case_runs_on(chat: Chat, heard: Heard) -> None:
    chat.post(CUSTOMER, "09:00:00").waits("09:01:00").does(end_wait, "09:31:00")
    chat.does(resolve, "09:32:00").does(reopen, "10:00:00").does(resolve, "10:03:00")
    counted = []
    for seconds in (300, 299):  # one minute, one, and three more
        [solved] = levels(heard, level("resolution_share", within={"n": seconds, "unit": "s"}))
        counted.append((solved.numerator, solved.denominator))
    assert counted == [(1, 1), (0, 1)]


def test_a_customers_word_ends_a_wait_for_the_customer_only(chat: Chat, heard: Heard) -> None:
    chat.post(CUSTOMER, "09:00:00").waits("09:01:00", WaitReason.CUSTOMER)
    chat.post(chat.agent, "09:02:00")
    assert told(heard)[-2:] == [
        ("resolution", "pause", "agent", "waiting_customer"),
        ("first_response", "fulfil", "agent"),
    ]
    chat.post(CUSTOMER, "09:03:00")
    assert told(heard)[-1] == ("resolution", "resume", "customer")
    chat.waits("09:04:00", WaitReason.THIRD_PARTY).post(CUSTOMER, "09:05:00")
    assert told(heard)[-1] == ("resolution", "pause", "agent", "waiting_third_party")


def test_a_greeting_before_the_customer_asks_is_no_first_response(chat: Chat, heard: Heard) -> None:
    chat.post(chat.agent, "09:00:00").post(CUSTOMER, "09:00:10").post(chat.agent, "09:00:45")
    [answered] = levels(heard, level("first_response_share"))
    assert (answered.numerator, answered.denominator) == (0, 1)


def test_a_repeated_key_tells_nothing_twice(chat: Chat, heard: Heard) -> None:
    at = instant(DAY + "09:00:00")
    one = post_message(chat.id, CUSTOMER, "在吗", key="k", at=at, means=chat.means)
    facts = len(heard.facts)
    again = post_message(chat.id, CUSTOMER, "在吗", key="k", at=at, means=chat.means)
    assert (one.sequence, one.fresh) == (1, True)
    assert (again.id, again.sequence, again.fresh) == (one.id, 1, False)
    assert len(heard.facts) == facts


def test_a_refused_fact_leaves_no_message(chat: Chat, as_superuser: psycopg.Connection) -> None:
    def refuse(_: object) -> None:
        raise RuntimeError

    means = Means(chat.means.contract, CODE, chat.means.vault, refuse)
    at = instant(DAY + "09:00:00")
    with pytest.raises(RuntimeError):
        post_message(chat.id, CUSTOMER, "在吗", key="k", at=at, means=means)
    assert as_superuser.execute("SELECT count(*) FROM conversations_message").fetchone() == (0,)
    rows = as_superuser.execute("SELECT last_sequence FROM conversations_conversation")
    assert rows.fetchone() == (0,)


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ([], end_wait),
        ([], reopen),
        ([resolve], resolve),
        ([resolve], end_wait),
        ([close], close),
        ([close], resolve),
        ([close], reopen),
    ],
)
def test_what_does_not_fit_the_state_is_refused(
    chat: Chat, heard: Heard, before: list[Callable[..., Any]], then: Callable[..., Any]
) -> None:
    for action in before:
        chat.does(action, "09:01:00")
    facts = len(heard.facts)
    with pytest.raises(ConversationNotInState):
        chat.does(then, "09:02:00")
    assert len(heard.facts) == facts


def test_a_closed_conversation_takes_no_message_and_no_wait(chat: Chat) -> None:
    chat.does(close, "09:01:00")
    with pytest.raises(ConversationNotInState):
        chat.post(CUSTOMER, "09:02:00")
    with pytest.raises(ConversationNotInState):
        chat.waits("09:02:00")


@pytest.mark.parametrize(
    ("body", "key", "error"),
    [
        (" \n", "k", MessageEmpty),
        ("字" * 20_001, "k", MessageTooLong),
        ("\ud800", "k", MessageNotUnicode),
        ("在吗", "", IdempotencyKeyUnusable),
        ("在吗", "k" * 101, IdempotencyKeyUnusable),
        ("在吗", "\x00", IdempotencyKeyUnusable),
        ("在吗", "\udfff", IdempotencyKeyUnusable),
    ],
)
def test_a_message_that_cannot_be_kept_is_refused(
    chat: Chat, body: str, key: str, error: type[PactError]
) -> None:
    at = instant(DAY + "09:00:00")
    with pytest.raises(error):
        post_message(chat.id, CUSTOMER, body, key=key, at=at, means=chat.means)


@pytest.mark.parametrize("name", ["manager_of_qinghe", "qa", "finance", "manager_of_baita"])
def test_only_agents_and_leads_serve(chat: Chat, cast: Cast, name: str) -> None:
    chat.agent = agent(cast[name])
    with pytest.raises(NotAllowed):
        chat.post(chat.agent, "09:00:00")
    for action in (end_wait, resolve, reopen, close):
        with pytest.raises(NotAllowed):
            chat.does(action, "09:00:00")


def test_an_agent_does_not_rate_their_own_work(chat: Chat) -> None:
    with pytest.raises(NotAllowed):
        chat.does(rate, "09:00:00", score=5, scale=5)


def test_a_conversation_of_another_contract_is_unknown(chat: Chat, baita: Means) -> None:
    chat.means = baita
    Chat(baita, chat.agent.person or UUID(int=0))
    with pytest.raises(ConversationUnknown):
        chat.post(CUSTOMER, "09:00:00")
    with pytest.raises(ConversationUnknown):
        chat.does(close, "09:00:00")


def test_every_step_is_audited_once(chat: Chat, as_superuser: psycopg.Connection) -> None:
    chat.post(CUSTOMER, "09:00:00").post(chat.agent, "09:00:20").waits("09:01:00")
    chat.does(end_wait, "09:02:00").does(resolve, "09:03:00").does(close, "09:04:00")
    chat.does(rate, "09:05:00", by=CUSTOMER, score=5, scale=5)
    verbs = as_superuser.execute(
        "SELECT verb, person_id FROM audit_entry WHERE subject_id = %s ORDER BY id", [chat.id]
    ).fetchall()
    steps = ["open", "post", "post", "set_wait", "end_wait", "resolve", "close", "rate"]
    assert [verb for verb, _ in verbs] == [f"conversations.{step}" for step in steps]
    by_agent = [None, None, *[chat.agent.person] * 5, None]
    assert [person for _, person in verbs] == by_agent
