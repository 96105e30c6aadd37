"""Coming in: proving a password without telling strangers who is known here.

Unknown, wrong, inactive and no longer employed look the same, also in the time they take; so
does being blocked, which goes by the address that was typed, known or not.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth import authenticate
from django.http import HttpRequest

from pactdesk.apps.audit.actions import record
from pactdesk.apps.parties.attempts import (
    OF_ACCOUNT,
    OF_ADDRESS,
    attempt_key,
    charge,
    forget,
    forgive,
    network_of,
)
from pactdesk.apps.parties.errors import LogInRefused, NotAdmitted, TooManyAttempts
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope, within


def prove_password(
    request: HttpRequest, *, email: str, password: str, address: str, device: str, at: datetime
) -> Person:
    """The person with this address and password.

    device  the browser's own secret if this person came in with it before, else empty. It is
            counted apart: strangers who try in vain do not lock out the one who belongs here
    raises  LogInRefused, TooManyAttempts
    """
    name = email.strip().lower()
    account = account_key(name, device)
    keys = {account: OF_ACCOUNT, attempt_key("address", network_of(address)): OF_ADDRESS}
    try:
        charge(keys, at)
    except TooManyAttempts as blocked:
        _tell("parties.log_in_blocked", seconds=blocked.seconds)
        raise
    person = authenticate(request, email=name, password=password)
    if not isinstance(person, Person) or not _is_admitted(person.pk):
        _tell("parties.log_in_failed")
        raise LogInRefused()
    forgive(keys, all_of=account)
    return person


def account_key(email: str, device: str = "") -> str:
    """Under which the attempts with an account are counted."""
    return attempt_key("device", f"{device}\n{email}") if device else attempt_key("account", email)


def forget_attempts_with(email: str) -> bool:
    """Somebody has shown that the account is theirs, or an administrator did it for them."""
    return forget(account_key(email))


def _is_admitted(person: UUID) -> bool:
    try:
        with scoped(person):
            return True
    except NotAdmitted:
        return False


def _tell(verb: str, **details: int) -> None:
    with within(Scope()) as nobody:
        record(nobody, verb, details=details)
