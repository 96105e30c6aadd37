"""The designated platform: every page of work tells from which browser it was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from pactdesk.apps.workforce.actions import note_work
from pactdesk.apps.workforce.kinds import CLOCKING, Deed
from pactdesk.web.access import PersonRequest
from pactdesk.web.account.visitors import browser_secret, browser_text, user_agent_of
from pactdesk.web.desk.now import now

_CLOCKING = frozenset(role.value for role in CLOCKING)


def note_device(
    request: PersonRequest, deed: Deed, contracts: Iterable[UUID] | None = None
) -> bool:
    """Whether the lead has still to approve the browser, where a contract asks for it.

    contracts  those that the deed concerns; all that the person works for, unless told
    """
    if not any(roles & _CLOCKING for roles in request.scope.contracts.values()):
        return False
    # A browser that keeps no cookie is another one at every log-in.
    secret = browser_secret(request, request.user.email) or f"session {request.session.session_key}"
    label = browser_text(user_agent_of(request))
    return note_work(
        request.scope, secret=secret, label=label, deed=deed, at=now(), contracts=contracts
    )
