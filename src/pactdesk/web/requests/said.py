"""The words of the pages about requests."""

from __future__ import annotations

from pactdesk.apps.requests.kinds import HOUR_MS
from pactdesk.core.facts.names import Party
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.words import page_language

_MINUTE_MS = 60_000
_DAY_MS = 24 * HOUR_MS


def say(key: str, **facts: object) -> str:
    """A text of the section `requests` in the page's language."""
    return text("requests", key, page_language(), **facts)


def side(party: Party | str) -> str:
    """服务方 or 委托方."""
    return say(f"side.{party}")


def length_text(milliseconds: int) -> str:
    """How long something took, in its largest fitting unit; begun units count.

    >>> length_text(90 * 60_000), length_text(5_000)
    ('2 小时', '1 分钟')
    """
    for unit, size, least in (("days", _DAY_MS, 2), ("hours", HOUR_MS, 1)):
        if milliseconds >= least * size:
            return say(f"length.{unit}", n=-(-milliseconds // size))
    return say("length.minutes", n=max(1, -(-milliseconds // _MINUTE_MS)))
