"""What the outbox asks for: each kind of errand has one handler, which bears a repetition."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable

from django.db import connection

from pactdesk.apps.outbox.doing import give_up, mark_done, put_off, take_next
from pactdesk.apps.outbox.models import Errand
from pactdesk.core.units.errors import PactError
from pactdesk.gateways.mail.errors import LetterRefused
from pactdesk.jobs.errors import ErrandKindUnknown, RecipientUnknown
from pactdesk.messages.catalogue import say

logger = logging.getLogger(__name__)

Handler = Callable[[Errand], None]
HANDLERS: dict[str, Handler] = {}
"""kind → what does it; filled by the modules of `jobs/letters`."""

# Whatever else goes wrong may be mended, by a restart, a setting or a newer version.
HOPELESS: tuple[type[PactError], ...] = (LetterRefused, RecipientUnknown)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """The decorator of a handler."""

    def registered(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return registered


def do_errands(limit: int = 100) -> Counter[str]:
    """Do what is due, oldest first, up to `limit`; counts done, put_off and given_up."""
    outcomes: Counter[str] = Counter()
    for _ in range(limit):
        errand = take_next()
        if errand is None:
            break
        outcomes[_do(errand)] += 1
    return outcomes


def _do(errand: Errand) -> str:
    try:
        handler = HANDLERS.get(errand.kind)
        if handler is None:
            raise ErrandKindUnknown(kind=errand.kind)
        handler(errand)
    except HOPELESS as problem:
        give_up(errand.pk, problem=say(problem, "zh"))
        logger.error("errand %s (%s) given up", errand.pk, errand.kind)
        return "given_up"
    except Exception as problem:
        connection.close_if_unusable_or_obsolete()
        known = isinstance(problem, PactError)
        put_off(errand.pk, attempts=errand.attempts, problem=_said(problem))
        # Without the values of an unknown error: they may be somebody's personal data.
        logger.warning("errand %s (%s) put off", errand.pk, errand.kind, exc_info=not known)
        return "put_off"
    mark_done(errand.pk)
    return "done"


def _said(problem: Exception) -> str:
    return say(problem, "zh") if isinstance(problem, PactError) else type(problem).__name__
