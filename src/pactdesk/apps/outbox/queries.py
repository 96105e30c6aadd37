"""Reading the outbox: for jobs only, the pages' role sees none of it."""

from __future__ import annotations

from django.db.models import QuerySet

from pactdesk.apps.outbox.models import Errand


def open_errands() -> QuerySet[Errand]:
    """What is still to be done, oldest first."""
    return Errand.objects.filter(done_at__isnull=True).order_by("recorded_at", "id")
