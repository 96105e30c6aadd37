"""Rules of conduct as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.models import RuleDocument
from pactdesk.apps.workforce.queries import agents_of, rules_in_force
from pactdesk.core.units.instants import zone_named
from pactdesk.web.workforce.words import say


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed when."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class ShownRules:
    """One document with who signed it.

    missing  names of agents who have not
    """

    document: UUID
    name: str
    version: str
    red_lines: tuple[str, ...]
    due: str
    is_late: bool
    blocks: bool
    signed: tuple[Signed, ...]
    missing: tuple[str, ...]

    @property
    def agents(self) -> int:
        """Who has to sign, all together."""
        return len(self.signed) + len(self.missing)


def rules_shown(scope: Scope, contract: Contract, today: date) -> tuple[ShownRules, ...]:
    """The documents in force of one contract."""
    agents = {one: each.name for one, each in agents_of(scope, contract.pk).items()}
    return tuple(
        _shown(each, contract, agents, today) for each in rules_in_force(scope, contract.pk)
    )


def _shown(
    document: RuleDocument, contract: Contract, agents: dict[UUID, str], today: date
) -> ShownRules:
    zone = zone_named(contract.zone)
    signatures = list(document.signatures.order_by("signed_at"))
    done = {each.person_id for each in signatures}
    missing = tuple(name for one, name in agents.items() if one not in done)
    return ShownRules(
        document=document.pk,
        name=document.name,
        version=version_text(document),
        red_lines=tuple(document.red_lines),
        due=document.due_on.isoformat(),
        is_late=bool(missing) and document.due_on < today,
        blocks=document.blocks,
        signed=tuple(
            Signed(each.person_name, f"{each.signed_at.astimezone(zone):%Y-%m-%d %H:%M}")
            for each in signatures
            if each.person_id in agents
        ),
        missing=missing,
    )


def version_text(document: RuleDocument) -> str:
    """第 2 版."""
    return say("rules.version", number=document.number)
