"""Which form tells which kind of event; a remedy is proposed, by a form of its own."""

from __future__ import annotations

from pactdesk.core.facts.names import FactKind
from pactdesk.web.portal.event_forms import (
    DepositForm,
    EventForm,
    ExclusionForm,
    ExpenseForm,
    IncidentForm,
    LossForm,
    NoticeForm,
    ScoreForm,
    WorkForm,
)
from pactdesk.web.portal.figure_forms import (
    ForecastForm,
    InvoiceForm,
    PaymentForm,
    SaleForm,
    UsageForm,
)
from pactdesk.web.portal.remedy_form import RemedyForm
from pactdesk.web.portal.step_form import StepForm

REMEDY = "remedy"

FORMS: dict[str, type[EventForm]] = {
    FactKind.INCIDENT: IncidentForm,
    FactKind.WORK: WorkForm,
    FactKind.SCORE: ScoreForm,
    FactKind.EXPENSE: ExpenseForm,
    FactKind.LOSS: LossForm,
    FactKind.EXCLUSION: ExclusionForm,
    FactKind.DEPOSIT: DepositForm,
    FactKind.INVOICE_RECEIVED: InvoiceForm,
    FactKind.PAYMENT: PaymentForm,
    FactKind.USAGE: UsageForm,
    FactKind.FORECAST: ForecastForm,
    FactKind.SALE: SaleForm,
    FactKind.NOTICE: NoticeForm,
    FactKind.CONTRACT: StepForm,
    REMEDY: RemedyForm,
}
