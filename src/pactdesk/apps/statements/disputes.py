"""Disputes as they stand: who says what of which line, what is proposed, which rung is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from pactdesk.apps.contracts.queries import contracts_visible_to, terms_of
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.evidence.queries import database_time
from pactdesk.apps.statements.as_agreed import amounts_of as amounts_of
from pactdesk.apps.statements.as_agreed import issued_fen, standing_fen
from pactdesk.apps.statements.dispute_models import Dispute, DisputeEntry
from pactdesk.apps.statements.errors import DisputeUnknown
from pactdesk.apps.statements.hands import log_of, party_of
from pactdesk.apps.statements.kinds import DisputeDeed, DisputeState
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.queries import readable, terms_behind
from pactdesk.apps.statements.values import period_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.kinds import Party
from pactdesk.core.settle.disputes import Rung, difference_fen, route_of, undisputed_fen
from pactdesk.core.settle.ledger import ledger
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.instants import instant_of, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished

_TAKING = frozenset({DisputeDeed.OPENED.value, DisputeDeed.POSITION.value})


def disputes_visible_to(scope: Scope) -> QuerySet[Dispute]:
    """The newest first; of a third party, none: they are between the two."""
    found = Dispute.objects.filter(contract_id__in=readable(scope))
    found = found.select_related("contract", "statement", "opened_by")
    if scope.person is not None:
        found = found.filter(contract__in=_own(scope))
    return found.order_by("-opened_at", "-id")


def _own(scope: Scope) -> list[UUID]:
    every = contracts_visible_to(scope)
    return [each.pk for each in every if party_of(scope, each) is not None]


def disputes_of(scope: Scope, statement: UUID) -> QuerySet[Dispute]:
    """Those about a statement."""
    return disputes_visible_to(scope).filter(statement_id=statement)


def dispute_of(scope: Scope, dispute: UUID) -> Dispute:
    """One of them; raises DisputeUnknown."""
    found = disputes_visible_to(scope).filter(pk=dispute).first()
    if found is None:
        raise DisputeUnknown(dispute=dispute)
    return found


@dataclass(frozen=True)
class Case:
    """A dispute with everything said in it.

    issued   line number → fen, as the statement has it
    billed   the same, as an earlier agreement left it
    entries  in the order in which they were made
    """

    dispute: Dispute
    issued: Mapping[int, int]
    billed: Mapping[int, int]
    entries: Sequence[DisputeEntry]
    route: tuple[Rung, ...]

    @property
    def is_open(self) -> bool:
        """Whether it can still be acted on."""
        return self.dispute.state == DisputeState.OPEN.value

    @cached_property
    def claimed(self) -> dict[Party, dict[int, int]]:
        """What each party says last of each line."""
        told: dict[Party, dict[int, int]] = {}
        for each in self.entries:
            if each.deed in _TAKING:
                told.setdefault(Party(each.party), {}).update(amounts_of(each))
        return told

    @property
    def lines(self) -> tuple[int, ...]:
        """Those that are disputed."""
        return tuple(sorted({line for each in self.claimed.values() for line in each}))

    @property
    def undisputed_fen(self) -> int:
        """What stays due."""
        return undisputed_fen(self.issued, self.lines, self.claimed)

    @property
    def proposals(self) -> tuple[DisputeEntry, ...]:
        """All that were made."""
        return tuple(e for e in self.entries if e.deed == DisputeDeed.PROPOSED.value)

    def answer_to(self, proposal: DisputeEntry) -> DisputeEntry | None:
        """What became of a proposal."""
        return next((e for e in self.entries if e.answers_id == proposal.pk), None)

    @property
    def settled_by(self) -> DisputeEntry | None:
        """The proposal that both agreed to."""
        for each in self.entries:
            if each.deed == DisputeDeed.ACCEPTED.value:
                return each.answers
        return None

    def difference_fen(self, proposal: DisputeEntry) -> int:
        """What it would change: above zero the client owes more, below it gets back."""
        return difference_fen(self.billed, amounts_of(proposal))

    @property
    def rung(self) -> int:
        """Which rung of the route it is on, from 0."""
        taken = [e.step for e in self.entries if e.deed == DisputeDeed.STEP.value]
        steps = [each.step.value for each in self.route]
        return steps.index(taken[-1]) if taken and taken[-1] in steps else 0

    @property
    def next_rung(self) -> Rung | None:
        """What the terms name after it."""
        after = self.route[self.rung + 1 :]
        return after[0] if after else None


def case_of(scope: Scope, dispute: Dispute) -> Case:
    """Everything about it, for whoever may see it."""
    entries = DisputeEntry.objects.filter(dispute=dispute, contract_id__in=readable(scope))
    said = tuple(entries.select_related("by", "answers").order_by("at", "id"))
    is_open = dispute.state == DisputeState.OPEN.value
    until = said[-1].at if said and not is_open else None
    return Case(
        dispute=dispute,
        issued=issued_fen(dispute.statement),
        billed=standing_fen(dispute.statement, besides=dispute.pk, until=until),
        entries=said,
        route=route_of(terms_for(scope, dispute), opened_on(dispute), load_china()),
    )


def due_day(scope: Scope, statement: Statement) -> date | None:
    """The last day for paying it; None while its clock has not started, or nobody can tell."""
    stored = statement.contract
    facts, today = facts_now(log_of(stored)), local_day(database_time(), zone_named(stored.zone))
    after = Period.month(f"{today + timedelta(days=31):%Y-%m}")
    terms = terms_of(scope, stored.pk, today)
    try:
        every = ledger(facts, terms, load_china(), after)
    except CalendarNotPublished:
        return None
    return next((each.due_on for each in every if each.statement == statement.number), None)


def terms_for(scope: Scope, dispute: Dispute) -> Terms:
    """The terms of the month that it is about, as they held on its last day."""
    terms = terms_behind(scope, dispute.statement)
    return terms.on(period_of(dispute.statement).last_day)


def opened_on(dispute: Dispute) -> date:
    """The local day from which its times run."""
    return local_day(instant_of(dispute.opened_at), zone_named(dispute.contract.zone))
