"""Each construct in the phrasings of many lawyers, read by the reader of that construct alone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.paper import paper_of
from pactdesk.documents.provisions import (
    advances,
    assessment,
    fee,
    lateness,
    part_time,
    payment,
    suspension,
)
from pactdesk.documents.provisions.deductions import reading as deductions
from pactdesk.documents.provisions.levels import reading as levels
from pactdesk.documents.provisions.noted import Noted
from pactdesk.documents.provisions.passage import Passage, passage_of
from pactdesk.documents.source import source_from

HEAD = (
    "客服外包合同\n甲方（委托方）：杭州甲有限公司\n乙方（受托方）：湖州乙有限公司\n"
    "第一条 服务\n乙方为甲方提供客服服务。\n第二条 约定\n"
)
FILES = ("phrasings_money.yaml", "phrasings_service.yaml")
TABLES: dict[str, list[tuple[str, Any]]] = {
    name: rows
    for file in FILES
    for name, rows in yaml.safe_load((Path(__file__).parent / file).read_text("utf-8")).items()
}


def plain(value: Any) -> Any:
    if isinstance(value, Noted):
        return plain(value.value)
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return list(value) if isinstance(value, tuple) else value


def parts(value: object, *names: str) -> list[Any]:
    inner = value.value if isinstance(value, Noted) else value
    return [plain(getattr(inner, name, None)) for name in names]


def _due(passage: Passage) -> list[Any]:
    read = payment.read(passage)
    return [plain(read.cycle), *parts(read.due, "kind", "n", "event")]


def _advances(passage: Passage) -> list[Any]:
    both = (advances.down_payment(passage), advances.final_payment(passage))
    return [parts(advance, "pct", "amount") for advance in both]


def _deposit(passage: Passage) -> Any:
    found = advances.deposit(passage)
    return parts(found, "amount", "refundable") if found else None


def _penalty(reader: Callable[[Passage], Any]) -> Callable[[Passage], list[Any]]:
    return lambda passage: parts(reader(passage), "per_day", "pct")


def _fees(passage: Passage) -> list[Any]:
    read = fee.read(passage)
    return [plain(read.basis), sorted(parts(n, "value", "unit") for n in read.amounts)]


def _totals(passage: Passage) -> list[Any]:
    return parts(fee.read(passage), "total", "tax_rate", "tax_included")


READERS: dict[str, Callable[[Passage], Any]] = {
    "due": _due,
    "advances": _advances,
    "deposits": _deposit,
    "late_fees": _penalty(lateness.late_fee),
    "provider_penalties": _penalty(lateness.provider_penalty),
    "suspensions": lambda passage: plain(suspension.read(passage)),
    "fees": _fees,
    "totals": _totals,
    "levels": lambda passage: [
        parts(n, "metric", "comparator", "threshold", "unit") for n in levels.read(passage)
    ],
    "deductions": lambda passage: [
        parts(n, "metric", "trigger", "amount", "amount_unit") for n in deductions.read(passage)
    ],
    "assessments": lambda passage: parts(
        assessment.read(passage), "cycle", "pass_score", "consecutive"
    ),
    "part_time": lambda passage: parts(
        part_time.read(passage), "min_hours_per_week", "max_hours_per_week", "max_hours_per_day"
    ),
}


def passage(wording: str) -> Passage:
    source = source_from(Extracted(HEAD + wording), name="paper.txt", kind="txt", sha256="0" * 64)
    return passage_of(paper_of(source))


@pytest.mark.parametrize("construct", TABLES)
def test_each_phrasing_means_what_a_lawyer_would_read(construct: str) -> None:
    wrong = []
    for wording, meant in TABLES[construct]:
        meant = [meant[0], sorted(meant[1])] if construct == "fees" else meant
        read = READERS[construct](passage(wording))
        if read != meant:
            wrong.append((wording, read, meant))
    assert not wrong


def test_every_construct_has_many_phrasings() -> None:
    assert set(TABLES) == set(READERS)
    assert min(len(rows) for rows in TABLES.values()) >= 10
