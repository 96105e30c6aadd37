"""Opening the session of somebody who has proved who they are."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest

from pactdesk.apps.audit.actions import record
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.parties.sessions import VISITOR, WITH_SECOND_FACTOR
from pactdesk.web.account.visitors import address_of, user_agent_of


def enter(request: HttpRequest, person: Person, *, with_second_factor: bool = False) -> None:
    """Log in: under a new key, so that one known before is worth nothing.

    raises  NotAdmitted
    """
    with scoped(person.pk) as scope:
        login(request, person)
        request.session[VISITOR] = {
            "address": address_of(request),
            "user_agent": user_agent_of(request),
        }
        request.session[WITH_SECOND_FACTOR] = with_second_factor
        details = {"second_factor": with_second_factor}
        record(scope, "parties.log_in", subject=person.pk, details=details)
