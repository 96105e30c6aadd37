"""A letter to a person: in Chinese, then in English, through the installation's server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.conf import settings

from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.models import Person
from pactdesk.gateways.mail.errors import LetterDelayed, LetterRefused, SmtpMissing
from pactdesk.gateways.mail.letter import Attachment, Letter
from pactdesk.gateways.mail.smtp import send, smtp_server
from pactdesk.messages.catalogue import LANGUAGES, text

BETWEEN = "\n\n――――――――――\n\n"


def write_to(
    person: Person,
    key: str,
    *,
    errand: Errand,
    attachments: tuple[Attachment, ...] = (),
    **facts: object,
) -> None:
    """Send the letter `key` of the section `letters`, filled in.

    We do not know which language somebody reads, so each letter says it in both, Chinese first.

    raises  SmtpMissing, SmtpAddressWrong, LetterDelayed, LetterRefused
    """
    told = {"name": person.name, "pages": settings.PAGES_URL, **facts}
    subjects = (text("letters", f"{key}.subject", each, **told) for each in LANGUAGES)
    bodies = (text("letters", f"{key}.body", each, **told).strip() for each in LANGUAGES)
    post(
        Letter(
            to=person.email,
            subject=" · ".join(subjects),
            text=BETWEEN.join(bodies) + "\n",
            key=letter_key(errand, person.pk),
            attachments=attachments,
        )
    )


def write_to_each(
    people: Sequence[Person],
    key: str,
    *,
    errand: Errand,
    attachments: tuple[Attachment, ...] = (),
    **facts: object,
) -> None:
    """As `write_to`, to several: one whose server refuses keeps the letter from nobody else.

    raises  as `in_turn`
    """
    in_turn(
        people,
        lambda each: write_to(each, key, errand=errand, attachments=attachments, **facts),
    )


def in_turn(people: Sequence[Person], send_to: Callable[[Person], None]) -> None:
    """Everybody has their turn, whatever the servers of those before said.

    raises  the first delay, else the first refusal, when everybody had it
    """
    delays: list[LetterDelayed] = []
    refusals: list[LetterRefused] = []
    for person in people:
        try:
            send_to(person)
        except LetterDelayed as delay:
            delays.append(delay)
        except LetterRefused as refusal:
            refusals.append(refusal)
    for problem in (*delays, *refusals):
        raise problem


def post(letter: Letter) -> None:
    """Hand the letter to the server of the settings."""
    if not settings.SMTP_URL:
        raise SmtpMissing(name="SMTP_URL")
    send(smtp_server("SMTP_URL", settings.SMTP_URL), letter, settings.MAIL_FROM)


def letter_key(errand: Errand, person: UUID) -> str:
    """The same for every attempt at one errand's letter to one person."""
    return f"{errand.pk}.{person}"
