"""Four real years of a help desk: an event log, where a case is many rows."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.measure.interactions import interactions
from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactdesk.gateways.tabular.reconciliation import Reconciliation

RULES = Path(__file__).parent / "ticket_log.yaml"
LOG = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "ticket_log.csv"
MAPPING = read_mapping(RULES.read_text("utf-8"), RULES.name)
ROME = ZoneInfo("Europe/Rome")
FORM = "%Y/%m/%d %H:%M:%S.%f"
TOLD = ("Take in charge ticket", "Resolve ticket", "Closed")

if LOG.is_file():

    @pytest.fixture(scope="module")
    def log() -> MemoryFactLog:
        return MemoryFactLog("tickets", ROME)

    @pytest.fixture(scope="module")
    def told(log: MemoryFactLog) -> Reconciliation:
        return load(log, import_rows(LOG, MAPPING, "tickets"), Instant(0))

    @pytest.mark.requirement("B8", "B11")
    def test_every_event_of_the_help_desk_has_its_place(told: Reconciliation) -> None:
        with LOG.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        events = Counter(
            (row["case"], row["activity"], row["resource"], row["completed_at"])
            for row in rows
            if row["activity"] in TOLD
        )
        cases = {row["case"] for row in rows}
        assert (told.rows, told.rows_with_facts, told.rows_refused) == (len(rows), len(rows), 0)
        assert told.added == len(events) + 3 * len(cases)
        assert told.duplicates == sum(events.values()) - len(events) > 0
        assert (told.conflicting, told.is_complete) == (0, True)

    def test_a_case_is_opened_by_its_earliest_event(
        log: MemoryFactLog, told: Reconciliation
    ) -> None:
        earliest: dict[str, datetime] = {}
        with LOG.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                at = datetime.strptime(row["completed_at"], FORM).replace(tzinfo=ROME)
                earliest[row["case"]] = min(at, earliest.get(row["case"], at))
        folded = interactions(log.facts("tickets"))
        assert {each.id: each.opened_at for each in folded} == {
            case: instant_of(at) for case, at in earliest.items()
        }
