"""Reading the audit, inside a scope."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from pactdesk.apps.audit.models import Entry
from pactdesk.apps.walls.scope import Scope


def entries_visible_to(scope: Scope) -> QuerySet[Entry]:
    """Newest first: what they did, what was done in their contracts; as administrator, more."""
    visible = Q(person_id=scope.person) | Q(contract_id__in=list(scope.contracts))
    if scope.administrator:
        visible |= Q(org_id=scope.org)
    entries = Entry.objects.order_by("-recorded_at", "-id")
    return entries if scope.operator else entries.filter(visible)


def entries_about(scope: Scope, subject: UUID) -> QuerySet[Entry]:
    """What was done to one thing, newest first."""
    return entries_visible_to(scope).filter(subject_id=subject)
