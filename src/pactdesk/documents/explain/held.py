"""The terms behind a figure of a statement, where amendments changed them."""

from __future__ import annotations

from datetime import date

from pactdesk.core.settle.stretches import versions_in
from pactdesk.core.terms.amendments import Judged, is_dated
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.values import Plain


def held(contract: Contract, statement: Plain, entry: Plain) -> Contract:
    """The terms that a line or a level of the statement was made by."""
    contract = as_signed(contract, statement)
    if not contract.amendments:
        return contract
    month = Period.month(statement["period"])
    first, last = month.start, month.last_day
    if "days" in entry:
        first, last = (date.fromisoformat(day) for day in entry["days"].split("|"))
    by_new = entry.get("judged") == Judged.NEW
    return _with_all(contract, month, contract.on(last if by_new else first))


def as_signed(contract: Contract, statement: Plain) -> Contract:
    """The contract with the amendments that the statement knows: those signed by its evidence day.

    A month so far has no such day and knows them all.
    """
    day = statement.get("pins", {}).get("evidence", {}).get("day")
    return contract.signed_by(date.fromisoformat(day)) if day else contract


def held_on(contract: Contract, day: date) -> Contract:
    """The terms in force on a day; a draft whose amendments have no day yet as it stands."""
    dated = all(is_dated(each) for each in contract.amendments)
    return contract.on(day) if dated else contract


def held_in(contract: Contract, period: str) -> Contract:
    """Every clause of the month, for its name: as it stands last, also when it was repealed."""
    if not contract.amendments:
        return contract
    month = Period.month(period)
    return _with_all(contract, month, contract.on(month.last_day))


def _with_all(contract: Contract, month: Period, chosen: Contract) -> Contract:
    """The chosen terms, and clauses that only other days of the month know: lines name them."""
    versions = versions_in(contract, month)
    every = {each.id: each for version in versions for each in version.contract.clauses}
    every |= {each.id: each for each in chosen.clauses}
    return chosen.model_copy(update={"clauses": tuple(every.values())})
