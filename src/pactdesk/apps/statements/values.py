"""Rows to core values and back, and what is told about a statement."""

from __future__ import annotations

import json
from hashlib import sha256
from secrets import token_hex
from typing import Any

from pactdesk.apps.statements.models import Objection, Statement
from pactdesk.core.facts.commitments import SHORTEST_SALT, PersonalField
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import ObjectionOutcome
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from pactdesk.messages.catalogue import Language, text

Plain = dict[str, Any]


def to_plain(statement: Statement) -> Plain:
    """The statement in the form that core, papers and explanations read."""
    plain: Plain = json.loads(bytes(statement.plain))
    return plain


def period_of(statement: Statement) -> Period:
    """Its month."""
    return Period.month(statement.period)


def content_hash(plain: bytes) -> str:
    """SHA-256 of the stored bytes: what a party confirms."""
    return sha256(plain).hexdigest()


def fact_about(statement: Statement, detail: Measured, event: str, at: Instant) -> Fact:
    """`detail` happened to the statement; `event` is its own name for it."""
    return Fact.of(
        detail,
        contract_id=statement.contract.code,
        source=SOURCE,
        event_id=f"{statement.number}/{event}",
        occurred_at=at,
    )


def with_reason(fact: Fact, reason: str) -> tuple[Fact, PersonalField]:
    """The fact, bound to a text that can be erased later without breaking the seal."""
    salt = token_hex(SHORTEST_SALT)
    personal = PersonalField(fact.source, fact.event_id, "reason", salt, reason)
    bound = {"reason": personal.commitment}
    return (
        Fact(
            contract_id=fact.contract_id,
            source=fact.source,
            event_id=fact.event_id,
            kind=fact.kind,
            occurred_at=fact.occurred_at,
            measured=fact.measured,
            personal=bound,
        ),
        personal,
    )


def consequence(objection: Objection, language: Language) -> str:
    """What follows from how the objection ended; empty while it is open.

    An issued statement is never edited: what was accepted comes as a line of the next one.
    """
    if objection.outcome is None:
        return ""
    key = f"consequence.{ObjectionOutcome(objection.outcome).value}"
    return text("statements", key, language, line=objection.line)
