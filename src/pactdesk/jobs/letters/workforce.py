"""What concerns people's work is told to them and to their leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import people_visible_to, roles_visible_to
from pactdesk.apps.walls.scope import within
from pactdesk.apps.workforce.clocking import TELL_FORGOTTEN
from pactdesk.apps.workforce.devices import TELL_OFF_PLATFORM
from pactdesk.apps.workforce.models import OffPlatform, RuleDocument, Stint
from pactdesk.apps.workforce.queries import agents_of
from pactdesk.apps.workforce.rostering import TELL_ASKED, TELL_OFFERED
from pactdesk.apps.workforce.rules import TELL_UNSIGNED
from pactdesk.core.units.instants import Instant, local_time
from pactdesk.jobs.contracts import Job, job_of
from pactdesk.jobs.errands import handles
from pactdesk.jobs.letters.sending import write_to_each


@handles(TELL_FORGOTTEN)
def tell_forgotten(errand: Errand) -> None:
    """The agent says when they left; the lead checks it.

    raises  whatever sending raises
    """
    job = _job(errand)
    with within(job.scope):
        stint = Stint.objects.get(pk=errand.payload["stint"])
        began = f"{local_time(Instant(stint.started_at_ms), job.zone):%Y-%m-%d %H:%M}"
        agent = _people(job, [stint.person_id])
        leads = _leads(job)
    who = agent[0].name if agent else "—"
    link = _link("workforce:mine")
    # Who has said when they left knows it.
    unaware = [] if stint.said_ended_ms else agent
    write_to_each(unaware, "clock_forgotten", errand=errand, title=job.title, at=began, link=link)
    # One who leads themselves has their own letter.
    others = [each for each in leads if each.pk != stint.person_id]
    facts: dict[str, Any] = {
        "title": job.title,
        "who": who,
        "at": began,
        "link": _link("workforce:team"),
    }
    write_to_each(others, "clock_to_mend", errand=errand, **facts)


@handles(TELL_UNSIGNED)
def tell_unsigned(errand: Errand) -> None:
    """The last day for signing is over.

    raises  whatever sending raises
    """
    job = _job(errand)
    with within(job.scope):
        rule = RuleDocument.objects.get(pk=errand.payload["document"])
        signed = set(rule.signatures.values_list("person_id", flat=True))
        agents = agents_of(job.scope, job.contract)
        missing = [each for one, each in agents.items() if one not in signed]
        leads = [each for each in _leads(job) if each not in missing]
    facts: dict[str, Any] = {"title": job.title, "rule": rule.name, "due": rule.due_on.isoformat()}
    link = settings.PAGES_URL.rstrip("/") + reverse("workforce:rule", args=[rule.pk])
    write_to_each(missing, "rules_to_sign", errand=errand, link=link, **facts)
    names = [each.name for each in missing]
    link = _link("workforce:rules")
    write_to_each(leads, "rules_unsigned", errand=errand, names=names, link=link, **facts)


@handles(TELL_OFF_PLATFORM)
def tell_off_platform(errand: Errand) -> None:
    """Somebody worked from a device that nobody has approved.

    raises  whatever sending raises
    """
    job = _job(errand)
    with within(job.scope):
        seen = OffPlatform.objects.select_related("device").get(pk=errand.payload["off_platform"])
        agent = _people(job, [seen.person_id])
        leads = _leads(job)
    write_to_each(
        leads,
        "off_platform",
        errand=errand,
        title=job.title,
        who=agent[0].name if agent else "—",
        device=seen.device.label,
        at=f"{local_time(Instant(seen.at_ms), job.zone):%Y-%m-%d %H:%M}",
        link=_link("workforce:devices"),
    )


@handles(TELL_OFFERED)
def tell_offered(errand: Errand) -> None:
    """The lead has planned shifts, and the agent answers.

    raises  whatever sending raises
    """
    job = _job(errand)
    with within(job.scope):
        agent = _people(job, [UUID(str(errand.payload["person"]))])
    facts: dict[str, Any] = {"title": job.title, "count": errand.payload["count"]}
    write_to_each(agent, "shifts_offered", errand=errand, link=_link("workforce:mine"), **facts)


@handles(TELL_ASKED)
def tell_asked(errand: Errand) -> None:
    """Agents ask for shifts, and the lead answers.

    raises  whatever sending raises
    """
    job = _job(errand)
    with within(job.scope):
        leads = _leads(job)
    facts: dict[str, Any] = {"title": job.title, "count": errand.payload["count"]}
    write_to_each(leads, "shifts_asked", errand=errand, link=_link("workforce:roster"), **facts)


def _job(errand: Errand) -> Job:
    return job_of(cast("UUID", errand.contract_id))


def _leads(job: Job) -> list[Person]:
    held = roles_visible_to(job.scope).filter(
        contract_id=job.contract, role=Role.LEAD.value, ends_at__isnull=True
    )
    return _people(job, held.values_list("person", flat=True))


def _people(job: Job, people: Iterable[UUID]) -> list[Person]:
    seen = people_visible_to(job.scope).filter(is_active=True)
    return list(seen.filter(pk__in=list(people)))


def _link(view: str) -> str:
    return settings.PAGES_URL.rstrip("/") + reverse(view)
