"""The same contract, period, scenario and seed give the same bytes, on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pactdesk.core.facts.fact import RecordedFact, record_line
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.simulate.chance import Chance, added_up
from pactdesk.simulate.parts import Spread
from pactdesk.simulate.record import Batch
from pactdesk.simulate.run import simulate
from pactdesk.simulate.scenario import Scenario

LENGTHS = [18_283, 13_549, 16_975, 17_746, 14_408]
GAPS = [2_135_532_267, 2_009_908_526, 231_357_949, 23_141_289]
PLACES = [2, 0, 1, 2, 1, 2]
DICE = [3, 4, 6, 1, 2, 4]

ROOT = Path(__file__).resolve().parents[2]
PRINT_DIGEST = """
from datetime import date
from hashlib import sha256
from pathlib import Path
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact, record_line
from pactdesk.core.terms.text import contract_from_yaml
from pactdesk.core.units.periods import Period
from pactdesk.simulate.run import simulate
terms = Path("tests/simulate/outsourcing.yaml").read_text(encoding="utf-8")
days = Period(date(2026, 10, 8), date(2026, 10, 11))
digest = sha256()
for batch in simulate(contract_from_yaml(terms), load_china(), days, seed=7):
    for fact in batch.facts:
        digest.update(record_line(RecordedFact(fact, batch.recorded_at)))
    digest.update(repr(batch.personal).encode())
print(digest.hexdigest())
"""


def digest_of(batches: Iterable[Batch]) -> str:
    digest = sha256()
    for batch in batches:
        for fact in batch.facts:
            digest.update(record_line(RecordedFact(fact, batch.recorded_at)))
        digest.update(repr(batch.personal).encode())
    return digest.hexdigest()


def in_a_fresh_python(hash_seed: str, locale: str) -> str:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "LC_ALL": locale,
        "TZ": "America/New_York",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-c", PRINT_DIGEST]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def test_two_runs_are_identical_whatever_the_hash_seed_locale_and_zone_of_the_machine(
    contract: Contract, china: WorkCalendar, three_days: Period
) -> None:
    here = digest_of(simulate(contract, china, three_days, seed=7))
    assert in_a_fresh_python("1", "C") == here
    assert in_a_fresh_python("2", "C.UTF-8") == here


def test_another_seed_is_another_month(
    contract: Contract, china: WorkCalendar, three_days: Period, few_customers: Scenario
) -> None:
    one, other = (
        digest_of(simulate(contract, china, three_days, few_customers, seed)) for seed in (1, 2)
    )
    assert one != other


def test_customers_stay_who_they_were_when_the_probes_change(
    contract: Contract, china: WorkCalendar, three_days: Period, few_customers: Scenario
) -> None:
    rare = replace(few_customers, platform=replace(few_customers.platform, probe_every_s=7200))
    one, other = (
        {
            (fact.event_id, fact.occurred_at)
            for batch in simulate(contract, china, three_days, scenario)
            for fact in batch.facts
            if fact.kind == "interaction.opened"
        }
        for scenario in (few_customers, rare)
    )
    assert one
    assert one == other


def test_the_draws_are_those_that_every_python_makes() -> None:
    chance = Chance(7, "golden")
    lengths = [chance.length_ms(Spread(12, 0.6, 150)) for _ in range(5)]
    assert lengths == LENGTHS
    assert [round(chance.gap() * 10**9) for _ in range(4)] == GAPS
    assert [chance.weighted((0.1, 0.2, 0.7)) for _ in range(6)] == PLACES
    assert [chance.between(1, 6) for _ in range(6)] == DICE


def test_numbers_are_added_one_after_the_other_as_python_311_did() -> None:
    assert added_up([0.1] * 10) == 0.9999999999999999
