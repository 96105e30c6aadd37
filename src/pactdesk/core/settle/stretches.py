"""A month whose terms change inside it, split per clause: what is equal on both sides stays whole.

A clause is compared together with what it depends on: the conventions, clauses that it names (a
deduction its level), and the kinds that its measure leans on (a level the service hours).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.term_end import last_day
from pactdesk.core.terms.amendments import Judged
from pactdesk.core.terms.base import ClauseBase, Model, agreed
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period

Kinds = tuple[type[ClauseBase], ...]


class OutsideTerm(PactError):
    """No day of `period` lies inside the contract's term, `start` to `end`."""


class JudgingOpen(PactError):
    """`amendment` changes what `clause` is judged by on `day`, inside `period`: how, is unsaid."""


class JudgingDisagrees(PactError):
    """The changes of `clause` inside `period` say different words of how it is judged: `words`."""


@dataclass(frozen=True, slots=True)
class Version:
    """The terms that held on these days."""

    days: Period
    contract: Contract


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days for which a clause is measured or settled by itself.

    days      for which its figure stands; of WEIGHTED ones the weight
    over      on which it is measured: for WEIGHTED, all served days
    contract  the terms that it is settled by
    judged    as the amendment says; None for what needs no word
    """

    days: Period
    over: Period
    contract: Contract
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A month of a contract.

    served    its days inside the term; in a month after the term, the month
    versions  the terms on these days, one after another; neighbours differ
    after     its days after the term, where something is still settled then
    """

    contract: Contract
    month: Period
    served: Period
    versions: tuple[Version, ...]
    after: Period | None = None

    @property
    def is_after(self) -> bool:
        """Whether no day of the month is inside the term any more."""
        return self.after == self.month

    @property
    def is_whole(self) -> bool:
        """Whether the same terms hold from the first day to the last."""
        return len(self.versions) == 1 and self.served == self.month and not self.is_after

    @property
    def last(self) -> Contract:
        """The terms on the last served day."""
        return self.versions[-1].contract

    def told(self, days: Period) -> Period | None:
        """The days as a line says them: not at all when they are the whole month."""
        return None if days == self.month else days

    def ids(self, kind: type[ClauseBase]) -> tuple[str, ...]:
        """Clauses of a kind: those of the first version in its order, then what came later."""
        found = (each.id for version in self.versions for each in version.contract.of_kind(kind))
        return tuple(dict.fromkeys(found))

    def stretches(
        self, clause_id: str, *, leans_on: Kinds = (), is_judged: bool | None = False
    ) -> tuple[Stretch, ...]:
        """In time order; none for a clause that the month does not know, or that ended.

        leans_on   kinds whose change splits it too
        is_judged  an amendment must say how; so must it for whatever depends on a level, unless
                   this is None

        raises  JudgingOpen, JudgingDisagrees
        """
        if self.is_after:
            return ()
        runs = self._runs(clause_id, leans_on)
        if len(runs) == 1:
            return self._present(runs, clause_id, None)
        if is_judged is None or not (is_judged or self._looks_at_levels(clause_id, leans_on)):
            return self._present(runs, clause_id, None)
        judged = self._judged(clause_id, leans_on, runs)
        match judged:
            case Judged.OLD | Judged.NEW:
                run = runs[0] if judged is Judged.OLD else runs[-1]
                return self._present([Version(self.served, run.contract)], clause_id, judged)
            case Judged.SEPARATE | Judged.WEIGHTED:
                return self._present(runs, clause_id, judged)

    def afterwards(
        self, clause_id: str, *, leans_on: Kinds = (), is_judged: bool | None = False
    ) -> tuple[Stretch, ...]:
        """The days after the term, split in the same way; none where there are none."""
        if self.after is None:
            return ()
        versions = versions_in(self.contract, self.after)
        rest = Split(self.contract, self.month, served=self.after, versions=versions)
        return rest.stretches(clause_id, leans_on=leans_on, is_judged=is_judged)

    def _present(
        self, runs: list[Version], clause_id: str, judged: Judged | None
    ) -> tuple[Stretch, ...]:
        return tuple(
            Stretch(
                days=run.days,
                over=self.served if judged is Judged.WEIGHTED else run.days,
                contract=run.contract,
                judged=judged,
            )
            for run in runs
            if _has(run.contract, clause_id)
        )

    def _runs(self, clause_id: str, leans_on: Kinds) -> list[Version]:
        """Neighbouring versions in which the clause, with what it depends on, is the same."""
        if len(self.versions) == 1:
            return list(self.versions)
        runs: list[Version] = []
        shape: object = ()
        for version in self.versions:
            found = _shape(version.contract, clause_id, leans_on)
            if runs and found == shape:
                days = Period(runs[-1].days.start, version.days.end)
                runs[-1] = Version(days, version.contract)
            else:
                runs.append(version)
            shape = found
        return runs

    def _looks_at_levels(self, clause_id: str, leans_on: Kinds) -> bool:
        return any(
            isinstance(each, ServiceLevel)
            for version in self.versions
            for each in _depends(version.contract, clause_id, leans_on)
        )

    def _judged(self, clause_id: str, leans_on: Kinds, runs: list[Version]) -> Judged:
        """The one word of all changes that concern the clause inside the month."""
        concerned = {
            each.id
            for version in self.versions
            for each in _depends(version.contract, clause_id, leans_on)
        }
        words: set[Judged] = set()
        for run in runs[1:]:
            said, silent = self._words(run.days.start, concerned)
            if not said:
                raise JudgingOpen(
                    clause=clause_id,
                    amendment=", ".join(silent),
                    day=run.days.start.isoformat(),
                    period=str(self.month),
                )
            words |= said
        if len(words) > 1:
            given = ", ".join(sorted(words))
            raise JudgingDisagrees(clause=clause_id, words=given, period=str(self.month))
        return words.pop()

    def _words(self, day: date, concerned: set[str]) -> tuple[set[Judged], list[str]]:
        words: set[Judged] = set()
        silent: list[str] = []
        for amendment in self.contract.amendments:
            for index, change in enumerate(amendment.changes):
                if amendment.effective == day and change.clause in concerned:
                    said = agreed(change.judged, f"{amendment.id}.changes.{index}.judged")
                    silent += (
                        [] if said else [f"{amendment.title or amendment.id} ({change.clause})"]
                    )
                    words |= {said} if said else set()
        return words, silent


