"""Small tables and mappings, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactdesk.gateways.tabular.reconciliation import Reconciliation
from pactdesk.gateways.tabular.results import Imported

RECORDED_AT = instant_at("2026-10-13T02:00:00+08:00")

CALLS = """\
line,id,queued,wait,outcome,answered,agent
A1,1,9:00:00,10,ANSWERED,9:00:10,wang
A1,2,9:01:00,40,LEFT,,
A2,1,9:02:00,0,MENU,,
"""
"""One call answered, one that left, one that ended in the menu."""

MAPPING = """\
source: switch
zone: Asia/Shanghai
day: 2026-10-12
row_id: [line, id]
skip:
  - {reason: menu, when: {outcome: MENU}}
facts:
  - kind: interaction.opened
    suffix: opened
    at: queued
    fields: {interaction: {text: "{line}-{id}"}, channel: phone}
  - kind: clock
    suffix: answer/activate
    at: queued
    fields: {interaction: {text: "{line}-{id}"}, metric: answer, event: activate}
  - kind: clock
    suffix: answer/fulfil
    when: {outcome: ANSWERED}
    at: answered
    fields: {interaction: {text: "{line}-{id}"}, metric: answer, event: fulfil, actor: agent}
  - kind: interaction.abandoned
    suffix: abandoned
    when: {outcome: LEFT}
    at: {column: queued, plus_seconds: wait}
    fields: {interaction: {text: "{line}-{id}"}}
"""


@pytest.fixture
def memory() -> MemoryFactLog:
    return MemoryFactLog("c", ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Imported]:
    """`checked(csv, mapping)`: the table, checked against the mapping; nothing is loaded."""

    def check(
        table: str | bytes = CALLS, mapping: str = MAPPING, salt_key: bytes | None = None
    ) -> Imported:
        path = tmp_path / "calls.csv"
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        return import_rows(path, read_mapping(mapping, "calls.yaml"), "c", salt_key=salt_key)

    return check


@pytest.fixture
def account(
    checked: Callable[..., Imported], memory: MemoryFactLog
) -> Callable[..., Reconciliation]:
    """`account(csv, mapping)`: imports into `memory`, and gives the account."""

    def imported(
        table: str | bytes = CALLS,
        mapping: str = MAPPING,
        *,
        recorded_at: Instant = RECORDED_AT,
        salt_key: bytes | None = None,
    ) -> Reconciliation:
        return load(memory, checked(table, mapping, salt_key), recorded_at)

    return imported


@pytest.fixture
def calls() -> str:
    return CALLS


@pytest.fixture
def mapping() -> str:
    return MAPPING
