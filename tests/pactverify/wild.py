"""Random terms bent once more: clauses with any figures, clauses that come, change and go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.money import ExpenseTold
from pactdesk.core.facts.families.works import IncidentHappened, UsageCounted, WorkTold
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import InvoiceReceived, Party, Payment, StatementIssued, Verdict
from pactdesk.core.facts.names import ContractEvent, ExpenseEvent, WorkEvent
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.periods import Period
from tests.support.wild_terms import KINDS, wild_clause

Terms = dict[str, Any]
_DAY = 86_400_000
_WORDS = ("report", "a|b", "🎲", "any")


def bent(rng: Random, period: Period, terms: Terms) -> Terms:
    """The terms with one to three more clauses and up to three more amendments."""
    kinds = [rng.choice(sorted(KINDS)) for _ in range(rng.choice([1, 1, 2, 3]))]
    kinds += ["refund"] if rng.random() < 0.2 else []
    wild = [wild_clause(rng, kind, f"wild-{n}") for n, kind in enumerate(kinds)]
    changed = {**terms, "clauses": [*terms["clauses"], *wild]}
    more = list(_amendments(rng, period, changed["clauses"]))
    return {**changed, "amendments": [*terms["amendments"], *more]}


def _amendments(rng: Random, period: Period, clauses: list[Terms]) -> Iterator[Terms]:
    for number in range(rng.choice([0, 0, 1, 2, 3])):
        far = rng.choice([-400, -40, 0, 0, 0, 400])
        day = period.start + timedelta(days=far + rng.randint(0, 29))
        changes = [_change(rng, clauses, number) for _ in range(rng.choice([1, 1, 2]))]
        yield {
            "id": f"wild-amendment-{number}",
            "signed_on": rng.choice([date(2025, 12, 1), day]).isoformat(),
            "effective_from": day.isoformat(),
            "changes": changes,
        }


def _change(rng: Random, clauses: list[Terms], number: int) -> Terms:
    clause = rng.choice(clauses)
    judged = rng.choice(
        [{}, *({"judged": word} for word in ("old", "new", "separate", "weighted"))]
    )
    match rng.choice(["add", "replace", "replace", "repeal"]):
        case "add":
            to = wild_clause(rng, rng.choice(sorted(KINDS)), f"added-{number}")
            return {"op": "add", "clause": to["id"], "to": to, **judged}
        case "replace" if clause["kind"] in KINDS:
            to = wild_clause(rng, clause["kind"], clause["id"])
            return {"op": "replace", "clause": clause["id"], "to": to, **judged}
        case "replace":
            return {"op": "replace", "clause": clause["id"], "to": clause, **judged}
    return {"op": "repeal", "clause": clause["id"], **judged}


def wild_facts(rng: Random, zone: str, period: Period) -> Iterator[tuple[int, Measured]]:
    """What clauses of such words look at."""
    start = day_start(period.start, zone_named(zone))
    end = day_start(period.end, zone_named(zone))
    if rng.random() < 0.2:
        until = rng.choice([None, (period.start + timedelta(days=rng.randint(-5, 40))).isoformat()])
        yield (
            rng.randrange(start, end),
            ContractStep(ContractEvent.TERMINATED, Party.PROVIDER, "breach", until),
        )
    if rng.random() < 0.3:
        month = str(Period.counted(period.start, -rng.randint(1, 3)))
        at, name = rng.randrange(start - 30 * _DAY, end), f"again-{month}"
        yield at, StatementIssued(name, month, 77_777, {"level-1": rng.choice([*Verdict])})
        yield at + _DAY, Payment(name, rng.choice([1, 33_333]))
        yield at + _DAY, InvoiceReceived(name)
    for number in range(rng.randint(0, 6)):
        at, word = rng.randrange(start - 5 * _DAY, end), rng.choice(_WORDS)
        incident = IncidentHappened(f"w-{number}", word, rng.choice([*Party]), 2, tuple(Party))
        spent = ExpenseTold(f"w-{number}", ExpenseEvent.APPROVED, word, 12_345, "b" * 64)
        work = WorkTold(word, rng.choice([*WorkEvent]), rng.choice(["0", "1/3", "1"]))
        yield at, rng.choice([incident, spent, work, UsageCounted(word, number + 1)])
