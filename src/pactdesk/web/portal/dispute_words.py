"""A dispute as a page shows it: what each side says of which line, what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pactdesk.apps.statements.agreed_sums import has_clause
from pactdesk.apps.statements.dispute_models import DisputeEntry
from pactdesk.apps.statements.disputes import Case, amounts_of
from pactdesk.apps.statements.disputing import waiting_for
from pactdesk.apps.statements.kinds import DisputeDeed, DisputeState
from pactdesk.core.facts.kinds import Party
from pactdesk.core.settle.disputes import Rung
from pactdesk.core.terms.clauses.dispute import Dispute, DisputeStep
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.instants import instant_of, local_day, zone_named
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import fen_text, month_text
from pactdesk.messages.catalogue import has_text, text
from pactdesk.web.portal.said import moment_text
from pactdesk.web.ui.words import page_language

_ICONS = {
    DisputeDeed.OPENED: ("bell", "bad"),
    DisputeDeed.POSITION: ("chat", ""),
    DisputeDeed.PROPOSED: ("paper", ""),
    DisputeDeed.ACCEPTED: ("check", "good"),
    DisputeDeed.REFUSED: ("close", ""),
    DisputeDeed.STEP: ("right", ""),
    DisputeDeed.SAID: ("chat", ""),
    DisputeDeed.WITHDRAWN: ("close", ""),
}


def say(key: str, **facts: object) -> str:
    """A text of the section `disputes` in the page's language."""
    return text("disputes", key, page_language(), **facts)


