"""A form for each kind of event, with the words that the contract's terms use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms

from pactdesk.apps.statements.events_offered import Named, Offer
from pactdesk.apps.statements.events_rights import Right
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.families.life import NoticeGiven
from pactdesk.core.facts.families.money import DepositMoved, ExpenseTold, LossShown
from pactdesk.core.facts.families.works import IncidentHappened, ScoreGiven, WorkTold
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Exclusion
from pactdesk.core.facts.names import (
    DepositEvent,
    ExpenseEvent,
    NoticeEvent,
    Party,
    WorkEvent,
)
from pactdesk.core.terms.clauses.expenses import Expenses
from pactdesk.core.units.instants import Instant, local_time
from pactdesk.web.portal.event_fields import (
    Digest,
    Moment,
    Percent,
    Yuan,
    choice,
    month_field,
    say,
    whole,
    words,
)
from pactdesk.web.portal.event_words import EventWords

_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form needs to know: who tells under which terms, in which zone, at what time.

    rights  the steps that the party may take by itself now
    """

    offer: Offer
    words: EventWords
    now: Instant
    rights: tuple[Right, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The contract's."""
        return self.words.zone


class EventForm(forms.Form):
    """What all have: an id of its own, so that a form that comes twice is one event."""

    use_required_attribute = True

    def __init__(self, desk: Desk, data: Any = None) -> None:
        super().__init__(data)
        self.desk = desk
        hidden = forms.UUIDField(widget=forms.HiddenInput(), initial=new_id())
        self.fields["id"] = hidden
        self.build()

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def told(self) -> Measured:
        """What the valid form tells."""
        raise NotImplementedError

    @property
    def event(self) -> UUID:
        """Its id."""
        found: UUID = self.cleaned_data["id"]
        return found

    @property
    def occurred_at(self) -> Instant:
        """When it happened; now, where the form does not ask."""
        return Instant(self.cleaned_data.get("at", self.desk.now))

    @property
    def note(self) -> str:
        """What was written beside it."""
        return str(self.cleaned_data.get("note", ""))

    def ask_when(self, label: str = "form.at") -> None:
        """Add the moment at which it happened."""
        this_minute = Instant(self.desk.now - self.desk.now % _MINUTE)
        self.fields["at"] = Moment(self.desk.zone, say(label), this_minute)

    def ask_note(self, label: str = "form.note", *, required: bool = False) -> None:
        """Add room for words."""
        self.fields["note"] = words(say(label), say("form.note_help"), required=required)

    def choices(self, named: tuple[Named, ...]) -> list[tuple[str, str]]:
        """Words of the terms."""
        return [(each.word, self.desk.words.word(each.word)) for each in named]


class IncidentForm(EventForm):
    """事件."""

    def build(self) -> None:
        told = self.desk.words
        named = [
            (
                f"{each.party}|{each.word}",
                say("form.incident", what=told.word(each.word), party=told.party(each.party)),
            )
            for each in self.desk.offer.incidents
        ]
        self.fields["what"] = choice(say("form.what"), named)
        self.ask_when()
        self.fields["quantity"] = whole(say("form.quantity"), 1)
        self.fields["quantity"].help_text = say("form.quantity_help")
        self.ask_note("form.happened", required=True)

    def told(self) -> Measured:
        party, _, what = self.cleaned_data["what"].partition("|")
        quantity = self.cleaned_data["quantity"]
        return IncidentHappened(f"{self.event}", what, Party(party), quantity, ())


class WorkForm(EventForm):
    """工作: the provider delivers, the client takes over or sends back."""

    def build(self) -> None:
        items = [(n.word, self.desk.words.item(n.word)) for n in self.desk.offer.items]
        self.fields["item"] = choice(say("form.item"), items)
        if self.desk.offer.party is Party.CLIENT:
            events = [(e.value, say(f"said.{e}")) for e in (WorkEvent.ACCEPTED, WorkEvent.REFUSED)]
            self.fields["event"] = choice(say("form.outcome"), events)
        self.fields["share"] = Percent(say("form.share"), say("form.share_help"))
        self.ask_when()
        if self.desk.offer.party is Party.CLIENT:
            self.fields["reason"] = words(
                say("form.reason"), say("form.reason_help"), required=False
            )
        else:
            self.ask_note()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("event") == WorkEvent.REFUSED and not told.get("reason", "").strip():
            self.add_error("reason", say("wrong.words"))
        return told

    def told(self) -> Measured:
        told = self.cleaned_data
        event = WorkEvent(told.get("event", WorkEvent.DONE))
        return WorkTold(told["item"], event, told["share"], told.get("reason", "").strip() or None)


class ScoreForm(EventForm):
    """评分."""

    def build(self) -> None:
        self.fields["item"] = choice(say("form.mark"), self.choices(self.desk.offer.marks))
        month = f"{local_time(self.desk.now, self.desk.zone):%Y-%m}"
        self.fields["period"] = month_field(month)
        self.fields["points"] = whole(say("form.points"), 100, least=0)
        self.fields["of"] = whole(say("form.of"), 100)
        self.ask_note()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("points", 0) > told.get("of", 10**6):
            self.add_error("points", say("wrong.points"))
        return told

    def told(self) -> Measured:
        told = self.cleaned_data
        return ScoreGiven(told["item"], told["period"], told["points"], told["of"], ())


class ExpenseForm(EventForm):
    """费用."""

    def build(self) -> None:
        needed = [e.needs_receipt is True for e in self.desk.offer.terms.of_kind(Expenses)]
        named = self.choices(self.desk.offer.categories)
        self.fields["category"] = choice(say("form.category"), named)
        self.fields["amount"] = Yuan(say("form.amount"))
        self.ask_when()
        self.fields["receipt"] = Digest(say("form.receipt"), required=all(needed))
        self.ask_note()

    def told(self) -> Measured:
        told, claimed = self.cleaned_data, ExpenseEvent.CLAIMED
        return ExpenseTold(
            f"{self.event}", claimed, told["category"], told["amount"], told["receipt"]
        )


class LossForm(EventForm):
    """损失: the worksheet."""

    def build(self) -> None:
        self.fields["amount"] = Yuan(say("form.evidenced"), least_fen=0)
        for part in ("severity", "impact", "fault"):
            self.fields[part] = Percent(say(f"form.{part}"), say(f"form.{part}_help"))
        self.ask_when()
        self.fields["reason"] = words(say("form.worksheet"), required=True)

    def told(self) -> Measured:
        told = self.cleaned_data
        shares = (told["severity"], told["impact"], told["fault"])
        party = self.desk.offer.party
        return LossShown(f"{self.event}", party, told["amount"], *shares, told["reason"], ())


class ExclusionForm(EventForm):
    """排除时间."""

    def build(self) -> None:
        self.fields["start"] = Moment(self.desk.zone, say("form.start"))
        self.fields["end"] = Moment(self.desk.zone, say("form.end"))
        self.fields["cause"] = choice(
            say("form.cause"),
            [
                (each, self.desk.words.word(each))
                for each in ("force_majeure", "client_caused", "above_forecast", "maintenance")
            ],
        )
        levels = [(each, self.desk.words.levels((each,))) for each in self.desk.offer.levels]
        self.fields["clauses"] = forms.MultipleChoiceField(
            label=say("form.clauses"),
            choices=levels,
            required=False,
            help_text=say("form.clauses_help"),
            widget=forms.SelectMultiple(attrs={"size": min(6, max(2, len(levels)))}),
            error_messages={"invalid_choice": say("wrong.choice")},
        )
        self.ask_note("form.proof", required=True)

    @property
    def occurred_at(self) -> Instant:
        """Its own beginning; one that is agreed beforehand, now."""
        return Instant(min(self.cleaned_data["start"], self.desk.now))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if "start" in told and "end" in told and told["end"] <= told["start"]:
            self.add_error("end", say("wrong.end"))
        return told

    def told(self) -> Measured:
        told = self.cleaned_data
        return Exclusion(told["start"], told["end"], tuple(told["clauses"]), told["cause"], ())


class DepositForm(EventForm):
    """押金: who holds it tells."""

    def build(self) -> None:
        held = [(each, self.desk.words.clause(each)) for each in self.desk.offer.deposits]
        self.fields["deposit"] = choice(say("form.deposit"), held)
        events = [(each.value, say(f"said.{each}")) for each in DepositEvent]
        self.fields["event"] = choice(say("form.moved"), events)
        self.fields["amount"] = Yuan(say("form.amount"))
        self.ask_when()
        self.ask_note()

    def told(self) -> Measured:
        told = self.cleaned_data
        return DepositMoved(told["deposit"], DepositEvent(told["event"]), told["amount"])


class NoticeForm(EventForm):
    """通知: sent; its arrival is the other party's to say."""

    def build(self) -> None:
        named = [(each, self.desk.words.word(each)) for each in self.desk.offer.purposes]
        self.fields["purpose"] = choice(say("form.purpose"), named)
        self.ask_when("form.sent_at")
        self.fields["about"] = forms.CharField(
            label=say("form.about"), help_text=say("form.about_help"), required=False, max_length=80
        )
        self.ask_note("form.notice", required=True)

    def told(self) -> Measured:
        told, party = self.cleaned_data, self.desk.offer.party
        about = told["about"].strip() or None
        return NoticeGiven(f"{self.event}", told["purpose"], party, NoticeEvent.SENT, about)
