"""Quality's round: samples are drawn once they can be, the client is reminded of evaluations."""

from __future__ import annotations

import logging

from django.utils import timezone

from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.quality.actions import draw_due, remind_due
from pactdesk.apps.walls.scope import within
from pactdesk.core.units.errors import PactError
from pactdesk.jobs.contracts import every_contract

logger = logging.getLogger(__name__)


def inspect_quality() -> None:
    """For every contract; trouble with one keeps no other from it."""
    now = timezone.now()
    for job in every_contract():
        try:
            with within(job.scope):
                contract = contract_of(job.scope, job.contract)
                draw_due(job.scope, contract, now)
                remind_due(job.scope, contract, now.astimezone(job.zone).date())
        except PactError as problem:
            logger.info("no quality round of %s: %s", job.code, type(problem).__name__)
