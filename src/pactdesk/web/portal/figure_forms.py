"""Forms for what is told in figures: payments, invoices, volumes used and expected.

Whoever it speaks against tells it at once; the other party's form makes a proposal of it.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from unicodedata import normalize

from django import forms

from pactdesk.apps.statements.events_figures import Bill, whose_word
from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.families.works import ForecastGiven, UsageCounted
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import InvoiceReceived, Payment
from pactdesk.core.facts.names import Party, SaleEvent
from pactdesk.core.settle.obligations.proposals import proposal_of
from pactdesk.core.units.instants import local_day
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.explain.values import fen_text, month_text
from pactdesk.web.portal.event_fields import Yuan, choice, month_field, say, whole
from pactdesk.web.portal.event_forms import EventForm
from pactdesk.web.ui.words import page_language

MOST = 1_000_000_000


class FigureForm(EventForm):
    """What all have: told alone where the party's word is enough, else proposed."""

    def measured(self) -> Measured:
        """The fact itself."""
        raise NotImplementedError

    def told(self) -> Measured:
        fact, party = self.measured(), self.desk.offer.party
        alone = whose_word(fact) is party
        return fact if alone else proposal_of(fact, f"{self.event}", party)

    @property
    def is_payer(self) -> bool:
        """Whether the client's side fills it in."""
        return self.desk.offer.party is Party.CLIENT

    def ask_measure(self, named: tuple[str, ...]) -> None:
        """Add what is counted, with the clauses that look for it."""
        self.fields["measure"] = choice(
            say("form.measure"), [(each, self.desk.words.word(each)) for each in named]
        )


class PaymentForm(FigureForm):
    """付款: the payee says what came in; the payer, what it sent."""

    def build(self) -> None:
        bills = self.desk.offer.figures.payable
        self.fields["bill"] = choice(say("form.bill"), [(e.item, _owed(e)) for e in bills])
        self.fields["amount"] = Yuan(say("form.amount"))
        self.ask_when("form.paid_at" if self.is_payer else "form.received_at")
        self.ask_note("form.reference", required=self.is_payer)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        owed = {each.item: each.owed_fen for each in self.desk.offer.figures.payable}
        most = owed.get(str(told.get("bill")), 0)
        if told.get("bill") and told.get("amount", 0) > most:
            self.add_error("amount", say("wrong.overpaid", owed=fen_text(most)))
        return told

    def measured(self) -> Measured:
        return Payment(self.cleaned_data["bill"], self.cleaned_data["amount"])


class InvoiceForm(FigureForm):
    """发票: the client says that it came; the provider, that it was sent."""

    def build(self) -> None:
        bills = [(each.item, self._named(each)) for each in self.desk.offer.figures.to_invoice]
        self.fields["bill"] = choice(say("form.invoice_for"), bills)
        self.ask_when("form.received_at" if self.is_payer else "form.delivered_at")
        self.ask_note("form.invoice_note")

    def _named(self, bill: Bill) -> str:
        return _total(bill) if bill.period else self.desk.words.item(bill.item)

    def measured(self) -> Measured:
        return InvoiceReceived(self.cleaned_data["bill"])


class UsageForm(FigureForm):
    """用量: what the desk does not count itself."""

    def build(self) -> None:
        self.ask_measure(self.desk.offer.figures.measures)
        self.fields["quantity"] = whole(say("form.used"), 1, most=MOST)
        self.ask_when("form.used_at")
        self.fields["proof"] = forms.CharField(
            label=say("form.export"),
            help_text=say("form.export_help"),
            required=False,
            max_length=120,
        )
        self.ask_note()

    def measured(self) -> Measured:
        told = self.cleaned_data
        return UsageCounted(told["measure"], told["quantity"], _normal(told["proof"]) or None)


class ForecastForm(FigureForm):
    """预测: of a month that has not begun."""

    def build(self) -> None:
        self.ask_measure(self.desk.offer.figures.expected)
        self.fields["period"] = month_field(f"{self._next:%Y-%m}")
        self.fields["quantity"] = whole(say("form.expected"), 1000, least=0, most=MOST)
        self.ask_note()

    @property
    def _next(self) -> date:
        return add_months(local_day(self.desk.now, self.desk.zone).replace(day=1), 1)

    def clean_period(self) -> str:
        """Told within the month it would count nothing."""
        period: str = self.cleaned_data["period"]
        if Period.month(period).start < self._next:
            raise forms.ValidationError(say("wrong.begun"))
        return period

    def measured(self) -> Measured:
        told = self.cleaned_data
        return ForecastGiven(told["measure"], told["period"], told["quantity"])


class SaleForm(FigureForm):
    """销售: an order that was paid, or money that went back."""

    def build(self) -> None:
        self.fields["order"] = forms.CharField(
            label=say("form.order"),
            help_text=say("form.order_help"),
            max_length=80,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={"required": say("wrong.words")},
        )
        events = [(each.value, say(f"what.sale.{each}")) for each in SaleEvent]
        self.fields["event"] = choice(say("form.moved"), events)
        self.fields["amount"] = Yuan(say("form.amount"))
        self.ask_when()
        self.ask_note()

    def measured(self) -> Measured:
        told = self.cleaned_data
        return SaleTold(_normal(told["order"]), SaleEvent(told["event"]), told["amount"])


def _normal(told: str) -> str:
    """As facts hold texts: two that look alike are one (NFC)."""
    return normalize("NFC", told).strip()


def _total(bill: Bill) -> str:
    month = month_text(bill.period, page_language())
    return say("form.bill_total", month=month, amount=fen_text(bill.total_fen))


def _owed(bill: Bill) -> str:
    month = month_text(bill.period, page_language())
    return say("form.bill_owed", month=month, owed=fen_text(bill.owed_fen))
