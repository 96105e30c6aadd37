"""The form for a step of the contract: by a right that arose, for a cause, or by agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from pactdesk.apps.statements.events_rights import (
    BREACH,
    SILENCE,
    Right,
    names_right,
    needs_agreement,
)
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.names import ContractEvent, NoticeEvent, Party
from pactdesk.core.settle.obligations.proposals import AGREEMENT, STEPS
from pactdesk.core.units.instants import local_day
from pactdesk.web.portal.event_fields import choice, say
from pactdesk.web.portal.event_forms import EventForm

_PROPOSED = {step: purpose for purpose, step in STEPS.items()}
_DATED = (ContractEvent.RENEWED, ContractEvent.TERMINATED)
_GROUNDED = (ContractEvent.TERMINATED, ContractEvent.SUSPENDED)
FAULT, OWN = "fault", "own"


class StepForm(EventForm):
    """合同: a step that is the party's own, or that it proposes."""

    def build(self) -> None:
        self.fields["event"] = choice(
            say("form.step"), [(e.value, self._step(e)) for e in self.desk.offer.steps]
        )
        grounds = self._grounds()
        asked = str(self.data.get("ground", ""))
        if names_right(asked) and asked not in dict(grounds):
            # Whether it arose, or was used a moment ago, is the action's to say.
            grounds.append((asked, asked))
        self.fields["ground"] = choice(say("form.ground"), grounds, say("form.ground_help"))
        self.fields["ground"].required = False
        self.fields["cause"] = forms.CharField(
            label=say("form.step_cause"),
            help_text=say("form.step_cause_help"),
            required=False,
            max_length=80,
        )
        self.fields["until"] = forms.DateField(
            label=say("form.until"),
            help_text=say("form.until_help"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
            error_messages={"invalid": say("wrong.day")},
        )
        self.ask_when()
        self.ask_note()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        event, ground = told.get("event"), told.get("ground") or ""
        if event not in _DATED:
            told["until"] = None
        elif not told.get("until") and (event == ContractEvent.RENEWED or ground == AGREEMENT):
            self.add_error("until", say("wrong.until"))
        elif event == ContractEvent.RENEWED and told["until"] < self._today:
            self.add_error("until", say("wrong.past"))
        if event in _GROUNDED:
            self._clean_ground(event, ground, told)
        return told

    def told(self) -> Measured:
        step = self._told_step()
        if not needs_agreement(step, self.desk.rights, self._party):
            return step
        purpose = _PROPOSED[step.event]
        return NoticeGiven(f"{self.event}", purpose, self._party, NoticeEvent.SENT, step.until)

    @property
    def _today(self) -> date:
        return local_day(self.desk.now, self.desk.zone)

    @property
    def _party(self) -> Party:
        return self.desk.offer.party

    def _step(self, event: ContractEvent) -> str:
        waits = needs_agreement(ContractStep(event), self.desk.rights, self._party)
        name = say(f"step.{event}")
        return say("form.step_waits", step=name) if waits else name

    def _grounds(self) -> list[tuple[str, str]]:
        given = [
            (each.cause, self._right(each)) for each in self.desk.rights if each.cause != SILENCE
        ]
        others = [(each, say(f"form.grounds.{each}")) for each in (FAULT, OWN, AGREEMENT)]
        return [("", say("form.grounds.none")), *given, *others]

    def _right(self, right: Right) -> str:
        words, clause = self.desk.words.cause(right.cause), self.desk.words.clause(right.clause)
        said = say("form.right", words=words, clause=clause, step=say(f"step.{right.step}"))
        return say("form.since", right=said, day=right.since.isoformat()) if right.since else said

    def _clean_ground(self, event: str, ground: str, told: dict[str, Any]) -> None:
        words = (told.get("cause") or "").strip()
        known = {each.cause: each.step for each in self.desk.rights}
        if (ground in known and known[ground] != event) or (
            ground == AGREEMENT and event != ContractEvent.TERMINATED
        ):
            self.add_error("ground", say("wrong.ground"))
        elif ground in ("", FAULT, OWN) and not words:
            self.add_error("cause", say("wrong.cause"))

    def _told_step(self) -> ContractStep:
        told = self.cleaned_data
        event = ContractEvent(told["event"])
        until = told["until"].isoformat() if told["until"] else None
        return ContractStep(event, self._party, self._cause(event), until)

    def _cause(self, event: ContractEvent) -> str | None:
        ground = self.cleaned_data.get("ground") or ""
        words = self.cleaned_data["cause"].strip()
        if event not in _GROUNDED:
            return words or None
        if ground == FAULT:
            return f"{BREACH} {words}"
        return words if ground in ("", OWN) else str(ground)
