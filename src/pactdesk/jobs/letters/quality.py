"""Letters about quality: a contested mark, an evaluation that is due, given or answered."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import people_visible_to, roles_visible_to
from pactdesk.apps.quality.contesting import TELL_CONTESTED
from pactdesk.apps.quality.evaluating import TELL_ANSWERED, TELL_EVALUATED
from pactdesk.apps.quality.hands import DECIDING, EVALUATING, Roles
from pactdesk.apps.quality.reminding import REMIND
from pactdesk.apps.walls.scope import within
from pactdesk.core.facts.names import Party
from pactdesk.jobs.contracts import Job, job_of
from pactdesk.jobs.errands import handles
from pactdesk.jobs.letters.sending import write_to_each


@handles(TELL_CONTESTED)
def tell_contested(errand: Errand) -> None:
    """To those who decide about it; what it is about stands on the page alone.

    raises  whatever sending raises
    """
    job = job_of(cast("UUID", errand.contract_id))
    link = reverse("quality:review", args=[errand.payload["review"]])
    _write(job, errand, DECIDING, "quality_contested", link)


@handles(TELL_EVALUATED)
@handles(TELL_ANSWERED)
@handles(REMIND)
def tell_evaluation(errand: Errand) -> None:
    """To the other party; a reminder to the client.

    raises  whatever sending raises
    """
    job = job_of(cast("UUID", errand.contract_id))
    link = reverse("quality:evaluation", args=[job.contract, errand.payload["period"]])
    _write(job, errand, EVALUATING, _LETTERS[errand.kind], link)


_LETTERS = {
    TELL_EVALUATED: "quality_evaluated",
    TELL_ANSWERED: "quality_answered",
    REMIND: "quality_due",
}


def _write(job: Job, errand: Errand, roles: Roles, letter: str, link: str) -> None:
    party = Party(errand.payload["to"])
    with within(job.scope):
        people = _people(job, roles[party], party)
    told = {key: errand.payload[key] for key in ("period", "due") if key in errand.payload}
    address = settings.PAGES_URL.rstrip("/") + link
    write_to_each(people, letter, errand=errand, title=job.title, link=address, **told)


def _people(job: Job, roles: frozenset[str], party: Party) -> list[Person]:
    held = roles_visible_to(job.scope).filter(
        contract_id=job.contract, role__in=roles, ends_at__isnull=True, org__kind=party.value
    )
    people = people_visible_to(job.scope).filter(is_active=True)
    return list(people.filter(pk__in=held.values("person")))
