"""The form that proposes another remedy than the contract's, or one beside it (其他补救, A62)."""

from __future__ import annotations

from typing import Any

from django import forms

from pactdesk.apps.statements.events_offered import burdened
from pactdesk.core.facts.families.life import NoticeGiven
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.names import NoticeEvent
from pactdesk.core.settle.obligations.proposals import REMEDY, Remedy
from pactdesk.core.units.instants import local_day, local_time
from pactdesk.web.portal.event_fields import Yuan, choice, month_field, say
from pactdesk.web.portal.event_forms import EventForm

LONGEST = 60


class RemedyForm(EventForm):
    """补救: what, by when, in place of which amount."""

    def build(self) -> None:
        named = [(each, self.desk.words.named(each)) for each in self.desk.offer.remediable]
        self.fields["clause"] = choice(say("form.about_clause"), named)
        self.fields["period"] = month_field(f"{local_time(self.desk.now, self.desk.zone):%Y-%m}")
        self.fields["what"] = forms.CharField(
            label=say("form.remedy"),
            help_text=say("form.remedy_help"),
            max_length=LONGEST,
            error_messages={"required": say("wrong.words")},
        )
        self.fields["due"] = forms.DateField(
            label=say("form.due"),
            widget=forms.DateInput(attrs={"type": "date"}),
            error_messages=dict.fromkeys(("required", "invalid"), say("wrong.day")),
        )
        waived = Yuan(say("form.waived"), least_fen=0)
        waived.required, waived.help_text = False, say("form.waived_help")
        self.fields["waived"] = waived
        self.ask_note()

    def clean_due(self) -> object:
        """Nobody promises the past."""
        due = self.cleaned_data["due"]
        if due < local_day(self.desk.now, self.desk.zone):
            raise forms.ValidationError(say("wrong.past"))
        return due

    def told(self) -> Measured:
        told: dict[str, Any] = self.cleaned_data
        remedy = Remedy(
            clause=told["clause"],
            period=told["period"],
            party=burdened(self.desk.offer.terms, told["clause"]),
            due=told["due"],
            waived_fen=told["waived"],
            what=" ".join(told["what"].split()),
        )
        party = self.desk.offer.party
        return NoticeGiven(f"{self.event}", REMEDY, party, NoticeEvent.SENT, remedy.about)
