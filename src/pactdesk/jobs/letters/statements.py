"""What happens to a statement is told to the other party: issued, objected, answered, agreed."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import people_visible_to, roles_visible_to
from pactdesk.apps.statements.confirming import TELL_AGREED
from pactdesk.apps.statements.hands import SPEAKING
from pactdesk.apps.statements.issuing import TELL_ISSUED
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.objecting import TELL_ANSWERED, TELL_OBJECTED
from pactdesk.apps.walls.scope import within
from pactdesk.core.facts.kinds import Party
from pactdesk.jobs.contracts import Job, job_of
from pactdesk.jobs.errands import handles
from pactdesk.jobs.letters.sending import write_to_each

LETTERS = {
    TELL_ISSUED: "statement_issued",
    TELL_OBJECTED: "statement_objected",
    TELL_ANSWERED: "statement_answered",
    TELL_AGREED: "statement_agreed",
}


def tell_statement(errand: Errand) -> None:
    """Write to those whose word binds the party that is to know; no amount leaves by mail.

    raises  whatever sending raises
    """
    job = job_of(cast("UUID", errand.contract_id))
    party = Party(errand.payload["to"])
    with within(job.scope):
        statement = Statement.objects.get(pk=errand.payload["statement"])
        people = people_of(job, party)
    # Somebody may have left since: with nobody to write to there is nothing to do.
    write_to_each(
        people,
        LETTERS[errand.kind],
        errand=errand,
        title=job.title,
        period=statement.period,
        line=errand.payload.get("line") or "",
        link=settings.PAGES_URL.rstrip("/") + reverse("portal:statement", args=[statement.pk]),
    )


for _kind in LETTERS:
    handles(_kind)(tell_statement)


def people_of(job: Job, party: Party) -> list[Person]:
    """Those whose word binds the party in this contract."""
    held = roles_visible_to(job.scope).filter(
        contract_id=job.contract,
        role__in=SPEAKING[party],
        ends_at__isnull=True,
        org__kind=party.value,
    )
    people = people_visible_to(job.scope).filter(is_active=True)
    return list(people.filter(pk__in=held.values("person")))
