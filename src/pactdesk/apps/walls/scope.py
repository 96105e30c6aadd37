"""The scope: whose rows this transaction may touch, said to PostgreSQL, which enforces it.

The scope is JSON in the setting `pactdesk.scope`, valid until the transaction ends:

    {"person": id, "org": id, "operator": bool, "contracts": {id: [role, …]},
     "conversations": [id, …], "site": key}

Outside of a scope no organisation's row is visible. What makes a scope out of a person stands
in `apps/parties/scoping.py`; this module only says it to the database, and remembers it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connections, transaction

from pactdesk.core.units.errors import PactError

SET_SCOPE = "SELECT set_config('pactdesk.scope', %s, true)"

_HELD = "_pactdesk_scope"


class ScopeDiffers(PactError):
    """A transaction with the scope of `held` cannot take on the scope of `wanted`."""


class ScopeNotFirst(PactError):
    """A transaction is open already, so a scope would outlive the block that asked for it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows: of the person, of their organisation, of the contracts they have a role in.

    operator   administers the whole installation's parties (not its contracts)
    login      e-mail of somebody who is about to log in: that one person's row
    contracts  contract → roles in it; jobs have contracts without a person
    conversations  if told, of the contracts' conversations only these: a customer's scope
    site       public key of a shop's chat window: that one site's row
    """

    person: UUID | None = None
    org: UUID | None = None
    operator: bool = False
    administrator: bool = False
    login: str = ""
    contracts: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    conversations: frozenset[UUID] | None = None
    site: str = ""

    def roles(self, contract: UUID) -> frozenset[str]:
        """The roles in `contract`; none in one that is not in the scope."""
        return self.contracts.get(contract, frozenset())

    def to_text(self) -> str:
        """What the database is told: compact, without what is empty, the same every time."""
        said: dict[str, object] = {
            "person": str(self.person) if self.person else None,
            "org": str(self.org) if self.org else None,
            "operator": self.operator,
            "administrator": self.administrator,
            "login": self.login,
            "site": self.site,
            "contracts": {str(one): sorted(roles) for one, roles in self.contracts.items()},
        }
        kept = {name: value for name, value in said.items() if value}
        if self.conversations is not None:  # none at all is a limit, too
            kept["conversations"] = sorted(map(str, self.conversations))
        return json.dumps(kept, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def scope_from(text: str) -> Scope:
    """The scope that the database was told, or has worked out.

    >>> scope_from('{"login":"li@example.test"}').login
    'li@example.test'
    """
    said = json.loads(text)
    return Scope(
        person=UUID(said["person"]) if said.get("person") else None,
        org=UUID(said["org"]) if said.get("org") else None,
        operator=bool(said.get("operator")),
        administrator=bool(said.get("administrator")),
        login=said.get("login", ""),
        contracts={UUID(one): frozenset(roles) for one, roles in said.get("contracts", {}).items()},
        conversations=(
            frozenset(map(UUID, said["conversations"])) if "conversations" in said else None
        ),
        site=said.get("site", ""),
    )


@contextmanager
def within(scope: Scope, using: str = "default") -> Iterator[Scope]:
    """A transaction in which the rows of `scope`, and no others, can be seen and changed.

    Inside a block with the same scope it is part of that transaction.

    raises  ScopeDiffers, ScopeNotFirst
    """
    held = held_scope(using)
    if held not in (None, scope):
        raise ScopeDiffers(held=held.to_text() if held else "", wanted=scope.to_text())
    with scope_transaction(using):
        if held is None:
            with connections[using].cursor() as cursor:
                cursor.execute(SET_SCOPE, [scope.to_text()])
            hold(scope, using)
        yield scope


@contextmanager
def scope_transaction(using: str = "default") -> Iterator[None]:
    """The transaction that a scope lives in: a new one, or a part of one that has a scope.

    raises  ScopeNotFirst
    """
    if held_scope(using) is not None:
        with transaction.atomic(using=using):
            yield
        return
    if connections[using].in_atomic_block:
        raise ScopeNotFirst()
    try:
        with transaction.atomic(using=using, durable=True):
            yield
    finally:
        setattr(connections[using], _HELD, None)


def hold(scope: Scope, using: str = "default") -> None:
    """Remember the scope that this transaction has been given."""
    setattr(connections[using], _HELD, scope)


def held_scope(using: str = "default") -> Scope | None:
    """The scope of the transaction that is open now."""
    return getattr(connections[using], _HELD, None)
