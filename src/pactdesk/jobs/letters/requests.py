"""What happens to a request is told to the other party, and to both when time has run out."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import people_visible_to, roles_visible_to
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.telling import TELL
from pactdesk.apps.walls.scope import within
from pactdesk.core.facts.names import Party
from pactdesk.jobs.contracts import Job, job_of
from pactdesk.jobs.errands import handles
from pactdesk.jobs.letters.sending import write_to_each

DEALING: dict[Party, tuple[str, ...]] = {
    Party.PROVIDER: (Role.LEAD.value, Role.CONTRACT_OFFICER.value),
    Party.CLIENT: (Role.CLIENT_MANAGER.value, Role.CONTRACT_OFFICER.value),
}
"""Whose work requests are; and whoever asked is told besides."""


@handles(TELL)
def tell_request(errand: Errand) -> None:
    """Write to the people of one side. What was asked stays inside: the letter has its number.

    raises  whatever sending raises
    """
    job = job_of(cast("UUID", errand.contract_id))
    party = Party(errand.payload["to"])
    with within(job.scope):
        asked = Request.objects.get(pk=errand.payload["request"])
        people = _people(job, party, asked)
    path = reverse("requests:request", args=[asked.contract_id, asked.code])
    # Somebody may have left since: with nobody to write to there is nothing to do.
    write_to_each(
        people,
        f"request_{errand.payload['what']}",
        errand=errand,
        title=job.title,
        code=asked.code,
        link=settings.PAGES_URL.rstrip("/") + path,
    )


def _people(job: Job, party: Party, asked: Request) -> list[Person]:
    """Each once."""
    held = roles_visible_to(job.scope).filter(
        contract_id=job.contract, ends_at__isnull=True, org__kind=party.value
    )
    dealing = held.filter(role__in=DEALING[party]) | held.filter(person_id=asked.asker_id)
    people = people_visible_to(job.scope).filter(is_active=True)
    return list(people.filter(pk__in=dealing.values("person")))
