"""The letters that errands of parties ask for: written by a job, which also makes their links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from pactdesk.apps.parties.actions import SEND_INVITATION
from pactdesk.apps.parties.errors import NotAdmitted
from pactdesk.apps.parties.kinds import TokenPurpose
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import member_of
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.parties.tokens import LIFE, SEND_PASSWORD_RESET, new_token
from pactdesk.messages.catalogue import Language, text

_PURPOSES = {
    SEND_INVITATION: TokenPurpose.INVITATION,
    SEND_PASSWORD_RESET: TokenPurpose.PASSWORD_RESET,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent to whom, in their language. The text holds a secret: it goes into no log."""

    recipient: str
    subject: str
    text: str


def letter_for(kind: str, payload: Mapping[str, object], at: datetime) -> Letter | None:
    """The letter of an errand; none if there is nobody (any more) to write to.

    Each call makes a new link and lets the ones before lapse.
    """
    purpose, who = _PURPOSES[kind], payload.get("person")
    if not who:
        return None
    try:
        with scoped(UUID(str(who))) as scope:
            person = Person.objects.get(pk=UUID(str(who)))
            organisation = member_of(scope, person.pk).org
            secret = new_token(person.pk, purpose, at)
    except NotAdmitted:
        return None
    return _letter(person, organisation.name, purpose, secret)


def _letter(person: Person, organisation: str, purpose: TokenPurpose, secret: str) -> Letter:
    language: Language = "en" if person.language == "en" else "zh"
    told = {
        "name": person.name,
        "organisation": organisation,
        "link": settings.PAGES_URL.rstrip("/") + reverse(f"account:{purpose}", args=[secret]),
        "days": LIFE[purpose].days,
        "minutes": LIFE[purpose].seconds // 60,
    }
    return Letter(
        recipient=person.email,
        subject=text("account_letters", f"{purpose}.subject", language, **told),
        text=text("account_letters", f"{purpose}.text", language, **told),
    )
