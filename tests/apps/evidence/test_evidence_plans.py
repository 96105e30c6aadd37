"""Facts are looked up by their event, whatever PostgreSQL believes about the table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from pactdesk.apps.evidence import sql
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.queries import FIRST_MS, LAST_MS
from pactdesk.apps.walls.scope import within
from pactdesk.config.private_postgres import ADMIN
from tests.apps.evidence.conftest import MakeFact
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.logs import worker_process

FACTS = 2_000

OF_ONE_EVENT = ("one", "earlier", "other")
"""What the statements call the rows of one event."""


def looked_at(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every table that a plan reads, as the statement calls it, and the index it reads it by."""
    below = plan.get("Plans", ())
    if "Alias" in plan:
        bitmaps = [each["Index Name"] for each in below if each["Node Type"] == "Bitmap Index Scan"]
        yield plan["Alias"], plan.get("Index Name", "+".join(bitmaps) or plan["Node Type"])
    for each in below:
        yield from looked_at(each)


@pytest.mark.parametrize("others", [0, 3, 40], ids=lambda n: f"{n} facts of another contract")
@pytest.mark.parametrize("gone", [False, True], ids=["kept", "deleted"])
def test_a_first_import_is_searched_by_event(
    desk: TestDatabase,
    qinghe: PostgresFactLog,
    baita: PostgresFactLog,
    fact: MakeFact,
    others: int,
    gone: bool,
) -> None:
    with within(of(baita.contract)):
        baita.append_now([fact(f"b-{n}") for n in range(others)])
    with psycopg.connect(desk.address(ADMIN), autocommit=True) as postgres:
        if gone:
            postgres.execute("DELETE FROM evidence_fact")
        postgres.execute("VACUUM ANALYZE evidence_fact")
    one = qinghe.contract
    names = [f"e-{n}" for n in range(FACTS)]
    statements: dict[str, list[Any]] = {
        sql.VERSIONS_OF: [one, ["chat"] * FACTS, names, one],
        sql.VERSIONS_BETWEEN: [one, FIRST_MS, LAST_MS],
        sql.RECORDED_FROM_TO: [one, one],
    }
    with worker_process(desk), within(of(one)), connection.cursor() as cursor:
        qinghe.append_now([fact(name) for name in names])
        for statement, values in statements.items():
            cursor.execute("EXPLAIN (FORMAT JSON) " + statement, values)
            [(told,)] = cursor.fetchall()
            [plan] = json.loads(told) if isinstance(told, str) else told
            by_event = {index for alias, index in looked_at(plan["Plan"]) if alias in OF_ONE_EVENT}
            assert by_event == {"fact_recorded_once"}
