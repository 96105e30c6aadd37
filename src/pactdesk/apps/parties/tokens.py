"""Links in mails: who holds one may set the password of its person, once, and not for long.

The database keeps hashes. A link is made when its mail is sent, so that none lies in the outbox.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from pactdesk.apps.audit.actions import record
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.credentials import Token
from pactdesk.apps.parties.entering import forget_attempts_with
from pactdesk.apps.parties.errors import LinkUnusable, NotAdmitted
from pactdesk.apps.parties.kinds import TokenPurpose
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.revoking import end_sessions
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.parties.walls import TOKEN_SETTING
from pactdesk.apps.walls.scope import Scope, within

SEND_PASSWORD_RESET = "parties.send_password_reset"  # noqa: S105  a kind of errand

LIFE = {
    TokenPurpose.INVITATION: timedelta(days=7),
    TokenPurpose.PASSWORD_RESET: timedelta(hours=1),
}
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link is for."""

    person: UUID
    email: str
    name: str


def ask_for_reset(email: str) -> None:
    """A mail follows if somebody has this address; whoever asks cannot tell."""
    address = email.strip().lower()
    with within(Scope(login=address)) as scope:
        found = Person.objects.filter(email=address, is_active=True).first()
        person = str(found.pk) if found else None
        leave_errand(scope, SEND_PASSWORD_RESET, {"person": person})
        record(scope, "parties.ask_for_reset", subject=found.pk if found else None)


def new_token(person: UUID, purpose: TokenPurpose, at: datetime) -> str:
    """A new secret for a link; those made before are worth nothing now. A job's work."""
    secret = secrets.token_urlsafe(_BYTES)
    spare = Token.objects.filter(person_id=person, purpose=purpose.value, used_at__isnull=True)
    spare.update(used_at=at)
    Token.objects.create(
        person_id=person,
        purpose=purpose.value,
        token_hash=_hash(secret),
        created_at=at,
        expires_at=at + LIFE[purpose],
    )
    return secret


def invited_by(secret: str, purpose: TokenPurpose, at: datetime) -> Invited:
    """Whom the link is for; looking at it does not use it up.

    raises  LinkUnusable
    """
    with _told(secret):
        token = _usable(purpose, at).filter(token_hash=_hash(secret)).first()
    if token is None:
        raise LinkUnusable()
    try:
        with scoped(token.person_id):
            person = Person.objects.get(pk=token.person_id)
    except NotAdmitted:
        raise LinkUnusable() from None
    return Invited(person.pk, person.email, person.name)


def set_password_by_link(
    secret: str, purpose: TokenPurpose, *, password: str, at: datetime, name: str = ""
) -> Person:
    """The link is used up, the password set, every session ended; `name` of somebody new.

    raises  LinkUnusable
    """
    invited = invited_by(secret, purpose, at)
    with scoped(invited.person) as scope:
        # Of two at once, one finds nothing left to use.
        if not _usable(purpose, at).filter(token_hash=_hash(secret)).update(used_at=at):
            raise LinkUnusable()
        person = Person.objects.get(pk=invited.person)
        person.name = name or person.name
        person.set_password(password)
        person.save(update_fields=["name", "password"])
        Token.objects.filter(person_id=person.pk, used_at__isnull=True).update(used_at=at)
        ended = end_sessions(person.pk)
        details = {"by": purpose.value, "sessions": ended}
        record(scope, "parties.set_password", subject=person.pk, details=details)
        forget_attempts_with(person.email)
    return person


def clear_old_tokens(before: datetime) -> int:
    """Remove links that expired before `before`; how many. A job's work."""
    removed, _ = Token.objects.filter(expires_at__lt=before).delete()
    return removed


def _usable(purpose: TokenPurpose, at: datetime) -> QuerySet[Token]:
    return Token.objects.filter(purpose=purpose.value, used_at__isnull=True, expires_at__gt=at)


def _hash(secret: str) -> str:
    return sha256(b"pactdesk link\n" + secret.encode()).hexdigest()


@contextmanager
def _told(secret: str) -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [TOKEN_SETTING, _hash(secret)])
        yield
