"""Reading the outbox: for jobs only, the pages' role sees none of it."""

from __future__ import annotations

from django.db.models import QuerySet

from pactdesk.apps.outbox.models import Errand


def open_errands() -> QuerySet[Errand]:
    """What is still to be done, oldest first."""
    waiting = Errand.objects.filter(done_at__isnull=True, given_up_at__isnull=True)
    return waiting.order_by("recorded_at", "id")


def errands_in_trouble() -> QuerySet[Errand]:
    """What failed and was not done since, given up or not; oldest first."""
    unfinished = Errand.objects.filter(done_at__isnull=True).exclude(problem="")
    return unfinished.order_by("recorded_at", "id")
