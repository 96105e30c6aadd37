"""Terms and a sealed log in, a measured and settled month out: for commands and pages alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import FactKind, StatementIssued
from pactdesk.core.facts.log import Conflict, FactLog
from pactdesk.core.settle.adjusting import adjusted, adjustments, with_adjustments
from pactdesk.core.settle.adjustment import Adjustment
from pactdesk.core.settle.hashes import calendar_hash, terms_hash
from pactdesk.core.settle.so_far import MonthSoFar, so_far
from pactdesk.core.settle.statement import Pins, Statement, settle
from pactdesk.core.settle.stretches import versions_in
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Severity
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar

__all__ = [
    "MonthSoFar",
    "contested",
    "measured_month",
    "month_until",
    "pending_adjustments",
    "provisional_statement",
    "settled_month",
]


class NotSealed(PactError):
    """The log of `contract` is sealed up to `sealed`, but `period` needs `needed` and before."""


class IssueNotSealed(PactError):
    """`statement` was issued on `day`, which is not sealed (`sealed` is the last that is)."""


class TermsUnsettleable(PactError):
    """The linter's error `code` about `clauses` (`quotes`) concerns what figures are made from."""


class ZoneDiffers(PactError):
    """The terms say `terms`, the log `log`: days and months would begin at different instants."""


_BLOCKING = {
    "DATE_INVALID",
    "SHARE_OUT_OF_RANGE",
    "FEE_CONFLICT",
    "SL_CONFLICT",
    "DEDUCTION_WITHOUT_LEVEL",
    "HOURS_OVERLAP",
    "REFERENCE_UNKNOWN",
    "TERM_MISMATCH",
    "TIERS_DISORDERED",
}
"""Findings about what a figure is made from; others are for lawyers, not for the sum."""


def measured_month(
    contract: Contract, log: FactLog, calendar: WorkCalendar, period: Period
) -> MonthSoFar:
    """Levels and verdicts from all facts recorded until now, sealed or not."""
    _refuse_other_zone(contract, log)
    return so_far(contract, tuple(log.facts(contract.contract_id)), calendar, period)


def settled_month(
    contract: Contract, log: FactLog, calendar: WorkCalendar, period: Period
) -> Statement:
    """The statement from the sealed facts; unsealed ones cannot be rechecked and do not count.

    Nor do amendments signed after the last sealed day. What came late for issued months, facts and
    amendments, makes adjustment lines.

    raises  NotSealed unless every day of the period is sealed, IssueNotSealed, and what `settle`
            raises
    """
    _refuse_errors(contract.completed(), period)
    _refuse_other_zone(contract, log)
    chain = log.checkpoints()
    sealed: date | None = chain[-1].body.day if chain else None
    if sealed is None or sealed < period.last_day:
        raise NotSealed(
            contract=contract.contract_id,
            sealed=sealed.isoformat() if sealed else "—",
            period=str(period),
            needed=period.last_day.isoformat(),
        )
    facts = tuple(log.facts(contract.contract_id, through=sealed))
    held = contract.signed_by(sealed)
    month = so_far(held, facts, calendar, period)
    last = chain[-1].body
    pins = Pins(
        terms=terms_hash(contract),
        calendar=calendar_hash(calendar),
        evidence_day=last.day.isoformat(),
        evidence_log_size=last.log_size,
        evidence_log_root=last.log_root,
    )
    own = settle(held, month.measured, month.ledger, pins, month.records)
    statement = adjusted(own, held, facts, calendar)
    if statement.adjustments:
        _refuse_unsealed_issues(contract, log, period, sealed)
    return statement


def month_until(
    contract: Contract,
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
    period: Period,
    until: Instant,
) -> MonthSoFar:
    """Levels and verdicts as if the month ended at `until`: what is open then is carried."""
    return so_far(contract, facts, calendar, period, until)


def provisional_statement(
    contract: Contract, month: MonthSoFar, calendar: WorkCalendar
) -> Statement:
    """The statement if the month ended with what was measured: sealed by nothing, never issued.

    At the end of the month its own lines are those of the statement. What late facts and amendments
    would adjust by now stands below them. A late fee counts the days of the whole month, as if
    nothing more were paid in it.

    raises  what `settled_month` raises, except NotSealed
    """
    _refuse_errors(contract.completed(), month.measured.period)
    pins = Pins(terms_hash(contract), calendar_hash(calendar), "", 0, "")
    own = settle(contract, month.measured, month.ledger, pins, month.records)
    pending = pending_adjustments(contract, month, calendar)
    return with_adjustments(own, contract, pending)


def pending_adjustments(
    contract: Contract, month: MonthSoFar, calendar: WorkCalendar
) -> tuple[Adjustment, ...]:
    """What late facts and amendments change in issued months before this one, as known by now.

    The next statement bills what is known by its own evidence day: more may come, or go again.
    """
    facts, until = month.records.facts, month.records.until
    known = until if until is not None else max((each.recorded_at for each in facts), default=None)
    if known is None:
        return ()
    day = local_day(known, zone_named(contract.zone))
    held = contract.signed_by(day)
    return adjustments(held, facts, calendar, month.measured.period, day)


def contested(log: FactLog) -> tuple[Conflict, ...]:
    """Events told in several ways of which none was sealed: none of them counts."""
    return tuple(each for each in log.conflicts() if each.sealed is None)


def _refuse_unsealed_issues(contract: Contract, log: FactLog, period: Period, sealed: date) -> None:
    """A statement that may have billed the same late facts must be among the sealed facts."""
    zone = zone_named(contract.zone)
    for each in log.facts(contract.contract_id):
        issued = each.fact.detail if each.fact.kind is FactKind.STATEMENT_ISSUED else None
        day = local_day(each.recorded_at, zone)
        if isinstance(issued, StatementIssued) and day > sealed and issued.period != str(period):
            raise IssueNotSealed(
                statement=issued.statement, day=day.isoformat(), sealed=sealed.isoformat()
            )


def _refuse_other_zone(contract: Contract, log: FactLog) -> None:
    if log.zone.key != contract.zone:
        raise ZoneDiffers(terms=contract.zone, log=log.zone.key)


def _refuse_errors(contract: Contract, period: Period) -> None:
    """Errors of terms that hold on a day of the month."""
    versions = versions_in(contract, period)
    for finding in (each for version in versions for each in lint(version.contract)):
        if finding.severity is Severity.ERROR and finding.code in _BLOCKING:
            raise TermsUnsettleable(
                code=finding.code,
                clauses=finding.clauses,
                quotes=[f"{quote.clause} “{quote.quote}”" for quote in finding.quotes] or "—",
            )