def split_month(
    contract: Contract,
    month: Period,
    *,
    facts: Iterable[RecordedFact] = (),
    lasting: Kinds = (),
) -> Split:
    """The served days of a month, with the terms on each.

    The term is that of the terms in force on the month's last day.

    facts    tell of renewals and of an early end
    lasting  kinds that are settled after the term too, where the contract has one of them

    raises  OutsideTerm when no day is served, nor settled after the term; BlankLeft
    """
    held = contract.on(month.last_day)
    term = held.one(TermPeriod)
    start, end = agreed(term.start, f"{term.id}.start"), agreed(term.end, f"{term.id}.end")
    end = last_day(end, facts, month, zone_named(contract.zone))
    first, last = max(month.start, start), min(month.last_day, end)
    lasts = end < month.last_day and any(isinstance(each, lasting) for each in held.clauses)
    if lasts and end < month.start:
        return Split(contract, month, month, versions_in(contract, month), after=month)
    if last < first:
        raise OutsideTerm(period=str(month), start=start.isoformat(), end=end.isoformat())
    served = Period(first, last + timedelta(days=1))
    after = Period(served.end, month.end) if lasts else None
    return Split(contract, month, served, versions_in(contract, served), after)


def versions_in(contract: Contract, days: Period) -> tuple[Version, ...]:
    """The terms that held on these days, one after another; neighbours differ."""
    return tuple(_versions(contract, days))


def _versions(contract: Contract, served: Period) -> Iterator[Version]:
    changes = {each.effective for each in contract.amendments}
    starts = [served.start, *sorted(day for day in changes if served.start < day < served.end)]
    held: Version | None = None
    for start, end in zip(starts, [*starts[1:], served.end], strict=True):
        found = contract.on(start)
        if held is not None and _content(held.contract.clauses) == _content(found.clauses):
            held = Version(Period(held.days.start, end), found)
        else:
            if held is not None:
                yield held
            held = Version(Period(start, end), found)
    if held is not None:
        yield held


def _has(contract: Contract, clause_id: str) -> bool:
    return any(each.id == clause_id for each in contract.clauses)


def _shape(contract: Contract, clause_id: str, leans_on: Kinds) -> object:
    """What must be equal for two versions of the clause to be settled as one; None: absent."""
    if not _has(contract, clause_id):
        return None
    return _content(_depends(contract, clause_id, leans_on))


def _content(clauses: Iterable[ClauseBase]) -> list[dict[str, Any]]:
    """The terms alone: on which paper they stand changes nothing."""
    return [each.model_dump(exclude={"source", "sources"}) for each in clauses]


def _depends(contract: Contract, clause_id: str, leans_on: Kinds) -> list[ClauseBase]:
    """The clause, the conventions, and what both reach; in the contract's order."""
    by_id = {each.id: each for each in contract.clauses}
    if clause_id not in by_id:
        return []
    reached = {clause_id, *(each.id for each in contract.of_kind(Conventions))}
    reached |= {each.id for kind in leans_on for each in contract.of_kind(kind)}
    waiting = [clause_id]
    while waiting:
        clause = by_id[waiting.pop()]
        named = {text for text in _texts(clause) if text in by_id} - reached
        if isinstance(clause, ServiceLevel):
            named |= {each.id for each in contract.of_kind(ServiceHours)}
        waiting += named - reached
        reached |= named
    return [each for each in contract.clauses if each.id in reached]


def _texts(value: object) -> Iterator[str]:
    """Every text in a clause; one that is the id of another clause names it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Model):
        for field in type(value).model_fields:
            if field not in ("source", "sources"):
                yield from _texts(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
