"""What waits for the other party, or was answered by it: events, proposals, disputes.

The first thing that waits is written of at once; what comes within a day after it, and answers,
are gathered in one letter a person in the morning. Of a dispute every step is told.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.models import Person
from pactdesk.apps.statements.agreed_sums import ENTER_AGREEMENT, enter_agreement
from pactdesk.apps.statements.disputing import TELL_DISPUTE
from pactdesk.apps.statements.events_telling import TELL_EVENT, WAITS
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.names import Party
from pactdesk.gateways.mail.letter import Letter
from pactdesk.jobs.contracts import every_contract, job_of
from pactdesk.jobs.errands import handles
from pactdesk.jobs.letters.sending import in_turn, letter_key, post
from pactdesk.jobs.letters.statements import people_of
from pactdesk.messages.catalogue import Language, text

SEND_DIGEST = "statements.send_digest"
DAY = timedelta(days=1)


@handles(ENTER_AGREEMENT)
def enter(errand: Errand) -> None:
    """What both agreed on becomes a clause; nothing where it is one already."""
    job = job_of(cast("UUID", errand.contract_id))
    told = errand.payload
    with within(job.scope):
        enter_agreement(
            job.scope,
            job.contract,
            claimant=Party(told["claimant"]),
            on=date.fromisoformat(told["on"]),
            title=told["title"],
        )


@handles(TELL_EVENT)
def tell_event(errand: Errand) -> None:
    """The first that waits is told at once; the morning's letter tells the rest."""
    if errand.payload["what"] != WAITS or not is_first(errand, _told_of(errand)):
        return
    _tell(errand, "event_waits", "portal:events", cast("UUID", errand.contract_id))


@handles(TELL_DISPUTE)
def tell_dispute(errand: Errand) -> None:
    """Each step of a dispute."""
    _tell(errand, "dispute", "portal:dispute", errand.payload["dispute"])


@handles(SEND_DIGEST)
def send_digest(errand: Errand) -> None:
    """One person's letter of the day; nothing if they left since."""
    told = json.loads(errand.payload["contracts"])
    with within(job_of(UUID(told[0][0])).scope):
        people = Person.objects.filter(pk=errand.payload["person"], is_active=True)
        person = people.first()
    if person is None:
        return
    language = _language(person)
    lines = []
    for contract, waits, answered in told:
        job = job_of(UUID(contract))
        link = _address("portal:events", job.contract)
        facts = {"title": job.title, "waits": waits, "answered": answered, "link": link}
        lines.append(text("letters", "digest.line", language, **facts))
    _post(person, "digest", errand, lines="\n\n".join(lines))


def leave_digests() -> int:
    """One errand for each person with something new of the last day; returns how many."""
    now = timezone.now()
    day = now.date().isoformat()
    news: dict[UUID, list[tuple[str, int, int]]] = {}
    for job in every_contract():
        recent = list(_events_since(job.contract, now - 2 * DAY))
        with within(job.scope):
            for party in Party:
                rest = rest_of(recent, party, now)
                if rest:
                    counts = Counter(each.payload["what"] == WAITS for each in rest)
                    for person in people_of(job, party):
                        told = (str(job.contract), counts[True], counts[False])
                        news.setdefault(person.pk, []).append(told)
    for who, contracts in news.items():
        payload = {"person": str(who), "day": day, "contracts": json.dumps(contracts)}
        told_today = Errand.objects.filter(kind=SEND_DIGEST, payload__person=str(who))
        if not told_today.filter(payload__day=day).exists():
            leave_errand(Scope(), SEND_DIGEST, payload)
    return len(news)


def rest_of(recent: Sequence[Errand], party: Party, now: datetime) -> list[Errand]:
    """What `party` is to hear of the last day and was not written of at once."""
    theirs = [each for each in recent if each.payload["to"] == party.value]
    return [
        each
        for each in theirs
        if each.recorded_at > now - DAY
        and not (each.payload["what"] == WAITS and is_first(each, theirs))
    ]


def is_first(errand: Errand, every: Iterable[Errand]) -> bool:
    """Whether nothing else began to wait for the same party within the day before it."""
    since = errand.recorded_at - DAY
    return not any(
        each.payload["what"] == WAITS
        and each.pk != errand.pk
        and each.recorded_at > since
        and (each.recorded_at, each.pk) < (errand.recorded_at, errand.pk)
        for each in every
    )


def _told_of(errand: Errand) -> list[Errand]:
    since = errand.recorded_at - DAY
    recent = _events_since(cast("UUID", errand.contract_id), since)
    return [each for each in recent if each.payload["to"] == errand.payload["to"]]


def _events_since(contract: UUID, since: datetime) -> Iterable[Errand]:
    told = Errand.objects.filter(kind=TELL_EVENT, contract_id=contract, recorded_at__gt=since)
    return told.order_by("recorded_at", "id")


def _tell(errand: Errand, key: str, page: str, of: object) -> None:
    job = job_of(cast("UUID", errand.contract_id))
    with within(job.scope):
        people = people_of(job, Party(errand.payload["to"]))
    link = _address(page, of)
    in_turn(people, lambda each: _post(each, key, errand, title=job.title, link=link))


def _post(person: Person, key: str, errand: Errand, **facts: object) -> None:
    language = _language(person)
    told = {"name": person.name, **facts}
    post(
        Letter(
            to=person.email,
            subject=text("letters", f"{key}.subject", language, **told),
            text=text("letters", f"{key}.body", language, **told).strip() + "\n",
            key=letter_key(errand, person.pk),
        )
    )


def _address(page: str, of: object) -> str:
    return settings.PAGES_URL.rstrip("/") + reverse(page, args=[of])


def _language(person: Person) -> Language:
    return "en" if person.language == "en" else "zh"
