"""What administrators do for people who cannot get in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.actions import SEND_INVITATION
from pactdesk.apps.parties.attempts import OF_MAILS, attempt_key, charge
from pactdesk.apps.parties.entering import forget_attempts_with
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.models import Membership, Person
from pactdesk.apps.parties.queries import member_of
from pactdesk.apps.parties.revoking import end_sessions
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope


def invite_again(by: UUID, *, person: UUID, at: datetime) -> None:
    """Another invitation; the link of the one before lapses when it is sent. A few and then
    rarely: the address is whatever was typed, and may be a stranger's.

    raises  NotAllowed, PersonUnknown, TooManyAttempts
    """
    with scoped(by) as scope:
        membership = _administered(scope, person, "invite_again")
        charge({attempt_key("invitation", str(person)): OF_MAILS}, at)
        leave_errand(scope, SEND_INVITATION, {"person": str(person)}, org=membership.org_id)
        record(scope, "parties.invite_again", subject=person, org=membership.org_id)


def unlock(by: UUID, *, person: UUID) -> None:
    """Forget the failed attempts with somebody's account.

    raises  NotAllowed, PersonUnknown
    """
    with scoped(by) as scope:
        membership = _administered(scope, person, "unlock")
        forget_attempts_with(Person.objects.get(pk=person).email)
        record(scope, "parties.unlock", subject=person, org=membership.org_id)


def end_all_sessions(by: UUID, *, person: UUID) -> None:
    """End every session of somebody whose device is lost.

    raises  NotAllowed, PersonUnknown
    """
    with scoped(by) as scope:
        membership = _administered(scope, person, "end_all_sessions")
        ended = end_sessions(person)
        details = {"sessions": ended}
        record(
            scope, "parties.end_sessions", subject=person, org=membership.org_id, details=details
        )


def _administered(scope: Scope, person: UUID, action: str) -> Membership:
    membership = member_of(scope, person)
    if not (scope.operator or (scope.administrator and scope.org == membership.org_id)):
        raise NotAllowed(action=action)
    return membership
