"""What people change of themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.parties.attempts import OF_ACCOUNT, attempt_key, charge, forgive
from pactdesk.apps.parties.errors import PasswordWrong
from pactdesk.apps.parties.models import Person, Token
from pactdesk.apps.parties.revoking import end_sessions
from pactdesk.apps.parties.scoping import scoped


def change_profile(by: UUID, *, name: str, language: str) -> None:
    """Name, and the language of mails."""
    with scoped(by) as scope:
        Person.objects.filter(pk=by).update(name=name, language=language)
        record(scope, "parties.change_profile", subject=by)


def change_password(by: UUID, *, old: str, new: str, keep: UUID | None, at: datetime) -> Person:
    """A new password for the old one; every session ends but `keep`, and so does every link.

    raises  PasswordWrong, TooManyAttempts
    """
    key = attempt_key("change password", str(by))
    charge({key: OF_ACCOUNT}, at)
    with scoped(by) as scope:
        person = Person.objects.get(pk=by)
        if not person.check_password(old):
            raise PasswordWrong()
        person.set_password(new)
        person.save(update_fields=["password"])
        Token.objects.filter(person_id=by, used_at__isnull=True).update(used_at=at)
        ended = end_sessions(by, keep=keep)
        record(scope, "parties.change_password", subject=by, details={"sessions": ended})
    forgive({key: OF_ACCOUNT}, all_of=key)
    return person
