"""Replying, answering, opening again, closing, withdrawing."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.requests.clocks import Running, grid_of, running
from pactdesk.apps.requests.kinds import OTHER, Kind, State, Step
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.telling import Hand, check, check_kind, held, leave, tell_duty
from pactdesk.apps.requests.values import said, said_or_nothing
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.documents.explain.held import held_on
from pactdesk.gateways.vault.vault_keys import VaultKeys

_GOING_ON = (State.OPEN, State.ANSWERED)


def reply(
    by: UUID, *, contract: UUID, code: str, words: str, at: Instant, vault: VaultKeys
) -> None:
    """Say something without ending anything; either side may, the clock runs on.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState, RequestWordsMissing,
            RequestTooLong
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "reply", at, vault)
        is_asker = asked.asked_by == hand.party.value
        check(asked, "reply", hand.party, *_GOING_ON, by_asker=is_asker)
        leave(hand, asked, Step.REPLIED, said(words))


def answer(
    by: UUID, *, contract: UUID, code: str, words: str, at: Instant, vault: VaultKeys
) -> None:
    """The other side's answer stops the clock. Data are answered by a delivery alone.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState, RequestWordsMissing,
            RequestTooLong
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "answer", at, vault)
        check_kind(asked, "answer", is_data=False)
        check(asked, "answer", hand.party, State.OPEN, by_asker=False)
        asked.state, asked.awaits, asked.answered_at_ms = State.ANSWERED.value, None, at
        asked.save()
        leave(hand, asked, Step.ANSWERED, said(words))
        tell_duty(hand, asked, DutyEvent.DONE)


def reopen(
    by: UUID, *, contract: UUID, code: str, words: str, at: Instant, vault: VaultKeys
) -> None:
    """It was no answer after all, and why: the clock begins anew.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState, RequestWordsMissing,
            RequestTooLong
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "reopen", at, vault)
        check_kind(asked, "reopen", is_data=False)
        check(asked, "reopen", hand.party, State.ANSWERED, State.CLOSED, by_asker=True)
        begin_round(hand, asked)
        leave(hand, asked, Step.REOPENED, said(words))
        tell_duty(hand, asked, DutyEvent.ASKED)


def close(by: UUID, *, contract: UUID, code: str, at: Instant, vault: VaultKeys) -> None:
    """The asker has what was asked for.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "close", at, vault)
        check_kind(asked, "close", is_data=False)
        check(asked, "close", hand.party, State.ANSWERED, by_asker=True)
        asked.state, asked.ended_at_ms = State.CLOSED.value, at
        asked.save()
        leave(hand, asked, Step.CLOSED)


def withdraw(
    by: UUID, *, contract: UUID, code: str, words: str, at: Instant, vault: VaultKeys
) -> None:
    """The asker needs it no more.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState, RequestTooLong
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "withdraw", at, vault)
        check(asked, "withdraw", hand.party, State.OPEN, by_asker=True)
        asked.state, asked.awaits, asked.ended_at_ms = State.WITHDRAWN.value, None, at
        asked.save()
        leave(hand, asked, Step.WITHDRAWN, said_or_nothing(words))
        tell_duty(hand, asked, DutyEvent.WAIVED)


def begin_round(hand: Hand, asked: Request) -> None:
    """Open again. An answer has as long as the first one had; a part of data that is missing is
    due on the day of the whole, for a part is no performance (民法典 第五百三十一条).
    """
    if asked.kind != Kind.DATA.value:
        clock = _clock_again(hand, asked)
        asked.clock = clock.clock.value
        asked.runs_from_ms, asked.warn_at_ms = clock.start, clock.warn_at
        asked.due_at_ms = clock.due_at
        asked.warned_at_ms = asked.overdue_told_at_ms = None
    asked.state, asked.awaits = State.OPEN.value, OTHER[Party(asked.asked_by)].value
    asked.round, asked.round_id = asked.round + 1, new_id()
    asked.answered_at_ms = asked.ended_at_ms = None
    asked.save()


def _clock_again(hand: Hand, asked: Request) -> Running:
    today = local_day(hand.at, zone_named(hand.contract.zone))
    terms = held_on(terms_of(hand.scope, hand.contract.pk, today), today)
    return running(grid_of(terms, today), hand.at, asked.budget_ms)
