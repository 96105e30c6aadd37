"""Checkpoints go to the client within hours: from then on nothing before can be changed."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from pactdesk.apps.evidence.queries import checkpoints_of
from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.kinds import OrganisationKind, Role
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import people_visible_to, roles_visible_to
from pactdesk.apps.walls.scope import within
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.checkpoints import SignedCheckpoint, to_checkpoint_record
from pactdesk.gateways.mail.letter import Attachment
from pactdesk.jobs.contracts import Job, job_of
from pactdesk.jobs.errands import handles
from pactdesk.jobs.errors import NobodyToShow
from pactdesk.jobs.letters.sending import write_to_each

WITNESSES = (Role.CLIENT_MANAGER.value, Role.FINANCE.value)

MOST_ATTACHED = 62
"""Days in one letter; of a longer stretch the last ones, which stand for those before."""


@handles("evidence.show_checkpoint")
def show_checkpoint(errand: Errand) -> None:
    """Send the client the seals that were made, one file for each day.

    raises  NobodyToShow, and whatever sending raises
    """
    job = job_of(cast("UUID", errand.contract_id))  # `seal_days` names it
    through = date.fromisoformat(errand.payload["through"])
    with within(job.scope):
        witnesses = _witnesses(job)
        made = [each for each in checkpoints_of(job.contract) if each.body.day <= through]
    if not witnesses:
        raise NobodyToShow(code=job.code)
    shown = made[-min(int(errand.payload["days"]), MOST_ATTACHED) :]
    attachments = tuple(_attached(job, each) for each in shown)
    facts = {"through": through.isoformat(), "digest": errand.payload["digest"]}
    facts |= {"title": job.title, "code": job.code, "days": len(shown)}
    write_to_each(witnesses, "checkpoint", errand=errand, attachments=attachments, **facts)


def checkpoint_name(job: Job, day: date) -> str:
    """How the file of a day's checkpoint is called."""
    return f"checkpoint-{job.code}-{day.isoformat()}.json"


def _attached(job: Job, signed: SignedCheckpoint) -> Attachment:
    content = canonical_json(to_checkpoint_record(signed)) + b"\n"
    return Attachment(checkpoint_name(job, signed.body.day), content)


def _witnesses(job: Job) -> list[Person]:
    """The client's managers and its finance, each once."""
    held = roles_visible_to(job.scope).filter(
        contract_id=job.contract,
        role__in=WITNESSES,
        ends_at__isnull=True,
        org__kind=OrganisationKind.CLIENT.value,
    )
    people = people_visible_to(job.scope).filter(is_active=True)
    return list(people.filter(pk__in=held.values("person")))
