"""Two real templates, filled in, meet a real day of calls: October 2026 is settled and rechecked.

Every expected figure comes from the CSV by plain arithmetic, and from what the answers agreed.
The one thing invented is the month before: the statement of August, which nobody has paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.checkpoints import to_checkpoint_record
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.fields import Measured as Detail
from pactdesk.core.facts.kinds import InvoiceReceived, Party, StatementIssued
from pactdesk.core.facts.log import seal_through
from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.settle.month import settled_month
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import plain_yaml
from pactdesk.core.units.instants import instant_at
from pactdesk.core.units.periods import Period
from pactdesk.documents.reading import Reading, read_contract
from pactdesk.documents.source import read_source
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactverify.__main__ import main as pactverify
from tests.support.bank_calls import BANK_CALLS, BANK_MAPPING, ROOT, Day, counted_by_hand, overlap

SEEDS = ROOT.parent / "shared" / "seeds"
ANSWERS = ROOT / "tests" / "documents" / "answers"
OCTOBER = Period.month("2026-10")
HOURS = 3600
OPEN = {
    "001": [(9 * HOURS, 18 * HOURS)],
    "004": [(9 * HOURS, 12 * HOURS), (13 * HOURS + 1800, 18 * HOURS)],
}
AUGUST_FEN = 2_000_000
AUGUST_LATE = "310.00"  # 20,000.00 × 0.0005 a day × 31 days of October, due in September

FILES = {path.name[:3]: path for path in sorted(SEEDS.glob("*.txt")) if path.name[:3] in OPEN}
PRESENT = sorted(FILES) if BANK_CALLS.is_file() else []


@dataclass(frozen=True)
class Settled:
    """One seed on its whole way."""

    name: str
    reading: Reading
    contract: Contract
    log: FileLog
    statement: Statement
    bundle: Path
    trust: Path

    def level(self, clause: str) -> Level:
        return self.statement.measured.level(clause)

    @property
    def amounts(self) -> dict[str, str]:
        return {line.clause: str(line.amount) for line in self.statement.lines}


if PRESENT:

    @pytest.fixture(scope="module")
    def day() -> Day:
        return counted_by_hand()

    @pytest.fixture(scope="module", params=PRESENT)
    def seed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settled:
        return _settled(str(request.param), tmp_path_factory.mktemp("seed"))

    @pytest.mark.requirement("T3", "T5")
    def test_the_paper_leaves_blanks_and_the_answers_fill_them_all(seed: Settled) -> None:
        assert seed.reading.contract.blanks()
        assert seed.contract.blanks() == ()
        assert seed.contract.zone == "Asia/Shanghai"

    @pytest.mark.requirement("B8", "B11", "E17")
    def test_the_levels_are_what_the_calls_themselves_say(seed: Settled, day: Day) -> None:
        windows = OPEN[seed.name]
        in_open_time = [
            overlap(call.queued, call.queued + call.wait, windows) for call in day.answered
        ]
        left_in_open_time = [
            overlap(call.queued, call.queued + call.wait, windows) for call in day.abandoned
        ]
        resolved = seed.level("level-3")
        assert (resolved.numerator, resolved.denominator) == (len(day.answered),) * 2
        assert resolved.excluded == {"abandoned": len(day.abandoned)}
        if seed.name == "001":
            first = seed.level("level-1")
            fast = sum(seconds <= 30 for seconds in in_open_time)
            assert (first.numerator, first.denominator) == (fast, len(day.answered))
        else:
            answered = seed.level("level-2")  # F4: who left fast is not counted
            fast = sum(seconds <= 20 for seconds in in_open_time)
            left_slow = sum(seconds > 20 for seconds in left_in_open_time)
            assert (answered.numerator, answered.denominator) == (
                fast,
                len(day.answered) + left_slow,
            )
            assert seed.level("level-1").standing is Standing.NOT_JUDGED  # nobody wrote by chat

    def test_what_nobody_observed_is_said_to_be_so_and_costs_nothing(seed: Settled) -> None:
        availability = seed.level("level-2" if seed.name == "001" else "level-5")
        assert (availability.standing, availability.reason) == (Standing.NOT_MEASURED, "no_probe")
        assert seed.level("level-4").standing is Standing.NOT_JUDGED
        assert {str(each.verdict) for each in seed.statement.assessed} >= {"undetermined"}

    @pytest.mark.requirement("B18", "B22", "E10", "E11")
    def test_the_lines_are_what_the_terms_say_and_sum_to_the_total(seed: Settled, day: Day) -> None:
        if seed.name == "001":
            expected = {"fee-1": "20,000.00", "late-fee-1": AUGUST_LATE}
        else:
            fee = _headcount_fee(day)
            points = (Fraction(80, 100) - Fraction(*_ratio(seed.level("level-2")))) * 100
            assert points >= 10  # so that the deduction is capped at a tenth of the fee
            expected = {
                "fee-1": _yuan(fee),
                "deduction-1": "0.00",
                "deduction-2": _yuan(-_to_the_fen(fee / 10)),
                "deduction-3": "0.00",
                "deduction-cap-1": "0.00",
                "late-fee-1": AUGUST_LATE,
            }
        assert seed.amounts == expected
        assert sum(line.amount.fen for line in seed.statement.lines) == seed.statement.total.fen

    @pytest.mark.requirement("B23")
    def test_an_unpaid_august_lets_the_provider_suspend(seed: Settled) -> None:
        assert "suspension" in {str(each.kind) for each in seed.statement.rights}

    def test_the_verifier_agrees_and_names_the_keys_it_was_given(
        seed: Settled, capsys: pytest.CaptureFixture[str]
    ) -> None:
        since = seed.trust.with_name("last.json")
        fourth_day = to_checkpoint_record(seed.log.checkpoints()[3])
        since.write_bytes(canonical_json({**fourth_day}) + b"\n")
        told = [str(seed.bundle), "--trust", str(seed.trust), "--since", str(since), "--json"]
        code = pactverify(told)
        assert code == 0, capsys.readouterr().out

    def test_the_verifier_does_not_say_yes_without_keys(seed: Settled) -> None:
        assert pactverify([str(seed.bundle)]) != 0


def _settled(name: str, folder: Path) -> Settled:
    reading = read_contract(read_source(FILES[name]))
    answers = ANSWERS / f"{name}.yaml"
    contract = filled(
        reading.contract, plain_yaml(answers.read_text("utf-8"), answers.name), answers.name
    ).completed()
    log = FileLog.create(folder / "log", contract.contract_id, contract.zone)
    log.append(_august(contract.contract_id), instant_at("2026-10-01T00:00:00+08:00"))
    mapping = read_mapping(BANK_MAPPING.read_text("utf-8"), BANK_MAPPING.name)
    calls = import_rows(BANK_CALLS, mapping, contract.contract_id)
    load(log, calls, instant_at("2026-10-13T02:00:00+08:00"))
    key = SigningKey.from_seed("real seeds", Party.PROVIDER, demo=True)
    seal_through(log, date(2026, 10, 31), key)
    statement = settled_month(contract, log, load_china(), OCTOBER)
    keys = TrustedKeys([key.public])
    keys.save(folder / "keys.json")
    bundle = folder / "october.pactbundle"
    write_bundle(bundle, contract, load_china(), statement.to_plain(), log, keys)
    return Settled(name, reading, contract, log, statement, bundle, folder / "keys.json")


def _august(contract_id: str) -> Iterator[Fact]:
    name = f"{contract_id}-2026-08"
    details: tuple[tuple[str, Detail], ...] = (
        ("2026-09-01T10:00:00+08:00", StatementIssued(name, "2026-08", AUGUST_FEN, {})),
        ("2026-09-02T10:00:00+08:00", InvoiceReceived(name)),
    )
    for at, detail in details:
        yield Fact.of(
            detail,
            contract_id=contract_id,
            source="books",
            event_id=f"{name}/{detail.kind}",
            occurred_at=instant_at(at),
        )


def _headcount_fee(day: Day) -> Fraction:
    """Verified seat hours, rounded to a hundredth, at 36.00; yuan."""
    seconds = sum(overlap(*span, OPEN["004"]) for span in day.seats.values())
    return _to_the_fen(Fraction(seconds, HOURS)) * 36


def _to_the_fen(value: Fraction) -> Fraction:
    """To the nearest hundredth, a half upwards; for values that are not negative."""
    return Fraction((value * 200 + 1) // 2, 100)


def _yuan(amount: Fraction) -> str:
    fen = abs(int(amount * 100))
    return f"{'-' if amount < 0 else ''}{fen // 100:,}.{fen % 100:02d}"


def _ratio(level: Level) -> tuple[int, int]:
    return level.numerator, level.denominator
