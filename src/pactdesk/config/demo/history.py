"""The months behind the demo: simulated facts with the conversations that they tell of.

The facts go in through the log, by the worker's role, which also seals them. The rows of
conversations, tens of thousands, are copied in past the actions: nobody did them one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg

from pactdesk.apps.conversations.kinds import AuthorKind
from pactdesk.apps.conversations.values import BODY
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.calendars.china import load_china
from pactdesk.config.demo.contracts import Agreed
from pactdesk.config.demo.founding import Ids
from pactdesk.config.demo.people import AGENTS, PLAYERS
from pactdesk.config.demo.talks import Talk, lines_of, picked, talks_of
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.kinds import FactKind
from pactdesk.core.facts.log import days_between, seal_through
from pactdesk.core.units.instants import Instant, day_start, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished
from pactdesk.gateways.keys import SigningKey
from pactdesk.gateways.vault.data_keys import ContractKeys, Place, Purpose, new_data_key, open_keys
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.simulate.run import simulate

NINE_THIRTY_MS, THREE_MINUTES_MS = 34_200_000, 180_000
FINISHED = Period.month("2026-10")
Advance = Callable[[int, int], None]


def simulated(
    agreed: Agreed, month: Period, now: int
) -> tuple[list[RecordedFact], list[PersonalField]]:
    """The facts of a month that are known by `now`, and their personal texts."""
    scenario = agreed.scenario
    if month != FINISHED:
        # What was before is in the log already, and will be issued from it.
        scenario = replace(scenario, earlier_statements=())
    facts: list[RecordedFact] = []
    texts: list[PersonalField] = []
    seed = agreed.seed + month.start.month
    for batch in simulate(agreed.contract, load_china(), month, scenario, seed):
        if batch.recorded_at >= now:
            break
        facts += (RecordedFact(fact, batch.recorded_at) for fact in batch.facts)
        texts += batch.personal
    return facts, texts


def months_until(now: date) -> list[Period]:
    """The finished month and those after it, up to the one that is running."""
    months, month = [], FINISHED
    while month.start <= now:
        months.append(month)
        month = Period.counted(FINISHED.start, len(months))
    return months


def put_in(
    agreed: Agreed, ids: Ids, month: Period, now: int, admin: str, since: int | None = None
) -> bool:
    """One month of one contract, facts and conversations; false where its calendar is missing.

    since  what was recorded until then is there already
    """
    contract = UUID(ids[f"contract.{agreed.client}"])
    try:
        facts, texts = simulated(agreed, month, now)
    except CalendarNotPublished:
        return False
    if since is not None:
        facts, texts = later_than(since, facts, texts)
    openings = {
        (each.source, each.event_id): each.value for each in texts if each.field == "message"
    }
    talks = talks_of(facts, openings)
    facts += _endings(talks, agreed, month, now)
    log = log_of(agreed, contract)
    with within(Scope(contracts={contract: frozenset()})):
        log.record(facts, texts)
    _copy_talks(talks, agreed, ids, now, admin)
    return True


def later_than(
    since: int, facts: list[RecordedFact], texts: list[PersonalField]
) -> tuple[list[RecordedFact], list[PersonalField]]:
    """What began after `since`: of what was going on then, something else has become."""
    late = [each for each in facts if each.recorded_at > since]
    begun = {
        each.fact.measured["interaction"]
        for each in late
        if each.fact.kind is FactKind.INTERACTION_OPENED and each.fact.occurred_at > since
    }
    kept = [each for each in late if each.fact.measured.get("interaction") in {None, *begun}]
    known = {each.fact.key for each in kept}
    return kept, [each for each in texts if (each.source, each.event_id) in known]


def _endings(talks: list[Talk], agreed: Agreed, month: Period, now: int) -> list[RecordedFact]:
    """What the month left open is ended in the morning of the third day after it.

    A simulation ends with its month; at a desk somebody goes on.
    """
    zone = zone_named(agreed.contract.zone)
    morning = day_start(month.last_day + timedelta(days=3), zone) + NINE_THIRTY_MS
    made: list[RecordedFact] = []
    for number, talk in enumerate(each for each in talks if each.closed_at is None):
        at = Instant(morning + number * THREE_MINUTES_MS)
        if at >= now:
            break
        made += ended_by_desk(talk, agreed, at)
    return made


def ended_by_desk(talk: Talk, agreed: Agreed, at: Instant) -> list[RecordedFact]:
    """What is told when somebody answers, solves and closes it at `at`."""
    return [
        RecordedFact(
            Fact.of(
                detail,
                contract_id=agreed.contract.contract_id,
                source="desk",
                event_id=f"{talk.code}/ended-{part}",
                occurred_at=at,
            ),
            Instant(at + 1_000),
        )
        for part, detail in enumerate(talk.ended(at))
    ]


def seal_before(agreed: Agreed, ids: Ids, today: date, key: SigningKey, on: Advance) -> None:
    """Seal day after day up to yesterday; `on` is told of each."""
    contract = UUID(ids[f"contract.{agreed.client}"])
    scope = Scope(contracts={contract: frozenset()})
    with within(scope):
        known = log_of(agreed, contract).days()
    days = [each for each in days_between(known[0], today) if each < today]
    for done, day in enumerate(days, 1):
        with within(scope):
            seal_through(log_of(agreed, contract), day, key)
        on(done, len(days))


def log_of(agreed: Agreed, contract: UUID) -> PostgresFactLog:
    """The contract's facts."""
    return PostgresFactLog(contract, agreed.contract.contract_id, zone_named(agreed.contract.zone))


