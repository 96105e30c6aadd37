"""What the worker does, and when. Each job calls one action; times are UTC.

A round that is still waiting is not queued a second time, and one that fails only waits for
the next: what it would have done is still to be done then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.db import close_old_connections
from procrastinate import App, Blueprint, JobContext, builtin_tasks

from pactdesk.jobs import letters
from pactdesk.jobs.errands import do_errands
from pactdesk.jobs.letters.between import leave_digests
from pactdesk.jobs.quality import inspect_quality
from pactdesk.jobs.rounds import refresh_standings, remind_of_requests, sweep
from pactdesk.jobs.sealing import seal_all
from pactdesk.jobs.watching import WATCH
from pactdesk.jobs.workforce import look_after_work

logger = logging.getLogger(__name__)

rounds = Blueprint()

EVERY_FIVE_SECONDS = "* * * * * */5"  # the last column is the seconds
EVERY_MINUTE = "* * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_HOUR = "17 * * * *"
EVERY_MORNING = "30 0 * * *"  # half past eight in China

KEPT_HOURS = 24 * 7

letters.load()


def _round(name: str, cron: str) -> Callable[[Callable[[], object]], Callable[[int], None]]:
    """Register what takes no argument as a periodic job of that name."""

    def registered(work: Callable[[], object]) -> Callable[[int], None]:
        @wraps(work)
        def run(timestamp: int) -> None:  # noqa: ARG001  which round it is; each does what it finds
            close_old_connections()
            try:
                with WATCH.round(name):
                    work()
            finally:
                close_old_connections()

        task = rounds.task(name=name, queueing_lock=name, pass_context=False)(run)
        rounds.periodic(cron=cron, periodic_id=name)(task)
        return run

    return registered


_round("do_errands", EVERY_FIVE_SECONDS)(lambda: WATCH.errands(do_errands()))
_round("refresh_standings", EVERY_MINUTE)(refresh_standings)
_round("seal_days", EVERY_TEN_MINUTES)(seal_all)
_round("inspect_quality", EVERY_HOUR)(inspect_quality)
_round("remind_of_requests", EVERY_MINUTE)(remind_of_requests)
_round("look_after_work", EVERY_TEN_MINUTES)(look_after_work)
_round("sweep", EVERY_HOUR)(sweep)
_round("leave_digests", EVERY_MORNING)(leave_digests)


@rounds.periodic(cron=EVERY_HOUR)
@rounds.task(name="remove_old_jobs", queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Forget jobs that failed a week ago; those that went well are forgotten at once."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEPT_HOURS, remove_failed=True)


def add_to(app: App) -> None:
    """Give the worker its jobs."""
    app.add_tasks_from(rounds, namespace="pactdesk")
