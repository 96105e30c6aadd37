"""Who is in charge of an organisation's people: a client's are the client's own affair.

The provider invites a client's first administrator and nobody else, so that whoever confirms a
month for the client was let in by the client. A client may leave its people to the provider, and
take that back. `guards.py` holds the same in the database.
"""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.parties.errors import ClientBeginsWithAdministrator, NotAllowed, PeopleOfClient
from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.apps.parties.models import Membership, Organisation
from pactdesk.apps.parties.queries import memberships_visible_to
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope


def is_in_charge(scope: Scope, org: Organisation) -> bool:
    """Whether the scope's person may invite anybody into `org`, and dismiss anybody."""
    if scope.org == org.pk:
        return scope.administrator
    theirs = org.kind == OrganisationKind.CLIENT.value and not org.people_left_to_provider
    return scope.operator and not theirs


def administrators_of(scope: Scope, org: UUID) -> list[Membership]:
    """Those whom `org` has now, whether or not they came in yet."""
    now = memberships_visible_to(scope).filter(org_id=org, ended_at__isnull=True)
    return list(now.filter(is_administrator=True).select_related("person"))


def check_invites(scope: Scope, org: UUID, *, is_administrator: bool) -> None:
    """That the scope's person may let somebody into `org`.

    raises  NotAllowed, PeopleOfClient, ClientBeginsWithAdministrator
    """
    # Held until the end: of two who invite the first administrator at once, one is too late.
    held = Organisation.objects.select_for_update().filter(pk=org).get()
    if is_in_charge(scope, held):
        return
    if not scope.operator:
        raise NotAllowed(action="invite_person")
    if administrators_of(scope, org):
        raise PeopleOfClient(organisation=held.name)
    if not is_administrator:
        raise ClientBeginsWithAdministrator(organisation=held.name)


def check_dismisses(scope: Scope, org: Organisation) -> None:
    """That the scope's person may let go people of `org`; the provider's administrators also
    while nobody has come in to do it, say because the first address was wrong.

    raises  NotAllowed, PeopleOfClient
    """
    if is_in_charge(scope, org):
        return
    if not scope.operator:
        raise NotAllowed(action="end_membership")
    if any(one.person.has_usable_password() for one in administrators_of(scope, org.pk)):
        raise PeopleOfClient(organisation=org.name)


def leave_people_to_provider(by: UUID, *, left: bool) -> None:
    """A client's administrator lets the provider's invite and dismiss here too, or no longer.

    raises  NotAllowed
    """
    with scoped(by) as scope:
        if scope.org is None or not scope.administrator:
            raise NotAllowed(action="leave_people_to_provider")
        own = Organisation.objects.filter(pk=scope.org, kind=OrganisationKind.CLIENT.value)
        if not own.update(people_left_to_provider=left):
            raise NotAllowed(action="leave_people_to_provider")
        verb = "parties.leave_people" if left else "parties.take_back_people"
        record(scope, verb, subject=scope.org)
