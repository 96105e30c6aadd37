"""What needs the other party's yes: told as a notice, which counts once it was agreed to.

A proposal that was sent waits; its arrival is the other party's yes, its withdrawal the no. What
follows from a yes is told as a fact of its own: a step of the contract, an agreed sum. A remedy
(其他补救, A62) is proposed so, too, and then stands among the obligations until it is done.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.families.life import NoticeGiven
from pactdesk.core.facts.fields import FactMalformed, Measured
from pactdesk.core.facts.kinds import MEASURED_BY_KIND
from pactdesk.core.facts.names import ContractEvent, DutyEvent, FactKind, NoticeEvent, Party
from pactdesk.core.settle.obligations.obligation import Action, Effect, Obligation, State, state_on
from pactdesk.core.settle.obligations.told import Told

REMEDY = "proposal.remedy"

STEPS: dict[str, ContractEvent] = {
    "proposal.renewal": ContractEvent.RENEWED,
    "proposal.ending": ContractEvent.TERMINATED,
    "proposal.resumption": ContractEvent.RESUMED,
}
"""Proposals of a step in the life of the contract; `about` is its last day, where it has one."""

FACTS: dict[str, FactKind] = {
    "proposal.payment": FactKind.PAYMENT,
    "proposal.invoice": FactKind.INVOICE_RECEIVED,
    "proposal.usage": FactKind.USAGE,
    "proposal.forecast": FactKind.FORECAST,
    "proposal.sale": FactKind.SALE,
}
"""Facts without a place for a yes: `about` holds all that is measured, as canonical JSON."""

AGREEMENT = "agreement"
"""The cause of a step that both agreed to."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Another remedy than the contract's, or one beside it, for a month's miss or incident.

    clause      what was missed, or what it costs
    period      the month that it is about: "2026-10"
    party       who does it: whoever the clause burdens
    due         the last day, as the parties name it
    waived_fen  what the clause asked for in that month and is let off for it; 0: nothing is
    what        in a few words
    """

    clause: str
    period: str
    party: Party
    due: date
    waived_fen: int
    what: str

    @property
    def about(self) -> str:
        """As the notice holds it."""
        head = (self.clause, self.period, str(self.party), self.due.isoformat())
        return " ".join((*head, str(self.waived_fen), self.what))


def remedy_of(told: NoticeGiven) -> Remedy | None:
    """What a notice proposes, if it proposes a remedy and holds all of it.

    >>> remedy_of(NoticeGiven("n", REMEDY, Party.PROVIDER, NoticeEvent.SENT, "a b"))
    """
    parts = (told.about or "").split(" ", 5)
    if told.purpose != REMEDY or len(parts) < 6:
        return None
    clause, period, party, due, waived, what = parts
    try:
        return Remedy(clause, period, Party(party), date.fromisoformat(due), int(waived), what)
    except ValueError:
        return None


def proposal_of(told: Measured, notice: str, by: Party) -> NoticeGiven:
    """The notice with which `by` proposes a fact of one of the kinds in `FACTS`."""
    [purpose] = [each for each, kind in FACTS.items() if kind is told.kind]
    about = canonical_json(told.to_measured()).decode()
    return NoticeGiven(notice, purpose, by, NoticeEvent.SENT, about)


def proposed_fact(told: object) -> Measured | None:
    """What a notice proposes, if it proposes a fact and holds all of it.

    >>> proposed_fact(NoticeGiven("n", "proposal.usage", Party.PROVIDER, NoticeEvent.SENT, "{}"))
    """
    if not isinstance(told, NoticeGiven) or told.purpose not in FACTS:
        return None
    try:
        measured = json.loads(told.about or "")
        return MEASURED_BY_KIND[FACTS[told.purpose]].from_measured(measured)
    except (ValueError, TypeError, FactMalformed):
        return None


def is_proposal(told: object) -> bool:
    """Whether it is a notice that asks for a yes."""
    if not isinstance(told, NoticeGiven):
        return False
    return told.purpose == REMEDY or told.purpose in STEPS or proposed_fact(told) is not None


def agreed_remedies(told: Told) -> Iterator[tuple[str, Remedy]]:
    """(how its obligation calls it, remedy), in the order in which they were agreed to."""
    seen: Counter[str] = Counter()
    for _, notice in told.of(NoticeGiven):
        remedy = remedy_of(notice)
        if remedy is not None and notice.event is NoticeEvent.ARRIVED:
            seen[remedy.what] += 1
            again = f" #{seen[remedy.what]}" if seen[remedy.what] > 1 else ""
            yield f"{remedy.what}{again}", remedy


def owed(told: Told) -> Iterator[Obligation]:
    """Every agreed remedy, until somebody said that it was done."""
    known = {each.id for each in told.contract.clauses}
    for instance, remedy in agreed_remedies(told):
        if remedy.clause not in known:
            continue
        done = told.done(remedy.clause, instance)
        day = done[0] if done else None
        waived = done is not None and done[1] is DutyEvent.WAIVED
        yield Obligation(
            party=remedy.party.value,
            action=Action.AGREED_REMEDY,
            clause=remedy.clause,
            instance=instance,
            state=State.WAIVED if waived else state_on(told.on, remedy.due, day),
            due=remedy.due,
            done_on=day,
            on_breached=(Effect("breach"),),
        )
