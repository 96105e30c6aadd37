"""Ending sessions: one, all others, or all that a person has."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.parties.credentials import Session
from pactdesk.apps.parties.errors import SessionUnknown
from pactdesk.apps.parties.queries import sessions_of
from pactdesk.apps.parties.scoping import scoped


def revoke_session(by: UUID, session: UUID) -> None:
    """End one of one's own sessions, from now on.

    raises  SessionUnknown
    """
    with scoped(by) as scope:
        removed, _ = sessions_of(scope).filter(pk=session).delete()
        if not removed:
            raise SessionUnknown(session=session)
        record(scope, "parties.revoke_session", subject=session)


def revoke_other_sessions(by: UUID, *, keep: UUID | None) -> int:
    """End all of one's own sessions but `keep`; how many."""
    with scoped(by) as scope:
        others = sessions_of(scope).exclude(pk=keep) if keep else sessions_of(scope)
        removed, _ = others.delete()
        record(scope, "parties.revoke_sessions", subject=by, details={"sessions": removed})
    return removed


def end_sessions(person: UUID, *, keep: UUID | None = None) -> int:
    """End the sessions of `person`, in the transaction of what ends them; how many."""
    sessions = Session.objects.filter(person_id=person)
    removed, _ = (sessions.exclude(pk=keep) if keep else sessions).delete()
    return removed
