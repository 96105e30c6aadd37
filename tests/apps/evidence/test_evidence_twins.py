"""A real month in PostgreSQL: the same statement and bundle as from files, and fast enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pactdesk.apps.evidence.actions import seal_days
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import within
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.log import seal_through
from pactdesk.core.settle.month import settled_month
from pactdesk.core.terms.text import contract_from_yaml
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactdesk.simulate.run import simulate
from pactdesk.simulate.scenario import Scenario
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.logs import worker_process

MakeFact = Callable[..., Fact]
TERMS = Path(__file__).resolve().parents[2] / "simulate" / "outsourcing.yaml"
OCTOBER = Period.month("2026-10")
BATCH = 10_000


def test_a_month_gives_the_same_statement_and_bundle_from_postgres_and_from_files(
    desk: TestDatabase, signer: SigningKey, tmp_path: Path
) -> None:
    contract = contract_from_yaml(TERMS.read_text("utf-8")).completed()
    batches = simulate(contract, load_china(), OCTOBER, Scenario(), 7)
    recorded: list[RecordedFact] = []
    personal: list[PersonalField] = []
    for batch in batches:
        recorded += [RecordedFact(fact, batch.recorded_at) for fact in batch.facts]
        personal += batch.personal
    files = FileLog.create(tmp_path / "log", contract.contract_id, contract.zone)
    rows = PostgresFactLog(new_id(), contract.contract_id, zone_named(contract.zone))
    scope, last = of(rows.contract), date(2026, 11, 1)
    keys = TrustedKeys([signer.public])
    with worker_process(desk), within(scope):
        assert files.record(recorded, personal) == rows.record(recorded, personal)
        assert seal_through(files, last, signer) == seal_days(scope, rows, last, signer)
        assert list(files.personal_fields()) == list(rows.personal_fields())
        statements = []
        for log, name in ((files, "files"), (rows, "rows")):
            plain = settled_month(contract, log, load_china(), OCTOBER).to_plain()
            statements.append(canonical_json(plain))
            write_bundle(tmp_path / name, contract, load_china(), plain, log, keys)
    assert statements[0] == statements[1]
    assert (tmp_path / "files").read_bytes() == (tmp_path / "rows").read_bytes()


def test_ten_thousand_facts_are_taken_in_at_once(qinghe: PostgresFactLog, fact: MakeFact) -> None:
    facts = [fact(f"e-{n}") for n in range(BATCH)]
    with within(of(qinghe.contract)):
        assert qinghe.append_now(facts).added == BATCH
        assert qinghe.append_now(facts).duplicates == BATCH
        assert len(list(qinghe.facts("c"))) == BATCH
