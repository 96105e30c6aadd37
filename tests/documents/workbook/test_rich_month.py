"""A finance clerk reads the spreadsheet of a month with every kind of line, cell by cell."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pactdesk.documents.workbook.book import workbook
from pactdesk.messages.catalogue import Language
from tests.support.rich_month import rich_contract, rich_statement

_KEY = re.compile(r"\||\b[a-z]+_[a-z_]+\b|\b(?:fee|level|cap|extra|deduction)-\d")


@cache
def book(language: Language) -> Any:
    made = rich_statement(is_amended=True).to_plain()
    return load_workbook(BytesIO(workbook(made, rich_contract(is_amended=True), language)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_cell_is_in_words_and_every_value_has_a_unit_and_a_source(language: Language) -> None:
    _, working, sources = book(language).worksheets
    words = [
        str(cell)
        for sheet in book(language)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str) and not cell.startswith("=")
    ]
    assert [each for each in words if _KEY.search(each)] == []
    for row in sources.iter_rows(min_row=2, values_only=True):
        assert all(row), row
    assert all(cell.value for cell in working["B"][1:])


def test_shares_are_shown_in_percent_and_whole_numbers_without_a_lonely_point() -> None:
    sources = book("zh").worksheets[2]
    formats = {row[3].value: row[2].number_format for row in sources.iter_rows(min_row=2)}
    assert formats["比例"] in ("0%", "0.00##%")
    assert formats["每日"] == "0.00##%"
    assert formats["天"] == "#,##0"


def test_what_a_limit_of_time_or_an_earlier_statement_is_can_be_looked_up() -> None:
    places = {cell.value for cell in book("zh").worksheets[2]["B"]}
    assert {"日历", "打卡记录", "已封存的事实"} <= places
    assert "结算单 s-2026-08，2026-10-20 至 2026-10-31" in places


def test_the_time_of_saving_is_nowhere_in_the_file() -> None:
    properties = book("zh").properties
    day = rich_statement(is_amended=True).to_plain()["pins"]["evidence"]["day"]
    assert properties.modified == properties.created == datetime.fromisoformat(day)
