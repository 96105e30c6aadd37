"""The round over people's work: forgotten clocks, unsigned rules, shifts that wait for a yes."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from pactdesk.apps.walls.scope import within
from pactdesk.apps.workforce.actions import alert_unsigned, mark_forgotten, tell_waiting
from pactdesk.core.units.instants import instant_of
from pactdesk.jobs.contracts import every_contract

logger = logging.getLogger(__name__)


def look_after_work() -> None:
    """Each is told once, to those whom it concerns."""
    now = instant_of(timezone.now())
    for job in every_contract():
        today = job.yesterday + timedelta(days=1)
        with within(job.scope):
            forgotten = mark_forgotten(job.scope, job.contract, now)
            unsigned = alert_unsigned(job.scope, job.contract, today, now)
            shifts = tell_waiting(job.scope, job.contract, now)
        if forgotten or unsigned or shifts:
            told = (job.code, forgotten, unsigned, shifts)
            logger.info("%s: %s clocks forgotten, %s rules unsigned, %s wait for shifts", *told)
