"""A real day of calls: what is measured from the log is what the file itself says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.measure.level import Standing
from pactdesk.core.measure.measuring import Measured, measure
from pactdesk.core.terms.text import contract_from_yaml
from pactdesk.core.units.instants import instant_at
from pactdesk.core.units.periods import Period
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactdesk.gateways.tabular.reconciliation import Reconciliation
from tests.support.bank_calls import BANK_CALLS, BANK_MAPPING, Day, counted_by_hand, overlap

TERMS = Path(__file__).parent / "bank_terms.yaml"
OCTOBER = Period.month("2026-10")
OPEN = [(8 * 3600, 12 * 3600), (13 * 3600, 20 * 3600 + 1800)]

# The mapping and the terms are read in any case, so that they cannot rot where the data is absent.
MAPPING = read_mapping(BANK_MAPPING.read_text("utf-8"), BANK_MAPPING.name)
CONTRACT = contract_from_yaml(TERMS.read_text("utf-8"), TERMS.name)

if BANK_CALLS.is_file():

    @pytest.fixture(scope="module")
    def day() -> Day:
        return counted_by_hand()

    @pytest.fixture(scope="module")
    def log(tmp_path_factory: pytest.TempPathFactory) -> FileLog:
        return FileLog.create(tmp_path_factory.mktemp("bank") / "log", "bank-calls", CONTRACT.zone)

    @pytest.fixture(scope="module")
    def account(log: FileLog) -> Reconciliation:
        imported = import_rows(BANK_CALLS, MAPPING, "bank-calls")
        return load(log, imported, instant_at("2026-10-13T02:00:00+08:00"))

    @pytest.fixture(scope="module")
    def month(log: FileLog, account: Reconciliation) -> Measured:
        return measure(CONTRACT, log.facts("bank-calls"), load_china(), OCTOBER)

    @pytest.mark.requirement("A7")
    def test_every_row_of_the_day_has_its_place(account: Reconciliation, day: Day) -> None:
        assert account.rows == day.rows == 2375
        assert account.skipped == {
            "ended in the VRU": day.in_the_menu,
            "phantom call": day.phantoms,
        }
        assert account.rows_refused == day.impossible == 6
        assert account.rows_with_facts == len(day.calls)
        assert account.made == {
            "interaction.opened": len(day.calls),
            "interaction.closed": len(day.answered),
            "interaction.abandoned": len(day.abandoned),
            "clock": 3 * len(day.calls) + 3 * len(day.answered),
            "attendance": 2 * len(day.seats),
        }
        assert (account.duplicates, account.conflicting) == (0, 0)
        reasons = {type(each.error).__name__ for each in account.refused}
        assert reasons == {"TimesBackwards", "CellTimeMissing"}

    def test_importing_the_day_again_adds_nothing(log: FileLog, account: Reconciliation) -> None:
        before = {path: path.read_bytes() for path in log.folder.rglob("*.jsonl")}
        imported = import_rows(BANK_CALLS, MAPPING, "bank-calls")
        again = load(log, imported, instant_at("2026-10-14T02:00:00+08:00"))
        assert (again.added, again.duplicates, again.conflicting) == (0, account.added, 0)
        assert {path: path.read_bytes() for path in log.folder.rglob("*.jsonl")} == before

    @pytest.mark.parametrize("formula", ["f1", "f2", "f3", "f4"])
    @pytest.mark.requirement("A7")
    def test_calls_answered_within_20_seconds(month: Measured, day: Day, formula: str) -> None:
        fast = sum(call.wait <= 20 for call in day.answered)
        slow = len(day.answered) - fast
        left_fast = sum(call.wait <= 20 for call in day.abandoned)
        left_slow = len(day.abandoned) - left_fast
        expected = {
            "f1": (fast + left_fast, fast + slow + left_fast + left_slow),
            "f2": (fast, fast + slow),
            "f3": (fast, fast + slow + left_fast + left_slow),
            "f4": (fast, fast + slow + left_slow),
        }[formula]
        level = month.level(f"answer-{formula}")
        assert (level.numerator, level.denominator) == expected
        assert level.standing is Standing.MEASURED
        waits = [call.wait for call in day.calls]
        assert level.histogram == {wait: waits.count(wait) for wait in sorted(set(waits))}
        assert list(level.missed) == sorted(call.name for call in day.calls if call.wait > 20)

    @pytest.mark.requirement("B8")
    def test_first_responses_within_a_minute(month: Measured, day: Day) -> None:
        level = month.level("first-wall")
        fast = sum(call.wait <= 60 for call in day.answered)
        assert (level.numerator, level.denominator) == (fast, len(day.answered))
        assert level.excluded == {"abandoned": len(day.abandoned)}

    @pytest.mark.requirement("B8", "B9")
    def test_first_responses_by_the_clock_of_the_service_hours(month: Measured, day: Day) -> None:
        level = month.level("first-open")
        fast = sum(overlap(c.queued, c.queued + c.wait, OPEN) <= 60 for c in day.answered)
        assert (level.numerator, level.denominator) == (fast, len(day.answered))
        assert level.numerator > month.level("first-wall").numerator

    def test_the_mean_of_first_responses(month: Measured, day: Day) -> None:
        level = month.level("first-average")
        seconds = sum(call.wait for call in day.answered)
        assert (level.numerator, level.denominator) == (1000 * seconds, len(day.answered))

    @pytest.mark.requirement("B11")
    def test_calls_settled_within_five_minutes_and_at_all(month: Measured, day: Day) -> None:
        lasted = [call.ended - call.dialled for call in day.answered if call.ended is not None]
        in_time = month.level("resolved-in-time")
        assert (in_time.numerator, in_time.denominator) == (
            sum(seconds <= 300 for seconds in lasted),
            len(lasted),
        )
        at_all = month.level("resolved-at-all")
        assert (at_all.numerator, at_all.denominator) == (len(lasted), len(lasted))
        assert at_all.excluded == {"abandoned": len(day.abandoned)}

    def test_nobody_was_asked_so_satisfaction_is_not_judged(month: Measured) -> None:
        level = month.level("satisfied")
        assert (level.denominator, level.standing) == (0, Standing.NOT_JUDGED)

    def test_everything_happened_on_one_day(month: Measured) -> None:
        for level in month.levels:
            assert [str(day) for day in level.by_day] in ([], ["2026-10-12"])

    @pytest.mark.requirement("E11")
    def test_seat_time_is_from_the_first_talk_to_the_last_inside_the_service_hours(
        month: Measured, day: Day, account: Reconciliation
    ) -> None:
        worked = {agent: overlap(*span, OPEN) for agent, span in day.seats.items()}
        assert month.seat_time.by_agent == {a: 1000 * s for a, s in worked.items() if s}
        assert month.seat_time.unpaired == ()
        assert account.last is not None
        assert account.last < instant_at("2026-10-13T00:00:00+08:00")