@dataclass(frozen=True, slots=True)
class LineApart:
    """One disputed line."""

    number: int
    item: str
    billed: str
    provider: str
    client: str
    apart: str


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposal, and what it would change."""

    id: UUID
    title: str
    who: str
    at: str
    text: str
    rows: tuple[tuple[str, str, str], ...]
    effect: str
    booked: str
    supplement: str
    state: str


@dataclass(frozen=True, slots=True)
class RungShown:
    """One step of the route."""

    name: str
    limit: str
    is_now: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class SaidShown:
    """What somebody said or did, when."""

    at: str
    iso: str
    who: str
    what: str
    text: str
    rows: tuple[tuple[str, str], ...]
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words for one dispute."""

    case: Case
    terms: Terms
    items: Mapping[int, str]
    mine: Party | None

    @property
    def zone(self) -> ZoneInfo:
        """The contract's."""
        return zone_named(self.terms.zone)

    @property
    def heading(self) -> str:
        """争议 1：2026 年 10 月结算单."""
        statement = self.case.dispute.statement
        month = month_text(statement.period, page_language())
        return say("heading", number=self.case.dispute.number, month=month)

    @property
    def awaited(self) -> str:
        """What is awaited, from whom."""
        state = DisputeState(self.case.dispute.state)
        if state is not DisputeState.OPEN:
            return say(f"awaited.{state}")
        if self.mine is not None and waiting_for(self.case, self.mine) is not None:
            return say("awaited.answer_you")
        if any(waiting_for(self.case, party) for party in Party):
            return say("awaited.answer")
        silent = [party for party in Party if party not in self.case.claimed]
        if not silent:
            return say("awaited.proposal")
        return say("awaited.position_you" if self.mine in silent else "awaited.position")

    @property
    def lines(self) -> tuple[LineApart, ...]:
        """Who says what of each disputed line."""
        return tuple(self._line(number) for number in self.case.lines)

    def _line(self, number: int) -> LineApart:
        billed = self.case.billed[number]
        provider, client = (self.case.claimed.get(p, {}).get(number) for p in Party)
        stands = billed if provider is None else provider
        apart = "" if client is None else fen_text(abs(stands - client))
        return LineApart(
            number=number,
            item=self.items[number],
            billed=fen_text(billed),
            provider=fen_text(stands),
            client=say("lines.unsaid") if client is None else fen_text(client),
            apart=apart,
        )

    def told(self, due: str) -> dict[str, Any]:
        """All of it as the paper places it."""
        contract = self.case.dispute.contract
        names = {Party.PROVIDER: contract.provider_org.name, Party.CLIENT: contract.client_org.name}
        columns = ("line", "billed", "provider", "client", "apart")
        return {
            "lang": page_language(),
            "heading": self.heading,
            "subtitle": f"{contract.title} · {contract.code}",
            "footer": self.case.dispute.statement.number,
            "parties": [(say(f"party.{party}"), names[party]) for party in Party],
            "state_label": say("title"),
            "state": say(f"state.{self.case.dispute.state}"),
            "lines_title": say("lines.title"),
            "lines_head": [say(f"lines.{each}") for each in columns],
            "lines": [
                (each.item, each.billed, each.provider, each.client, each.apart)
                for each in self.lines
            ],
            "undisputed": self.undisputed(due),
            "late": self.late,
            "route_title": say("route.title"),
            "route": [{"name": e.name, "limit": e.limit, "now": e.is_now} for e in self.route],
            "history_title": say("history"),
            "history": [self._told_entry(each) for each in self.case.entries],
        }

    def _told_entry(self, entry: DisputeEntry) -> dict[str, Any]:
        return {
            "at": moment_text(entry.at, self.zone),
            "who": _who(entry),
            "what": _deed(entry),
            "text": entry.text,
            "rows": self._amounts(entry),
        }

    def _amounts(self, entry: DisputeEntry) -> list[tuple[str, str]]:
        agreed = amounts_of(entry)
        return [(self.items[line], fen_text(fen)) for line, fen in sorted(agreed.items())]

    def undisputed(self, due: str) -> str:
        """What stays due, by when."""
        amount = fen_text(self.case.undisputed_fen)
        if not self.case.undisputed_fen:
            return say("undisputed.nothing")
        return say("undisputed.due" if due else "undisputed.none", amount=amount, day=due)

    @property
    def late(self) -> str:
        """What the terms say of paying late."""
        fees = self.terms.of_kind(LateFee)
        if not fees:
            return say("undisputed.no_late")
        clause = Names(self.terms, page_language()).clause_number(fees[0].id)
        return say("undisputed.late", clause=clause)

    def proposal(self, entry: DisputeEntry) -> ProposalShown:
        """One proposal."""
        agreed, fen = amounts_of(entry), self.case.difference_fen(entry)
        is_settled = self.case.settled_by is not None
        own = "own" if entry.party == self.mine else "title"
        return ProposalShown(
            id=entry.pk,
            title=say("proposal.settled" if is_settled else f"proposal.{own}"),
            who=entry.by.name,
            at=moment_text(entry.at, self.zone),
            text=entry.text,
            rows=tuple(
                (self.items[line], fen_text(self.case.billed[line]), fen_text(amount))
                for line, amount in sorted(agreed.items())
            ),
            effect=_effect(fen),
            booked=say("proposal.booked", month=self._month_of(entry)) if fen else "",
            supplement=say("proposal.supplement") if fen and self._adds_clause(fen) else "",
            state=self._state(entry),
        )

    def _month_of(self, entry: DisputeEntry) -> str:
        """The month in which it is, or was, agreed to."""
        answer = self.case.answer_to(entry)
        at = answer.at if answer is not None else datetime.now(tz=self.zone)
        return month_text(f"{local_day(instant_of(at), self.zone):%Y-%m}", page_language())

    def _adds_clause(self, fen: int) -> bool:
        claimant = Party.PROVIDER if fen > 0 else Party.CLIENT
        return self.case.is_open and not has_clause(self.terms, claimant)

    def _state(self, entry: DisputeEntry) -> str:
        answer = self.case.answer_to(entry)
        if answer is not None:
            return say(f"proposal.{answer.deed}")
        newest = [e for e in self.case.proposals if e.party == entry.party][-1]
        if newest.pk != entry.pk:
            return say("proposal.replaced")
        return say("proposal.waits" if entry.party == self.mine else "proposal.waits_you")

    @property
    def route(self) -> tuple[RungShown, ...]:
        """The steps that the contract names."""
        return tuple(
            RungShown(
                name=_rung_name(rung),
                limit=_limit(rung),
                is_now=self.case.is_open and index == self.case.rung,
                is_past=index < self.case.rung,
            )
            for index, rung in enumerate(self.case.route)
        )

    @property
    def has_route(self) -> bool:
        """Whether the contract names one."""
        return self.terms.optional(Dispute) is not None

    @property
    def next_step(self) -> str:
        """What comes after; empty at the end of the route."""
        return "" if self.case.next_rung is None else _rung_name(self.case.next_rung)

    @property
    def history(self) -> tuple[SaidShown, ...]:
        """Everything that was said, with its words."""
        return tuple(self._said(each) for each in self.case.entries)

    def _said(self, entry: DisputeEntry) -> SaidShown:
        icon, tone = _ICONS[DisputeDeed(entry.deed)]
        return SaidShown(
            at=moment_text(entry.at, self.zone),
            iso=entry.at.isoformat(),
            who=_who(entry),
            what=_deed(entry),
            text=entry.text,
            rows=tuple(self._amounts(entry)),
            icon=icon,
            tone=tone,
        )


def _who(entry: DisputeEntry) -> str:
    return f"{say(f'party.{entry.party}')} {entry.by.name}"


def _deed(entry: DisputeEntry) -> str:
    step = say(f"route.step.{entry.step}") if entry.step else ""
    return say(f"deed.{entry.deed}", step=step)


def _effect(fen: int) -> str:
    if fen == 0:
        return say("proposal.same")
    return say("proposal.more" if fen > 0 else "proposal.less", amount=fen_text(abs(fen)))


def _rung_name(rung: Rung) -> str:
    name = say(f"route.step.{rung.step}")
    return say("route.place", step=name, place=rung.place) if rung.place else name


def _limit(rung: Rung) -> str:
    if rung.until is None:
        return say("route.no_limit") if rung.step is DisputeStep.NEGOTIATION else ""
    until = say("route.until", day=rung.until.isoformat())
    key = f"route.limits.{rung.step}"
    return f"{until} · {say(key)}" if has_text("disputes", key, page_language()) else until
