"""Sessions in the database, each of one person: the engine that Django's settings name.

A row is found by the hash of the key in the browser's cookie, so whoever reads the table cannot
take a session over. The wall opens a row to whoever holds its key, and to the person it is of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pactdesk.apps.parties.credentials import Session
from pactdesk.apps.parties.walls import SESSION_SETTING

SEEN_TO = timedelta(minutes=1)
VISITOR = "visitor"
WITH_SECOND_FACTOR = "with_second_factor"

_LONGEST_AGENT = 300
_SET = "SELECT set_config(%s, %s, true)"


def key_hash(key: str) -> str:
    """What the database keeps of a session's key, which is random and cannot be guessed."""
    return sha256(b"pactdesk session\n" + key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's sessions, in `parties_session`."""

    # Django's own, which its published types leave out.
    _get_new_session_key: Callable[[], str]
    _get_session: Callable[..., dict[str, Any]]

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, if it has expired or was revoked."""
        now = timezone.now()
        with _opened(self.session_key or "") as hashed:
            row = Session.objects.filter(key_hash=hashed, expires_at__gt=now).first()
            if row is not None and now - row.last_seen_at > SEEN_TO:
                Session.objects.filter(pk=row.pk).update(last_seen_at=now)
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this key."""
        with _opened(session_key) as hashed:
            return Session.objects.filter(key_hash=hashed).exists()

    def create(self) -> None:
        """A new session under a new key."""
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session; raises UpdateError if it was revoked meanwhile."""
        if self.session_key is None:
            self.create()
            return
        values = self._values(self._get_session(no_load=must_create))
        with _opened(self.session_key) as hashed:
            if must_create:
                _insert(Session(key_hash=hashed, **values))
            elif not Session.objects.filter(key_hash=hashed).update(**values):
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End the session."""
        key = session_key or self.session_key
        if key is not None:
            with _opened(key) as hashed:
                Session.objects.filter(key_hash=hashed).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what has expired; a job's work, the pages would see their own row only."""
        Session.objects.filter(expires_at__lte=timezone.now()).delete()

    def _values(self, data: dict[str, Any]) -> dict[str, Any]:
        who, visitor = data.get(SESSION_KEY), data.get(VISITOR, {})
        return {
            "person_id": UUID(who) if who else None,
            "data": self.encode(data),
            "expires_at": self.get_expiry_date(),
            "user_agent": str(visitor.get("user_agent", ""))[:_LONGEST_AGENT],
            "address": str(visitor.get("address", "")),
        }


def clear_expired_sessions(at: datetime) -> int:
    """Remove sessions that had expired by `at`; how many. A job's work."""
    removed, _ = Session.objects.filter(expires_at__lte=at).delete()
    return removed


def _insert(row: Session) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise CreateError from None


@contextmanager
def _opened(key: str) -> Iterator[str]:
    """A transaction, or a part of one, in which the row of this key can be seen."""
    hashed = key_hash(key)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SET, [SESSION_SETTING, hashed])
        yield hashed
