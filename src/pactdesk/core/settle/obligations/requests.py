"""What one party asked of the other under a duty: an answer, data, and the data's return.

Source: A22 (assistance with problems), C14 (business data are supplied). A duty without a number
holds all the time; each time that it is called for is an instance of its own, told by a fact
ASKED, and ended by DONE or WAIVED. The instance says what, which request and until which day:
"request R-7 2026-11-24".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pactdesk.core.facts.families.life import DutyDone
from pactdesk.core.facts.fields import is_day
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told

_NO_DAY = "-"


class Sought(StrEnum):
    """What an instance asks for."""

    ANSWER = "request"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Instance:
    """One time that a duty was called for; `until` is its last day, if one was named."""

    sought: Sought
    code: str
    until: date | None

    def text(self) -> str:
        """As facts tell it.

        >>> Instance(Sought.ANSWER, "R-7", date(2026, 11, 24)).text()
        'request R-7 2026-11-24'
        """
        return f"{self.sought} {self.code} {self.until.isoformat() if self.until else _NO_DAY}"


def instance_in(text: str) -> Instance | None:
    """The inverse of `text`; None of an instance that is of another sort."""
    sought, _, rest = text.partition(" ")
    code, _, day = rest.rpartition(" ")
    if sought not in set(Sought) or not code or not (day == _NO_DAY or is_day(day)):
        return None
    return Instance(Sought(sought), code, None if day == _NO_DAY else date.fromisoformat(day))


def owed(told: Told) -> Iterator[Obligation]:
    """Each instance that was asked for; in which order its facts came changes nothing."""
    asked: dict[tuple[str, str], DutyDone] = {}
    ended: dict[tuple[str, str], tuple[date, DutyEvent]] = {}
    for day, duty in told.of(DutyDone):
        key = duty.clause, duty.instance
        if duty.event is DutyEvent.ASKED:
            asked.setdefault(key, duty)
        else:
            ended[key] = min(ended.get(key, (day, duty.event)), (day, duty.event))
    for key, duty in asked.items():
        instance = instance_in(duty.instance)
        if instance is not None:
            yield _obligation(duty, instance, ended.get(key), told)


def _obligation(
    duty: DutyDone, instance: Instance, end: tuple[date, DutyEvent] | None, told: Told
) -> Obligation:
    done = end[0] if end and end[1] is DutyEvent.DONE else None
    waived = end is not None and end[1] is DutyEvent.WAIVED
    answers = instance.sought is Sought.ANSWER
    return Obligation(
        party=duty.by.value,
        action=Action.ANSWER_REQUEST if answers else Action.RETURN_DATA,
        clause=duty.clause,
        instance=duty.instance,
        state=State.WAIVED if waived else state_on(told.on, instance.until, done),
        due=instance.until,
        done_on=done,
        # A client who keeps the provider waiting cannot hold the wait against it.
        on_breached=(Effect("excludable" if answers and duty.by is Party.CLIENT else "breach"),),
    )
