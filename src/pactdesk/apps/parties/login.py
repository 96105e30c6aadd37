"""Who somebody is: by e-mail and password, then by the id that the session keeps.

Before a log-in there is no scope, and so nothing to see. The two scopes here open one row each:
the person with that address, and the person with that id.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from pactdesk.apps.parties.models import Person
from pactdesk.apps.walls.scope import Scope, held_scope, within


class EmailBackend(BaseBackend):
    """Log-in by e-mail, in whatever capitals, and password."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002  Django's signature
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **_: object,
    ) -> Person | None:
        """The person, or none: unknown, wrong and inactive look the same, also in time taken."""
        address = (email or username or "").strip().lower()
        if not address or password is None:
            return None
        with within(Scope(login=address)):
            person = Person.objects.filter(email=address).first()
        if person is None:
            Person().set_password(password)
            return None
        # In their own scope, because an old hash is written anew.
        with within(Scope(person=person.pk)):
            right = person.check_password(password)
        return person if right and person.is_active else None

    def get_user(self, user_id: UUID | str) -> Person | None:
        """The person of a session, if still active; their organisation's rows stay closed."""
        held, who = held_scope(), UUID(str(user_id))
        with within(held if held and held.person == who else Scope(person=who)):
            return Person.objects.filter(pk=who, is_active=True).first()
