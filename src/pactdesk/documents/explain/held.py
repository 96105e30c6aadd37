"""The terms behind a figure of a statement, where amendments changed them."""

from __future__ import annotations

from datetime import date

from pactdesk.core.settle.rules import LASTING
from pactdesk.core.settle.stretches import OutsideTerm, Split, split_month
from pactdesk.core.terms.amendments import Judged
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.values import Plain


def held(contract: Contract, statement: Plain, entry: Plain) -> Contract:
    """The terms that a line or a level of the statement was made by."""
    if not contract.amendments:
        return contract
    split = split_month(contract, Period.month(statement["period"]), lasting=LASTING)
    if "days" in entry:
        first, last = (date.fromisoformat(day) for day in entry["days"].split("|"))
    else:
        first, last = split.served.start, split.served.last_day
    by_new = entry.get("judged") == Judged.NEW
    return _with_all(split, contract.on(last if by_new else first))


def held_in(contract: Contract, period: str) -> Contract:
    """Every clause of the month, for its name: as it stands last, also when it was repealed."""
    if not contract.amendments:
        return contract
    month = Period.month(period)
    try:
        split = split_month(contract, month, lasting=LASTING)
    except OutsideTerm:
        return contract.on(month.last_day)
    return _with_all(split, split.last)


def _with_all(split: Split, chosen: Contract) -> Contract:
    """The chosen terms, and clauses that only other days of the month know: lines name them."""
    every = {each.id: each for version in split.versions for each in version.contract.clauses}
    every |= {each.id: each for each in chosen.clauses}
    return chosen.model_copy(update={"clauses": tuple(every.values())})
