"""付款条件: which parts of a fee for work came to be owed (`part_due|clause|part`).

A part is owed from the instant at which the last of its conditions came true. It is billed in the
period that holds this instant, so that every part is billed once, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.works import WorkTold
from pactdesk.core.facts.kinds import InvoiceReceived
from pactdesk.core.facts.names import ContractEvent, FactKind, WorkEvent
from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.term_days import last_day, term_ends
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_lump_sum import AdvanceEvent, LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.work_parts import Gate
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.core.units.periods import add_months

ADVANCE, FINAL = "advance", "final"
"""Names of parts that every contract calls so."""


class PartNameTwice(PactError):
    """Clause `clause` calls two parts `name`; facts could not tell which is meant."""


@dataclass(frozen=True, slots=True)
class Payable:
    """One part of a fee.

    path   term path of its price
    since  from when it could be owed; None while its own event has not happened
    waits  each gate → since when it is open, None while it is closed
    """

    name: str
    path: str
    since: Instant | None
    waits: Mapping[Gate, Instant | None]

    @property
    def owed_at(self) -> Instant | None:
        """When the last of its conditions came true."""
        conditions = [self.since, *self.waits.values()]
        known = [each for each in conditions if each is not None]
        return max(known) if len(known) == len(conditions) else None


def counted(counting: Counting, clause_id: str, name: str) -> Fraction:
    """1 when the part's last condition came true in the period, else 0."""
    part = next(each for each in payables(counting, clause_id) if each.name == name)
    return Fraction(is_due(counting, part))


def months(counting: Counting, clause_id: str) -> Fraction:
    """`lump_months|clause`: how many monthly parts have the agreed price.

    All, but for the last where nothing comes after it: that one takes what is left of the total.
    """
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, LumpSumFee)  # noqa: S101 - its own line asks
    return Fraction(max(0, len(list(month_ends(counting))) - (clause.final is None)))


def is_due(counting: Counting, part: Payable) -> bool:
    """Whether it came to be owed in the period; not before the first day of the term."""
    if part.owed_at is None:
        return False
    start, _ = term_ends(counting)
    return counting.start <= max(part.owed_at, _start(counting, start)) < counting.end


def payables(counting: Counting, clause_id: str) -> tuple[Payable, ...]:
    """All parts in their order: advance, instalments, months, final; or the milestones.

    raises  PartNameTwice, BlankLeft
    """
    clause = counting.contract.clause(clause_id)
    if isinstance(clause, MilestonesFee):
        parts = tuple(_milestones(counting, clause))
    else:
        assert isinstance(clause, LumpSumFee)  # noqa: S101 - its own line asks
        parts = tuple(_of_lump_sum(counting, clause))
    names = [part.name for part in parts]
    for name in names:
        if names.count(name) > 1:
            raise PartNameTwice(clause=clause_id, name=name)
    return parts


def _milestones(counting: Counting, clause: MilestonesFee) -> Iterator[Payable]:
    told, gates = _told(counting), agreed(clause.gates, f"{clause.id}.gates")
    since = _start(counting, term_ends(counting)[0])
    for n, each in enumerate(agreed(clause.milestones, f"{clause.id}.milestones")):
        path = f"{clause.id}.milestones.{n}"
        yield Payable(each.name, path, since, told.waits(clause.id, each.name, gates))


def _of_lump_sum(counting: Counting, clause: LumpSumFee) -> Iterator[Payable]:
    told, gates = _told(counting), agreed(clause.gates, f"{clause.id}.gates")
    ended = last_day(counting)
    if clause.advance is not None:
        event = agreed(clause.advance.event, f"{clause.id}.advance.event")
        yield Payable(ADVANCE, f"{clause.id}.advance", told.steps.get(event), {})
    for n, each in enumerate(clause.instalments):
        path = f"{clause.id}.instalments.{n}"
        day = agreed(each.day, f"{path}.day")
        waits = told.waits(clause.id, each.name, gates)
        yield Payable(each.name, path, _start(counting, day), waits)
    if clause.monthly is not None:
        for day in month_ends(counting):
            name = f"{day:%Y-%m}"
            # A month after an early end was never served.
            since = _start(counting, day) if day <= ended.day else None
            waits = told.waits(clause.id, name, gates)
            yield Payable(name, f"{clause.id}.monthly", since, waits)
    if clause.final is not None:
        waits = told.waits(clause.id, FINAL, (Gate.DONE, *gates))
        since = max(_start(counting, ended.day), ended.told_at or Instant(0))
        yield Payable(FINAL, f"{clause.id}.final", since, waits)


