"""Days that press as an iCalendar file (.ics): all-day entries, a reminder three days before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from pactdesk.core.settle.obligations.obligation import Obligation, State
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.obligations.words import ObligationWords
from pactdesk.messages.catalogue import Language

_PRESSING = frozenset({State.OPEN, State.OVERDUE})
_REMINDER = timedelta(days=3)


def calendar_file(
    contract: Contract, obligations: Iterable[Obligation], on: date, language: Language
) -> bytes:
    """Every obligation that is open or overdue and has a day.

    on   also the stamp of every entry, so the same day gives the same bytes
    """
    words = ObligationWords(contract, language)
    calendar = Calendar()
    calendar.add("prodid", "-//Pactdesk//obligations//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words.say("calendar", contract=contract.title))
    for each in obligations:
        if each.state in _PRESSING and each.due is not None:
            calendar.add_component(_event(contract, each, each.due, on, words))
    made: bytes = calendar.to_ical()
    return made


def _event(
    contract: Contract, each: Obligation, due: date, on: date, words: ObligationWords
) -> Event:
    event = Event()
    # The same obligation keeps its id from export to export, so a calendar moves it.
    event.add("uid", f"{contract.contract_id}/{each.key}@pactdesk")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"{words.party(each)}：{words.action(each)}")
    event.add("description", words.sentence(each))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words.action(each))
    alarm.add("trigger", -_REMINDER)
    event.add_component(alarm)
    return event
