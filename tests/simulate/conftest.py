"""The contract, a whole month and a short week that the simulation tests share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_yaml
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.simulate.record import Batch
from pactdesk.simulate.run import simulate
from pactdesk.simulate.scenario import Scenario

OCTOBER = Period.month("2026-10")


@pytest.fixture(scope="session")
def china() -> WorkCalendar:
    return load_china()


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The terms of an ordinary outsourcing contract."""
    text = Path(__file__).with_name("outsourcing.yaml").read_text(encoding="utf-8")
    return contract_from_yaml(text).completed()


@pytest.fixture(scope="session")
def october(contract: Contract, china: WorkCalendar) -> tuple[Batch, ...]:
    """The default scenario: October 2026, seed 7."""
    return tuple(simulate(contract, china, OCTOBER, Scenario(), 7))


@pytest.fixture(scope="session")
def three_days() -> Period:
    """The first days after the holiday; the third is the make-up Saturday."""
    return Period(date(2026, 10, 8), date(2026, 10, 11))


@pytest.fixture(scope="session")
def few_customers() -> Scenario:
    """The default scenario with a tenth of its customers and a probe an hour."""
    usual = Scenario()
    return replace(
        usual,
        demand=tuple(replace(each, per_day=each.per_day / 10) for each in usual.demand),
        platform=replace(usual.platform, probe_every_s=3600),
    )
