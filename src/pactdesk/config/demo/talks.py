"""Conversations in words: what was said, made to fit what the facts tell of when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import yaml

from pactdesk.apps.conversations.kinds import AuthorKind, State, WaitReason
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import (
    Actor,
    Clock,
    ClockEvent,
    ClockMetric,
    FactKind,
    InteractionClosed,
)

WRITTEN = ("chat", "ticket", "email")
USUAL = "usual"
AUTOMATIC = "您好，已收到您的消息，客服正在赶来，请稍候。"
LEAST_GAP_MS, USUAL_GAP_MS = 4_000, 40_000


@dataclass(slots=True)
class Talk:
    """One written interaction, as far as the facts tell of it."""

    code: str
    channel: str
    case_type: str | None
    customer: str | None
    opened_at: int
    asked: str
    automatic_at: int | None = None
    answered_at: int | None = None
    resolved_at: int | None = None
    closed_at: int | None = None
    wait: str | None = None

    @property
    def state(self) -> State:
        """How its row stands."""
        if self.closed_at is not None:
            return State.CLOSED
        if self.resolved_at is not None:
            return State.RESOLVED
        return State.WAITING if self.wait_reason else State.OPEN

    @property
    def wait_reason(self) -> WaitReason | None:
        """For which the clock rests, while it is neither closed nor resolved."""
        if self.closed_at or self.resolved_at or self.wait is None:
            return None
        return WaitReason(self.wait) if self.wait in set(WaitReason) else WaitReason.THIRD_PARTY

    def ended(self, at: int) -> list[Measured]:
        """Answered, solved and closed by an agent at `at`: what of it is left to be told."""
        told: list[Measured] = []
        if self.answered_at is None:
            told.append(_by_agent(self.code, ClockMetric.FIRST_RESPONSE, ClockEvent.FULFIL))
        if self.wait is not None:
            told.append(_by_agent(self.code, ClockMetric.RESOLUTION, ClockEvent.RESUME))
        if self.resolved_at is None:
            told.append(_by_agent(self.code, ClockMetric.RESOLUTION, ClockEvent.FULFIL))
        self.answered_at = self.answered_at or at
        self.resolved_at, self.closed_at, self.wait = self.resolved_at or at, at, None
        return [*told, InteractionClosed(self.code)]


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody said something."""

    at: int
    author: AuthorKind
    text: str


def talks_of(facts: Sequence[RecordedFact], texts: Mapping[tuple[str, str], str]) -> list[Talk]:
    """Every written interaction, oldest first.

    texts  (source, event) of an opening → what the customer wrote
    """
    found: dict[str, Talk] = {}
    for recorded in sorted(facts, key=lambda each: each.fact.occurred_at):
        fact, told = recorded.fact, recorded.fact.measured
        name = str(told.get("interaction", ""))
        if fact.kind is FactKind.INTERACTION_OPENED and told["channel"] in WRITTEN:
            found[name] = Talk(
                code=name,
                channel=str(told["channel"]),
                case_type=_text(told["case_type"]),
                customer=_text(told["customer"]),
                opened_at=fact.occurred_at,
                asked=texts.get(fact.key, "您好，请问在吗？"),
            )
        elif name in found:
            _note(found[name], fact.kind, told, fact.occurred_at)
    return list(found.values())


def lines_of(talk: Talk, now: int) -> Iterator[Line]:
    """What was said, in order, none of it later than `now`."""
    yield Line(talk.opened_at, AuthorKind.CUSTOMER, talk.asked)
    if talk.automatic_at is not None:
        yield Line(talk.automatic_at, AuthorKind.SYSTEM, AUTOMATIC)
    if talk.answered_at is None:
        return
    script = script_of(talk.asked, talk.code)
    end = min(talk.resolved_at or talk.closed_at or now, now)
    gap = min(USUAL_GAP_MS, max(0, end - talk.answered_at) // len(script))
    for number, text in enumerate(script):
        if number and gap < LEAST_GAP_MS:
            return
        author = AuthorKind.CUSTOMER if number % 2 else AuthorKind.AGENT
        yield Line(talk.answered_at + number * gap, author, text)


def script_of(asked: str, seed: str) -> Sequence[str]:
    """How the talk goes on, agent first; the same for the same seed."""
    choices: Sequence[Sequence[str]] = _scripts().get(asked) or _scripts()[USUAL]
    return choices[picked(seed, len(choices))]


def openings() -> list[str]:
    """What customers begin with."""
    return [each for each in _scripts() if each != USUAL]


def picked(seed: str, count: int) -> int:
    """A number below `count`, the same for the same seed."""
    return int.from_bytes(sha256(seed.encode()).digest()[:4]) % count


def _note(talk: Talk, kind: FactKind, told: Mapping[str, Any], at: int) -> None:
    if kind in (FactKind.INTERACTION_CLOSED, FactKind.INTERACTION_ABANDONED):
        talk.closed_at = at
    if kind is not FactKind.CLOCK:
        return
    event, metric = told["event"], told["metric"]
    if metric == ClockMetric.FIRST_RESPONSE and event == ClockEvent.FULFIL:
        if told["actor"] == Actor.AGENT:
            talk.answered_at = talk.answered_at or at
        else:
            talk.automatic_at = talk.automatic_at or at
    if metric == ClockMetric.RESOLUTION:
        talk.wait = told["reason"] if event == ClockEvent.PAUSE else None
        talk.resolved_at = at if event == ClockEvent.FULFIL else None
        if event == ClockEvent.ACTIVATE:
            talk.closed_at = None


def _by_agent(code: str, metric: ClockMetric, event: ClockEvent) -> Measured:
    return Clock(code, metric, event, None, Actor.AGENT)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@cache
def _scripts() -> Mapping[str, Any]:
    text = files("pactdesk.config.demo").joinpath("talks.yaml").read_text("utf-8")
    scripts: Mapping[str, Any] = yaml.safe_load(text)
    return scripts
