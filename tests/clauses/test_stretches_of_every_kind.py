"""Every kind of line settles in a month whose conventions change: each clause in two stretches."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from tests.support.contracts import (
    CONVENTIONS,
    agreement,
    amend,
    change,
    fixed_fee,
    level,
    per_breach,
    per_miss,
    settled,
)
from tests.support.facts import Book
from tests.support.reference import page_of, terms_on

_PAGES = Path(__file__).resolve().parents[2] / "docs/reference/lines"
_NO_KIND = {"index", "adjustment", "after_term", "due_dates", "late_fee"}
"""Pages without a clause of their own; that of the late fee shows several of which one may be."""

KINDS = sorted(page.stem for page in _PAGES.glob("*.md") if page.stem not in _NO_KIND)
HALVES = {"2026-10-01|2026-10-15", "2026-10-16|2026-10-31"}


def contract_of(kind: str) -> Contract:
    """The terms of a page's example, with the clauses that they name."""
    given = {"conventions", "period", "service_hours"}
    shown = [each for each in terms_on(page_of(kind)) if each["kind"] not in given]
    ids = {each["id"] for each in shown}
    named = sorted(set(re.findall(r"'((?:level|fee|deduction)-\d+)'", str(shown))) - ids)
    return agreement(*shown, *_named(kind, named, ids))


def _named(kind: str, named: list[str], ids: set[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in named:
        if name.startswith("fee"):
            found.append(fixed_fee("31000.00", id=name))
        elif name.startswith("level"):
            found.append(level(id=name, target="0.95"))
        elif kind == "deduction_overlap":
            found.append(per_breach(id=name))
        else:
            found.append(per_miss(id=name))
    if any(each["kind"] == "deduction" for each in found) and "level-1" not in {*named, *ids}:
        found.append(level(target="0.95"))
    return found


def a_late_chat() -> Book:
    return Book().asked("a", "2026-10-09 10:00:00", "2026-10-09 10:00:50")


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_the_conventions_splits_every_line(kind: str) -> None:
    contract = contract_of(kind)
    for word in ("old", "new", "separate", "weighted"):
        steps = change(CONVENTIONS | {"steps": "started"}, judged=word)
        statement = settled(amend(contract, "2026-10-16", steps), a_late_chat().facts)
        assert statement.lines
        if word == "separate":
            assert days_of(statement) == HALVES


def days_of(statement: Statement) -> set[str]:
    return {str(line.to_plain().get("days")) for line in statement.lines}
