"""Doing errands: one at a time is taken, and ends as done, as tried again later, or given up.

Taking one puts its next attempt off by `LEASE`, in the same statement: while somebody works on
it nobody else takes it, and if they are killed it comes up again. So each errand is done at
least once, and what does it must bear a repetition.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.outbox.queries import open_errands

LEASE = timedelta(minutes=5)
"""Longer than any handler works: each of its waits has a limit of its own."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=4)
LONGEST_PROBLEM = 500


def take_next() -> Errand | None:
    """The oldest errand that is due and that nobody works on; none when there is nothing to do."""
    with transaction.atomic():
        waiting = open_errands().filter(due_at__lte=Now())
        errand = waiting.select_for_update(skip_locked=True).first()
        if errand is not None:
            mine = Errand.objects.filter(pk=errand.pk)
            mine.update(attempts=F("attempts") + 1, due_at=Now() + LEASE)
            errand.attempts += 1
        return errand


def mark_done(errand: UUID) -> None:
    """It is done, and what went wrong before is forgotten."""
    Errand.objects.filter(pk=errand).update(done_at=Now(), problem="")


def put_off(errand: UUID, *, attempts: int, problem: str) -> None:
    """It did not work, and may later."""
    Errand.objects.filter(pk=errand).update(
        due_at=Now() + pause_after(attempts), problem=problem[:LONGEST_PROBLEM]
    )


def give_up(errand: UUID, *, problem: str) -> None:
    """It can never work; it stays, with its problem, for somebody to look at."""
    Errand.objects.filter(pk=errand).update(given_up_at=Now(), problem=problem[:LONGEST_PROBLEM])


def try_again(errand: UUID) -> None:
    """Somebody mended what was wrong: it is due now, given up or not."""
    Errand.objects.filter(pk=errand, done_at__isnull=True).update(given_up_at=None, due_at=Now())


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, up to a limit.

    >>> [str(pause_after(attempts)) for attempts in (1, 2, 3, 99)]
    ['0:00:30', '0:01:00', '0:02:00', '4:00:00']
    """
    doublings = min(max(attempts - 1, 0), 20)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
