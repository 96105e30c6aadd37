"""What these tests settle, the verifier settles too, from the pages alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact, record_line
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_to_plain
from pactverify.book import Book
from pactverify.checking import differences
from pactverify.facts import fact_of
from pactverify.late import RULES_VERSION
from pactverify.settlement import Settlement
from pactverify.terms import Contract as Terms
from pactverify.trace import Replay
from pactverify.worktime import WorkCalendar


@pytest.fixture(autouse=True)
def rechecked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module's `settled` gives nothing that the verifier does not find as well."""
    settled: Callable[..., Statement] | None = getattr(request.module, "settled", None)
    if settled is None:
        return

    def settled_twice(
        contract: Contract, facts: Iterable[RecordedFact] = (), month: str = "2026-10"
    ) -> Statement:
        kept = tuple(facts)
        statement = settled(contract, kept, month)
        recheck(contract, kept, month, _plain(statement.to_plain()))
        return statement

    monkeypatch.setattr(request.module, "settled", settled_twice)


def recheck(
    contract: Contract, facts: tuple[RecordedFact, ...], month: str, said: dict[str, Any]
) -> None:
    """AssertionError where the verifier finds another level, verdict, amount or trace."""
    lines = (record_line(each).rstrip(b"\n") for each in facts)
    told = sorted((fact_of(each, "test", "c-1") for each in lines), key=lambda each: each[:3])
    calendar = WorkCalendar(_plain(load_china().canonical()))
    terms = Terms(_plain(contract_to_plain(contract)))
    settlement = Settlement(Book(told, calendar, terms, RULES_VERSION), month)
    found = settlement.lines
    measured = settlement.measured()
    expected = {**measured, "lines": [line.to_plain() for line in found]}
    bare = [{key: line[key] for key in line if key != "trace"} for line in said["lines"]]
    other = {**{name: said[name] for name in measured}, "lines": bare}
    assert not [each.facts for each in differences(expected, other, "statement")]
    for line, each in zip(found, said["lines"], strict=True):
        Replay(line).check(each["trace"])


def _plain(value: Any) -> Any:
    """As it is written and read."""
    return json.loads(json.dumps(value))
