"""Attacks through downloaded tables: a spreadsheet runs what begins like a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pactdesk.core.facts.kinds import Channel
from pactdesk.core.measure.listing import Listed, Place
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.instants import Instant
from pactdesk.documents.explain.names import Names
from pactdesk.web.portal.interactions import csv_bytes
from tests.support.contracts import sample_terms


@pytest.mark.parametrize("code", ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_table_begins_as_a_formula(code: str) -> None:
    terms = sample_terms()
    level = next(iter(terms.of_kind(ServiceLevel)))
    item = Listed(
        interaction=code,
        opened_at=Instant(1_760_000_000_000),
        channel=Channel.CHAT,
        case_type=None,
        day=date(2025, 10, 9),
        place=Place.MET,
        elapsed_ms=1000,
        reason=None,
        numerator=1,
        denominator=1,
    )
    table = csv_bytes([item], level, Names(terms, "zh"), ZoneInfo("Asia/Shanghai"))
    [_, row] = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert row[0] == f"'{code}"
    assert not [cell for cell in row if cell[:1] in "=+-@" and cell]
