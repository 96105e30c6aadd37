"""The outbox's rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.walls.identifiers import new_id


class Errand(models.Model):
    """What must follow an action: a mail to send, a day to seal.

    kind       which job does it: `parties.send_invitation`
    payload    ids and plain values that the job needs; never a secret
    due_at     no attempt before it: the time it was left, later the next attempt
    done_at    when a job did it; until then it is open
    given_up_at   when it turned out that no attempt can succeed
    problem    why the last attempt failed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(db_default=Now())
    org_id = models.UUIDField(null=True)
    contract_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    attempts = models.PositiveIntegerField(db_default=0)
    problem = models.TextField(db_default="")
    due_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """Jobs take the oldest that is open."""

        db_table = "outbox_errand"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["recorded_at", "id"],
                condition=models.Q(done_at__isnull=True, given_up_at__isnull=True),
                name="outbox_open",
            ),
        ]
