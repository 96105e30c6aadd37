"""A person's scope: worked out by the database from their membership and roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections

from pactdesk.apps.parties.errors import NotAdmitted
from pactdesk.apps.parties.models import Person
from pactdesk.apps.walls.scope import (
    Scope,
    ScopeDiffers,
    held_scope,
    hold,
    scope_from,
    scope_transaction,
)

# One round trip: works the scope out and sets it. Also the live door's statement.
ENTER_SCOPE = "SELECT pactdesk.enter_scope(%s)"


@contextmanager
def scoped(person: Person | UUID, using: str = "default") -> Iterator[Scope]:
    """A transaction in which exactly the rows can be seen that `person` may see now.

    Inside a block of the same person it is part of that transaction.

    raises  NotAdmitted, ScopeDiffers, ScopeNotFirst
    """
    who = person if isinstance(person, UUID) else person.pk
    held = held_scope(using)
    if held is not None and held.person != who:
        raise ScopeDiffers(held=held.to_text(), wanted=Scope(person=who).to_text())
    with scope_transaction(using):
        yield held or _entered(who, using)


def _entered(who: UUID, using: str) -> Scope:
    with connections[using].cursor() as cursor:
        cursor.execute(ENTER_SCOPE, [who])
        (told,) = cursor.fetchone() or (None,)
    if told is None:
        raise NotAdmitted(person=who)
    scope = scope_from(told)
    hold(scope, using)
    return scope
