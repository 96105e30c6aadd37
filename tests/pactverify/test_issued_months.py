"""Months issued one after another, while facts of them come in: the verifier agrees each time.

What late facts change in an issued month is a line of the next statement, and turns the verdicts
that later months count on; both are computed twice, from two evidence days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.kinds import StatementIssued
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.keys import TrustedKeys
from pactverify import verify
from tests.pactverify import cases
from tests.support.histories import random_events
from tests.support.houses import KEY, House

DAY = 86_400_000
ISSUED = {"2026-08": date(2026, 9, 4), "2026-09": date(2026, 10, 5), "2026-10": date(2026, 11, 3)}


def random_contract(rng: Random) -> Contract:
    terms: dict[str, Any] = cases.random_terms(rng, Period.month("2026-10"))
    year = {"start": "2026-01-01", "end": "2026-12-31"}
    clauses = [each | (year if each["kind"] == "period" else {}) for each in terms["clauses"]]
    named = {"contract_id": "c-1", "zone": "Asia/Shanghai"}
    return contract_from_plain(terms | named | {"clauses": clauses})


def told_late(rng: Random, contract: Contract) -> Iterator[RecordedFact]:
    """A history of each month, a part of which is told weeks afterwards."""
    for month in ISSUED:
        period = Period.month(month)
        also = cases.kinds().random_facts(rng, contract, period)
        for number, (at, detail) in enumerate([*random_events(rng, contract, period), *also]):
            if not isinstance(detail, StatementIssued):
                late = rng.choice([0, 0, 0, 1, 20, 50]) * DAY + rng.randrange(DAY)
                yield RecordedFact(
                    Fact.of(
                        detail,
                        contract_id="c-1",
                        source="desk",
                        event_id=f"{month}-{number}",
                        occurred_at=Instant(at),
                    ),
                    Instant(at + late),
                )


@pytest.mark.requirement("T4")
def test_the_verifier_agrees_on_months_that_late_facts_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Signatures are tested elsewhere, and would take half of the time here.
    monkeypatch.setattr("pactverify.ed25519.verifies", lambda *_: True)
    TrustedKeys([KEY.public]).save(tmp_path / "keys.json")
    seen: Counter[str] = Counter()
    for seed in range(6, 10):  # some of them see much turned
        rng = Random(f"house {seed}")
        contract = random_contract(rng)
        house = House(contract, list(told_late(rng, contract)), seed)
        for month, day in ISSUED.items():
            with suppress(PactError):
                statement = house.through(day).issue(month)
                bundle = tmp_path / "month.pactbundle"
                plain = statement.to_plain()
                keys = TrustedKeys([KEY.public])
                write_bundle(bundle, contract, load_china(), plain, house.log, keys)
                report = verify(bundle, trust=tmp_path / "keys.json")
                assert report.ok, f"seed {seed}, {month}:\n{report.text('en')}"
                seen["turned"] += any("corrected" in each for each in plain["ledger"])
                seen["adjusted"] += bool(statement.adjustments)
    assert min(seen["turned"], seen["adjusted"]) > 1, "almost nothing came late"
