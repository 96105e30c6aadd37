"""Rounds over everything that changes with time alone."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from pactdesk.apps.parties.attempts import clear_old_attempts
from pactdesk.apps.parties.sessions import clear_expired_sessions
from pactdesk.apps.parties.tokens import clear_old_tokens
from pactdesk.apps.requests.reminding import remind
from pactdesk.apps.statements.standing import refresh_standing
from pactdesk.apps.walls.scope import within
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import instant_of
from pactdesk.jobs.contracts import every_contract

KEPT = timedelta(days=2)


logger = logging.getLogger(__name__)


def refresh_standings() -> None:
    """Measure every contract's month so far anew, so that pages need not.

    One that cannot be measured keeps no other from it; its pages say why.
    """
    for job in every_contract():
        today = job.yesterday + timedelta(days=1)
        try:
            with within(job.scope):
                refresh_standing(job.scope, job.contract, today)
        except PactError as problem:
            logger.info("no standing of %s: %s", job.code, type(problem).__name__)


def remind_of_requests() -> None:
    """Tell those who have to answer that their time runs out, and both sides when it is over."""
    now = instant_of(timezone.now())
    for job in every_contract():
        with within(job.scope):
            remind(job.scope, job.contract, now)


def sweep() -> None:
    """Delete what has expired: sessions, links in mails, attempts of the days before."""
    now = timezone.now()
    clear_expired_sessions(now)
    clear_old_tokens(now - KEPT)
    clear_old_attempts(now - KEPT)
