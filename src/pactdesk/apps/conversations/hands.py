"""By whose hand something is done: an agent's, a customer's, or the desk's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from pactdesk.apps.conversations.kinds import AuthorKind
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.kinds import Actor

_SERVING = frozenset({Role.AGENT.value, Role.LEAD.value})


@dataclass(frozen=True, slots=True)
class Hand:
    """`person` is known of an agent only; whoever lets a customer in has checked who they are."""

    kind: AuthorKind
    person: UUID | None = None

    @property
    def actor(self) -> Actor:
        """What facts call it."""
        return Actor(self.kind.value)


CUSTOMER = Hand(AuthorKind.CUSTOMER)
SYSTEM = Hand(AuthorKind.SYSTEM)


def agent(person: UUID) -> Hand:
    """The hand of a person who serves customers."""
    return Hand(AuthorKind.AGENT, person)


@contextmanager
def acting(
    by: Hand, contract: UUID, action: str, conversation: UUID | None = None
) -> Iterator[Scope]:
    """A transaction in the scope of `by`: agents and leads of the contract; a customer, in their
    conversation alone; or the desk itself.

    raises  NotAllowed, NotAdmitted, ScopeDiffers, ScopeNotFirst
    """
    if by.person is None:
        limit = frozenset({conversation}) if conversation else None
        limited = limit if by.kind is AuthorKind.CUSTOMER else None
        with within(Scope(contracts={contract: frozenset()}, conversations=limited)) as scope:
            yield scope
        return
    with scoped(by.person) as scope:
        check_serves(scope, contract, action)
        yield scope


def check_serves(scope: Scope, contract: UUID, action: str) -> None:
    """Raises NotAllowed unless the scope's person serves the contract's customers."""
    if not scope.roles(contract) & _SERVING:
        raise NotAllowed(action=action)
