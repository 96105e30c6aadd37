"""What people fill in: a request for help, a request for data, a delivery."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from pactdesk.apps.requests.asking import duties_of
from pactdesk.apps.requests.clocks import has_hours
from pactdesk.apps.requests.kinds import (
    BUDGETS_MS,
    HOUR_MS,
    OTHER,
    Clock,
    Ending,
    Ground,
    Kind,
    Urgency,
)
from pactdesk.apps.requests.values import LONGEST_SUBJECT, LONGEST_WORDS
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.names import Party
from pactdesk.core.terms.clauses.duty import Topic
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.explain.names import Names
from pactdesk.web.requests.said import say
from pactdesk.web.ui.words import page_language

_LAST_DAY = date(2999, 12, 31)
_HELP = (Kind.HELP, Kind.DECISION, Kind.ACCESS)


class RequestForm(forms.Form):
    """What both forms have: an id of its own, so that one that comes twice is one request, and the
    clause under which something is asked.
    """

    def __init__(self, terms: Contract, party: Party, data: Any = None) -> None:
        super().__init__(data)
        self.terms, self.party = terms, party
        self.fields["id"] = forms.UUIDField(widget=forms.HiddenInput(), initial=new_id())
        self.build()

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def ask_clause(self, *fitting: Topic) -> None:
        """The duties of the other side; the first of a fitting topic is proposed."""
        names = Names(self.terms, page_language())
        duties = duties_of(self.terms, OTHER[self.party])
        if duties:
            named = [(each.id, _duty_text(names, each.id, each.source)) for each in duties]
            self.fields["clause"] = forms.ChoiceField(
                label=say("form.clause"),
                help_text=say("form.clause_help"),
                required=False,
                choices=[*named, ("", say("form.clause_none"))],
                initial=next((each.id for each in duties if each.topic in fitting), ""),
            )


class HelpForm(RequestForm):
    """请对方协助."""

    def build(self) -> None:
        self.fields["kind"] = _choice("form.kind", [(each, say(f"kind.{each}")) for each in _HELP])
        self.fields["subject"] = _line("form.subject")
        self.fields["words"] = _words("form.words")
        hours = {each: BUDGETS_MS[each] // HOUR_MS for each in Urgency}
        choices = [(each, say(f"urgency.{each}", hours=hours[each])) for each in Urgency]
        self.fields["urgency"] = _choice("form.urgency", choices, Urgency.NORMAL)
        clock = Clock.SERVICE_HOURS if has_hours(self.terms) else Clock.WALL_CLOCK
        self.fields["urgency"].help_text = say("clock.wish", counted=say(f"clock.{clock}"))
        self.ask_clause(Topic.CLIENT_INPUT, Topic.TECHNICAL_SUPPORT)

    def ask_pause(self, code: str) -> None:
        """Whether the conversation's resolution clock rests until the answer."""
        self.fields["pause"] = forms.BooleanField(
            label=say("form.pause", code=code),
            help_text=say("form.pause_help"),
            required=False,
            initial=True,
        )


class DataForm(RequestForm):
    """索取数据."""

    def build(self) -> None:
        self.fields["subject"] = _line("data_form.subject")
        self.fields["words"] = _words("data_form.words", required=False)
        self.fields["purpose"] = _words("data_form.purpose", help_key="data_form.purpose_help")
        grounds = [(each, say(f"ground.{each}")) for each in Ground]
        self.fields["ground"] = _choice("data_form.ground", grounds)
        self.fields["until"] = _day("data_form.until")
        endings = [(each, say(f"ending.{each}")) for each in Ending]
        self.fields["ending"] = _choice("data_form.ending", endings, Ending.DESTROY)
        self.fields["ends_on"] = _day("data_form.ends_on", required=False)
        self.fields["ends_on"].help_text = say("data_form.ends_on_help")
        self.ask_clause(Topic.CLIENT_INPUT, Topic.DATA_MANAGEMENT)


def _duty_text(names: Names, clause: str, source: Any) -> str:
    """第 3.2 条 with the beginning of its own words."""
    number = names.clause_number(clause)
    words = " ".join(source.quote.split())[:40] if source else ""
    return f"{number} {words}".strip()


def _line(key: str) -> forms.CharField:
    helped = f"{key}_help"
    return forms.CharField(
        label=say(key),
        help_text=say(helped),
        max_length=LONGEST_SUBJECT,
        error_messages={"required": say("form.missing")},
    )


def _words(key: str, *, required: bool = True, help_key: str = "") -> forms.CharField:
    return forms.CharField(
        label=say(key),
        help_text=say(help_key) if help_key else "",
        required=required,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": say("form.missing")},
    )


def _choice(key: str, choices: Any, initial: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=say(key),
        choices=choices,
        initial=initial,
        error_messages=dict.fromkeys(("required", "invalid_choice"), say("form.missing")),
    )


def _day(key: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=say(key),
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MaxValueValidator(_LAST_DAY, say("data_form.day"))],
        error_messages=dict.fromkeys(("required", "invalid"), say("data_form.day")),
    )
