"""Amended months, ended contracts, late and refused facts: the verifier agrees with the engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.works import ForecastGiven
from pactdesk.core.facts.kinds import StatementMade
from pactdesk.core.facts.names import ContractEvent, Party
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.keys import TrustedKeys
from pactverify import verify
from pactverify.late import LateFacts
from tests.support.contracts import (
    agreement,
    always,
    amend,
    change,
    deduction_cap,
    fixed_fee,
    headcount_fee,
    late_fee,
    level,
    payment,
    per_miss,
    per_point,
)
from tests.support.facts import Book
from tests.support.houses import EXCUSED, KEY, SEPTEMBER_ON_TIME, TWO_MORE, House, chats, told
from tests.support.verifier import given_to_it

Facts = Sequence[RecordedFact]
OCTOBER = told(chats("2026-10", 8, 2), "2026-10-25", "october")
DAYS = (date(2026, 10, 5), date(2026, 11, 3), date(2026, 12, 3))


def agrees(house: House, statement: Statement, folder: Path) -> bool:
    """Whether the verifier finds nothing in the bundle of the statement."""
    keys = TrustedKeys([KEY.public])
    keys.save(folder / "keys.json")
    bundle = folder / f"{statement.number}.pactbundle"
    write_bundle(bundle, house.contract, load_china(), statement.to_plain(), house.log, keys)
    report = verify(bundle, trust=folder / "keys.json")
    assert not report.failures, [(each.key, each.facts) for each in report.failures]
    return report.ok


def of_october(contract: Contract, facts: Facts, folder: Path) -> bool:
    house = House(contract, [*OCTOBER, *facts])
    return agrees(house, house.through(date(2026, 11, 2)).issue("2026-10"), folder)


@pytest.mark.parametrize("word", ["old", "new", "separate", "weighted"])
def test_a_month_with_an_amendment(word: str, tmp_path: Path) -> None:
    capped = (per_point(cap="0.10"), deduction_cap("0.05"), late_fee(), payment())
    contract = amend(
        agreement(fixed_fee("31000.00"), level(), *capped),
        "2026-10-15",
        change(level(target="0.95"), judged=word),
        change(fixed_fee("40000.00")),
    )
    assert of_october(contract, (), tmp_path)


def test_other_service_hours_from_a_day_on(tmp_path: Path) -> None:
    night = told(Book().seated("ann", "2026-10-15 17:00", "2026-10-16 02:00"), "2026-10-20", "ann")
    contract = agreement(headcount_fee(1, "10.00"), level(), per_miss())
    longer = amend(contract, "2026-10-16", change(always(), judged="separate"))
    assert of_october(longer, night, tmp_path)


STEPS = [
    ContractStep(ContractEvent.TERMINATED, Party.CLIENT, "agreement", "2026-10-20"),
    ContractStep(ContractEvent.SUSPENDED),
    ContractStep(ContractEvent.RENEWED, until="2027-12-31"),
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.event.value)
def test_steps_in_the_life_of_the_contract(step: ContractStep, tmp_path: Path) -> None:
    taken = told(Book().told("2026-10-12 10:00", step), "2026-10-12", "step")
    contract = agreement(fixed_fee("31000.00"), level(), per_miss(), end="2026-10-25")
    assert of_october(contract, taken, tmp_path)


@pytest.mark.parametrize("times", ["0.50", "3.00"])
def test_a_volume_above_forecast(times: str, tmp_path: Path) -> None:
    book = Book().told("2026-09-25 10:00", ForecastGiven("chats", "2026-10", 10))
    book.excluded("2026-10-15 00:00", "2026-10-16 00:00", cause="above_forecast")
    rule: dict[str, Any] = {"measure": "chats", "times": times}
    contract = agreement(fixed_fee("31000.00"), level(above_forecast=rule), per_miss())
    assert of_october(contract, told(book, "2026-10-20", "forecast"), tmp_path)


def test_an_issued_month_of_unknown_rules_is_refused() -> None:
    book = Book().issued("2026-09", 100_000, "2026-10-05 10:00:00")
    name = str(book.facts[0].fact.measured["statement"])
    book.told("2026-10-05 10:00:00", StatementMade(name, "2026-10-03", 9, {"fee-1": 100_000}))
    contract, calendar, facts = given_to_it(agreement(fixed_fee()), book.facts)
    late = LateFacts(contract, calendar, facts, date(2026, 11, 3))
    with pytest.raises(ValueError, match="rules_version 9"):
        late.settlement("2026-10")


LATE = (fixed_fee("10000.00"), level(target="0.90"), per_point(rate="0.02"))
CONTRACTS = {
    "unlimited": agreement(*LATE),
    "limited": agreement(*LATE, late_facts_months=1),
    "amended": amend(agreement(*LATE), "2026-09-16", change(fixed_fee("20000.00"))),
}


@pytest.mark.parametrize("name", CONTRACTS)
def test_facts_that_came_late(name: str, tmp_path: Path) -> None:
    house = House(CONTRACTS[name], [*SEPTEMBER_ON_TIME, *TWO_MORE, *EXCUSED])
    for month, day in zip(("2026-09", "2026-10", "2026-11"), DAYS, strict=True):
        assert agrees(house, house.through(day).issue(month), tmp_path)
    turned = [each.to_plain()["ledger"][0].get("corrected") for each in house.issued[1:]]
    missed, excused = {"level-1": "missed"}, {"level-1": "undetermined"}
    assert turned == [missed, missed if name == "limited" else excused]
    adjusted = [each.number for each in house.issued if each.adjustments]
    assert adjusted == ["c-1-2026-10"] + ([] if name == "limited" else ["c-1-2026-11"])
