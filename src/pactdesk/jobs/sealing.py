"""Sealing the days that are over, with the provider's key, one contract after the other."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from pactdesk.apps.evidence.actions import seal_days
from pactdesk.apps.evidence.queries import last_sealed
from pactdesk.apps.walls.scope import within
from pactdesk.core.facts.log import NothingToSeal
from pactdesk.gateways.keys import SigningKey
from pactdesk.jobs.contracts import Job, every_contract

logger = logging.getLogger(__name__)


def sealing_key() -> SigningKey | None:
    """The provider's key, read anew each time, so that a changed file counts at once.

    None when no file is set up: then nothing is sealed, and the log of the worker says so.

    raises  KeyUnreadable
    """
    path = settings.SEALING_KEY_FILE
    return SigningKey.load(Path(path)) if path else None


def seal_all(contracts: Sequence[Job] | None = None) -> int:
    """Seal whatever is over and open; returns how many days it were.

    Trouble with one contract keeps no other from being sealed; the last of it is raised when
    all had their turn.
    """
    key = sealing_key()
    if key is None:
        logger.warning("PACTDESK_SEALING_KEY_FILE is not set: no day is sealed")
        return 0
    sealed, trouble = 0, None
    for job in every_contract() if contracts is None else contracts:
        try:
            sealed += _seal(job, key)
        except Exception as problem:  # told below
            logger.exception("contract %s is not sealed", job.code)
            trouble = problem
    if trouble is not None:
        raise trouble
    return sealed


def _seal(job: Job, key: SigningKey) -> int:
    try:
        with within(job.scope):
            last = last_sealed(job.contract)
            if last is not None and last >= job.yesterday:
                return 0
            return len(seal_days(job.scope, job.log, job.yesterday, key))
    except NothingToSeal:
        return 0
