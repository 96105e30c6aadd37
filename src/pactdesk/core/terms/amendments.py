"""Amendments (补充协议): signed, dated changes of single clauses; the base terms stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import combinations

from pydantic import Field

from pactdesk.core.terms.base import Blank, ClauseBase, Day, Model, Source, agreed
from pactdesk.core.terms.catalogue import Clause
from pactdesk.core.units.errors import PactError


class ChangeWithoutClause(PactError):
    """`amendment` says `op` of `clause`: add and replace need the new clause, repeal has none."""


class ChangeOfAnother(PactError):
    """`amendment` changes `clause`, but the clause that it gives is called `given`."""


class ClauseToChangeUnknown(PactError):
    """`amendment` replaces or repeals `clause`, which is not in force on `day`."""


class ClauseAlreadyThere(PactError):
    """`amendment` adds `clause`, which is in force already on `day`."""


class KindChanged(PactError):
    """`amendment` replaces `clause`, a `before`, by a `after`: that is a repeal and an addition."""


class ChangedTwice(PactError):
    """`one` and `other`, signed on the same day, change `clause` from the same `day` (`quotes`)."""


class ChangeOp(StrEnum):
    """What happens to a clause."""

    ADD = "add"
    REPLACE = "replace"
    REPEAL = "repeal"


class Judged(StrEnum):
    """How a month is judged in which a service level (or what it costs) changes.

    Fees need no such word: what costs X a month is divided by days.
    """

    OLD = "old"  # the whole month as before the change
    NEW = "new"  # the whole month as after it
    SEPARATE = "separate"  # each stretch of days by itself
    WEIGHTED = "weighted"  # the whole month both ways, each by its share of the days


class Change(Model):
    """One clause added, replaced (by one of the same kind) or repealed."""

    op: ChangeOp
    clause: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    to: Clause | None = None
    judged: Judged | Blank | None = None


class Amendment(Model):
    """A signed change. `effective_from` is the first day on which it holds; parties may agree on
    a day before the signing."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str | None = None
    source: Source | None = None
    signed_on: Day | Blank
    effective_from: Day | Blank
    changes: tuple[Change, ...]

    @property
    def effective(self) -> date:
        """The agreed first day; raises BlankLeft."""
        return agreed(self.effective_from, f"{self.id}.effective_from")

    @property
    def signed(self) -> date:
        """The agreed day of signing; raises BlankLeft."""
        return agreed(self.signed_on, f"{self.id}.signed_on")


def in_order(amendments: Iterable[Amendment]) -> list[Amendment]:
    """By the first day, then by signing: of two for one day, the later signed one wins."""
    return sorted(amendments, key=lambda each: (each.effective, each.signed))


def amended(clauses: tuple[Clause, ...], amendment: Amendment) -> tuple[Clause, ...]:
    """The clauses after one amendment: replaced ones keep their place, added ones come last.

    raises  ClauseToChangeUnknown, ClauseAlreadyThere, KindChanged
    """
    for change in amendment.changes:
        clauses = _changed(clauses, change, amendment)
    return clauses


def check_changes(clauses: tuple[Clause, ...], amendments: tuple[Amendment, ...]) -> None:
    """Raises unless every change has its clause; also in which order they hold, once dated."""
    for amendment in amendments:
        for change in amendment.changes:
            _check_shape(change, amendment)
    dated = [each for each in amendments if is_dated(each)]
    _check_once(dated)
    # With an undated one left out, what it adds would look unknown.
    if len(dated) == len(amendments):
        for amendment in in_order(dated):
            clauses = amended(clauses, amendment)


def _changed(
    clauses: tuple[Clause, ...], change: Change, amendment: Amendment
) -> tuple[Clause, ...]:
    facts = {"amendment": amendment.id, "clause": change.clause}
    day = amendment.effective.isoformat()
    before = next((each for each in clauses if each.id == change.clause), None)
    if change.op is ChangeOp.ADD:
        if before is not None:
            raise ClauseAlreadyThere(**facts, day=day)
        return (*clauses, *([change.to] if change.to else []))
    if before is None:
        raise ClauseToChangeUnknown(**facts, day=day)
    if change.to is None:
        return tuple(each for each in clauses if each is not before)
    if change.to.kind != before.kind:
        raise KindChanged(**facts, before=before.kind, after=change.to.kind)
    return tuple(change.to if each is before else each for each in clauses)


def _check_shape(change: Change, amendment: Amendment) -> None:
    facts = {"amendment": amendment.id, "clause": change.clause}
    if (change.to is None) != (change.op is ChangeOp.REPEAL):
        raise ChangeWithoutClause(**facts, op=change.op.value)
    if change.to is not None and change.to.id != change.clause:
        raise ChangeOfAnother(**facts, given=change.to.id)


def _check_once(amendments: list[Amendment]) -> None:
    told = [(each, change) for each in amendments for change in each.changes]
    for (one, first), (other, second) in combinations(told, 2):
        same_days = (one.effective, one.signed) == (other.effective, other.signed)
        if same_days and first.clause == second.clause:
            raise ChangedTwice(
                one=one.id,
                other=other.id,
                clause=first.clause,
                day=one.effective.isoformat(),
                quotes=f"{_quote(one, first)} | {_quote(other, second)}",
            )


def _quote(amendment: Amendment, change: Change) -> str:
    clause: ClauseBase | None = change.to
    source = clause.source if clause and clause.source else amendment.source
    return source.quote if source else f"{amendment.title or amendment.id}: {change.op}"


def is_dated(amendment: Amendment) -> bool:
    """Whether both its days are agreed."""
    return not isinstance(amendment.effective_from, Blank) and not isinstance(
        amendment.signed_on, Blank
    )