def _copy_talks(talks: list[Talk], agreed: Agreed, ids: Ids, now: int, admin: str) -> None:
    contract, site = UUID(ids[f"contract.{agreed.client}"]), UUID(ids[f"site_id.{agreed.shop}"])
    serving = [each.key for each in PLAYERS if each.key in AGENTS and agreed.client in each.roles]
    agents = [UUID(ids[f"person.{key}"]) for key in serving]
    with psycopg.connect(admin) as connection:
        keys = _content_keys(connection, contract)
        spoken: list[list[Any]] = []
        with connection.cursor().copy(_CONVERSATIONS) as copy:
            for talk in talks:
                number, lines = new_id(), list(lines_of(talk, now))
                answered = [line.at for line in lines if line.author is AuthorKind.AGENT]
                copy.write_row(
                    [
                        *(number, contract, talk.code, talk.channel, talk.case_type),
                        *(talk.customer, talk.state.value, talk.wait_reason, talk.opened_at),
                        *(talk.opened_at, answered[0] if answered else None, talk.closed_at),
                        *(len(lines), site if talk.channel == "chat" else None),
                        max(line.at for line in lines),
                    ]
                )
                by = agents[picked(talk.code, len(agents))]
                for sequence, line in enumerate(lines, 1):
                    message = new_id()
                    locked = keys.encrypt(line.text.encode(), Place(message, BODY))
                    author = by if line.author is AuthorKind.AGENT else None
                    spoken.append(
                        [
                            *(message, contract, number, sequence, line.author.value, author),
                            *(locked, f"demo-{sequence}", line.at, line.at),
                        ]
                    )
        with connection.cursor().copy(_MESSAGES) as copy:
            for row in spoken:
                copy.write_row(row)
        # So much at once: without statistics PostgreSQL would guess wrongly for a while.
        connection.execute("ANALYZE")


def _content_keys(connection: psycopg.Connection, contract: UUID) -> ContractKeys:
    """The contract's key for texts; made with the first month."""
    vault = VaultKeys.from_environment(os.environ)
    wrapped = "SELECT id, wrapped FROM conversations_contentkey WHERE contract_id = %s"
    found = connection.execute(wrapped, [contract]).fetchone()
    key = new_data_key(new_id(), contract, Purpose.CONTENT, vault)
    if found:
        key = replace(key, key_id=found[0], wrapped=bytes(found[1]))
    else:
        connection.execute(
            "INSERT INTO conversations_contentkey (id, contract_id, purpose, wrapped)"
            " VALUES (%s, %s, %s, %s)",
            [key.key_id, contract, key.purpose.value, key.wrapped],
        )
    return open_keys(contract, Purpose.CONTENT, [key], vault)


_CONVERSATIONS = """
COPY conversations_conversation (
    id, contract_id, code, channel, case_type, customer, state, wait_reason, opened_at_ms,
    first_asked_at_ms, first_reply_at_ms, closed_at_ms, last_sequence, site_id, changed_at_ms
) FROM STDIN
"""
_MESSAGES = """
COPY conversations_message (
    id, contract_id, conversation_id, sequence, author_kind, author_id, body_ciphertext,
    idempotency_key, occurred_at_ms, recorded_at_ms
) FROM STDIN
"""
