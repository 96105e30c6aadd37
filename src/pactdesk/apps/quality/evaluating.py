"""The client evaluates a cycle, with reasons; the provider answers (合理评价, C15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.quality.errors import EvaluationAnswered, EvaluationGiven, EvaluationTooEarly
from pactdesk.apps.quality.hands import EVALUATING, need, said
from pactdesk.apps.quality.models import Evaluation
from pactdesk.apps.quality.queries import evaluation_of
from pactdesk.apps.quality.sheets import Form, evaluation_form
from pactdesk.apps.quality.values import items_plain, marks_plain
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.families.life import DutyDone
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.measure.marking import Mark, Marked, marked
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.settle.obligations.evaluations import (
    asking,
    cycle_ending,
    evaluation_due,
    is_last_of_cycle,
)
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.instants import instant_of, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished

TELL_EVALUATED = "quality.tell_evaluated"
TELL_ANSWERED = "quality.tell_evaluation_answered"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be evaluated, and by when.

    clause    the clause that asks for it; none: the evaluation is free
    due       none while its calendar is not published
    is_named  whether the contract names the day; else it is the usual one
    """

    month: Period
    days: Period
    form: Form
    clause: str | None
    due: date | None
    is_named: bool

    @property
    def period(self) -> str:
        """As rows name it."""
        return str(self.month)


def asked(terms: Terms, period: str) -> Asked:
    """Raises MonthUnreadable, EvaluationTooEarly where no cycle ends with the month."""
    month = Period.month(period)
    held = terms.on(month.last_day)
    if not is_last_of_cycle(held, month):
        raise EvaluationTooEarly(period=period)
    try:
        due, is_named = evaluation_due(held, month, load_china())
    except CalendarNotPublished:
        return Asked(
            month, cycle_ending(held, month), evaluation_form(held), asking(held), None, False
        )
    return Asked(
        month, cycle_ending(held, month), evaluation_form(held), asking(held), due, is_named
    )


def evaluate(
    by: UUID,
    *,
    contract: UUID,
    period: str,
    marks: Iterable[Mark],
    note: str = "",
    at: datetime,
) -> UUID:
    """The client's word about the cycle that ends with a month; given once.

    raises  ContractUnknown, NotAllowed, TermsNotYet, MonthUnreadable, EvaluationTooEarly,
            EvaluationGiven, MarkMissing, MarkBeyond, LossUnexplained, QualityTextTooLong
    """
    with scoped(by) as scope:
        stored, _ = need(scope, contract, "evaluate", EVALUATING, Party.CLIENT)
        wanted = asked(terms_of(scope, contract, Period.month(period).last_day), period)
        if at.astimezone(zone_named(stored.zone)).date() < wanted.month.end:
            raise EvaluationTooEarly(period=period)
        form = marked(wanted.form.items, _kept(marks))
        made = _saved(stored, wanted, form, by, said(note, needed=False), at)
        if wanted.clause is not None:
            _tell_done(stored, wanted.clause, made, at)
        details: dict[str, str | int | bool | None] = {"period": period, "total": form.total}
        record(scope, "quality.evaluate", subject=made.pk, contract=contract, details=details)
        payload = {"period": period, "to": Party.PROVIDER.value}
        leave_errand(scope, TELL_EVALUATED, payload, contract=contract)
        return made.pk


def answer_evaluation(by: UUID, *, contract: UUID, period: str, answer: str, at: datetime) -> None:
    """The provider's answer, once.

    raises  ContractUnknown, NotAllowed, EvaluationUnknown, EvaluationAnswered,
            QualityReasonMissing, QualityTextTooLong
    """
    words = said(answer)
    with scoped(by) as scope:
        need(scope, contract, "answer_evaluation", EVALUATING, Party.PROVIDER)
        found = evaluation_of(scope, contract, period)
        held = Evaluation.objects.select_for_update(no_key=True, of=("self",))
        now = held.filter(pk=found.pk, answered_at__isnull=True).first()
        if now is None:
            raise EvaluationAnswered(period=period)
        now.answer, now.answered_by_id, now.answered_at = words, by, at
        now.save(update_fields=["answer", "answered_by", "answered_at"])
        record(scope, "quality.answer_evaluation", subject=now.pk, contract=contract)
        payload = {"period": period, "to": Party.CLIENT.value}
        leave_errand(scope, TELL_ANSWERED, payload, contract=contract)


def _kept(marks: Iterable[Mark]) -> list[Mark]:
    return [Mark(each.item, each.points, said(each.reason, needed=False)) for each in marks]


def _saved(
    contract: Contract, wanted: Asked, form: Marked, by: UUID, note: str, at: datetime
) -> Evaluation:
    made = Evaluation(
        contract=contract,
        period=wanted.period,
        items=items_plain(form),
        marks=marks_plain(form.marks),
        note=note,
        clause=wanted.clause or "",
        by_id=by,
        at=at,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise EvaluationGiven(period=wanted.period) from None
    return made


def _tell_done(contract: Contract, clause: str, made: Evaluation, at: datetime) -> None:
    """The fact that the client did what the clause asks for."""
    fact = Fact.of(
        DutyDone(clause, made.period, DutyEvent.DONE, Party.CLIENT),
        contract_id=contract.code,
        source=SOURCE,
        event_id=f"evaluations/{made.pk}",
        occurred_at=instant_of(at),
    )
    PostgresFactLog(contract.pk, contract.code, zone_named(contract.zone)).append_now([fact])
