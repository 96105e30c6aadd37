"""A month from its facts: measured, judged, with the ledger; not yet money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.measuring import Measured, measure
from pactdesk.core.settle.assessment import Assessed, assess
from pactdesk.core.settle.correcting import corrected
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.late_facts import in_time
from pactdesk.core.settle.ledger import EarlierStatement, ledger
from pactdesk.core.settle.parts import Parts
from pactdesk.core.settle.stretches import OutsideTerm, split_month
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """A month as measured and judged; not yet money."""

    measured: Measured
    ledger: tuple[EarlierStatement, ...]
    assessed: tuple[Assessed, ...]
    records: Records


def so_far(
    contract: Contract,
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
    month: Period,
    until: Instant | None = None,
) -> MonthSoFar:
    """The month from all facts that came in time, as if it ended at `until`.

    A month outside the term can be measured all the same; it is never settled.
    """
    kept = in_time(contract, facts)
    records = Records(kept, calendar, until)
    earlier = corrected(ledger(kept, contract, calendar, month), contract, facts, calendar)
    try:
        parts = Parts(split_month(contract, month, facts=kept), earlier, records)
    except OutsideTerm:
        held = contract.on(month.last_day)
        measured = measure(held, kept, calendar, month, until=until)
        return MonthSoFar(measured, earlier, assess(held, measured.levels, earlier, month), records)
    return MonthSoFar(parts.month(), earlier, parts.assessed(), records)