def cut_part(counting: Counting, clause_id: str) -> Payable | None:
    """The monthly part whose month an early end cut off; None where none was.

    Owed from the contract's last day on, not before the termination that brought it. A month that
    was owed as a whole before the month in which this was told stays as it was billed.
    """
    clause, ended = counting.contract.clause(clause_id), last_day(counting)
    assert isinstance(clause, LumpSumFee)  # noqa: S101 - its own line asks
    month_end = next((day for day in month_ends(counting) if day >= ended.day), None)
    if clause.monthly is None or month_end is None:
        return None
    if not term_ends(counting)[0] <= ended.day < month_end:
        return None
    gates = agreed(clause.gates, f"{clause.id}.gates")
    name = f"{month_end:%Y-%m}"
    since = max(_start(counting, ended.day), ended.told_at or Instant(0))
    waits = _told(counting).waits(clause.id, name, gates)
    whole = Payable(name, f"{clause.id}.monthly", _start(counting, month_end), waits)
    if _was_billed(counting, whole, ended.told_at):
        return None
    return replace(whole, since=since)


def _was_billed(counting: Counting, whole: Payable, told_at: Instant | None) -> bool:
    if told_at is None or whole.owed_at is None:
        return False
    zone = zone_named(counting.contract.zone)
    return whole.owed_at < day_start(local_day(told_at, zone).replace(day=1), zone)


def month_ends(counting: Counting) -> Iterator[date]:
    """The last day of each whole month of the term, counted from its first day."""
    start, end = term_ends(counting)
    index = 1
    while (last := add_months(start, index) - timedelta(days=1)) <= end:
        yield last
        index += 1


def was_refused(counting: Counting, clause_id: str, name: str) -> bool:
    """Whether the client sent the part back before the period's end."""
    return (f"{clause_id}.{name}", WorkEvent.REFUSED) in _told(counting).work


_WORK = {Gate.DONE: WorkEvent.DONE, Gate.ACCEPTED: WorkEvent.ACCEPTED}
_STEPS = {
    ContractEvent.SIGNED: AdvanceEvent.CONTRACT_SIGNED,
    ContractEvent.DOCUMENTS_RECEIVED: AdvanceEvent.DOCUMENTS_RECEIVED,
}


@dataclass(slots=True)
class _Told:
    """When each thing first happened, of what happened before the period's end."""

    work: dict[tuple[str, WorkEvent], Instant] = field(default_factory=dict)
    invoices: dict[str, Instant] = field(default_factory=dict)
    steps: dict[AdvanceEvent, Instant] = field(default_factory=dict)

    def waits(self, clause_id: str, name: str, gates: Iterable[Gate]) -> dict[Gate, Instant | None]:
        """Each gate of a part, and since when it is open."""
        item = f"{clause_id}.{name}"
        return {
            gate: self.invoices.get(item)
            if gate is Gate.INVOICE
            else self.work.get((item, _WORK[gate]))
            for gate in gates
        }


def _told(counting: Counting) -> _Told:
    told = _Told()
    kinds = (FactKind.WORK, FactKind.INVOICE_RECEIVED, FactKind.CONTRACT)
    for each in as_happened(counting.facts, *kinds):
        at = each.fact.occurred_at
        if at >= counting.end:
            break
        match each.fact.detail:
            case WorkTold(item=item, event=event):
                told.work.setdefault((item, event), at)
            case InvoiceReceived(statement=item):
                told.invoices.setdefault(item, at)
            case ContractStep(event=step) if step in _STEPS:
                told.steps.setdefault(_STEPS[step], at)
            case _:
                pass
    return told


def _start(counting: Counting, day: date) -> Instant:
    return day_start(day, zone_named(counting.contract.zone))
