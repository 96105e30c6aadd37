"""Amounts in the cells of a price table: bare numbers whose unit another cell or the head tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.fee_amount import FeeAmount
from pactdesk.documents.provisions.fee_words import NOT_A_FEE, unit_of_amount
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Passage
from pactdesk.documents.provisions.tables import Cell, Table

_PRICES = ("单价", "价格", "收费标准", "费用标准", "报价", "服务费", "月费", "金额", "费率", "费用")
_PRICE = re.compile(rf"[¥￥]?\s?(?P<n>{NUMERAL})\s?(?:元|圆)?(?:整)?(?P<behind>(?:/|每).*)?")

_PER = re.compile(r"^.*?(?:人民币)?元\s?")


def read(passage: Passage) -> Iterator[Noted[FeeAmount]]:
    """One for each cell in a column of prices whose unit the table tells."""
    for table in passage.tables:
        column = table.column(*_PRICES, start=1)
        if column is None or patterns.search(NOT_A_FEE, table.header[column].text):
            continue
        for row in table.rows:
            if column < len(row) and not patterns.search(r"合计|总计|小计|税", row[0].text):
                yield from _priced(table, row, column)


def _priced(table: Table, row: tuple[Cell, ...], column: int) -> Iterator[Noted[FeeAmount]]:
    cell = row[column]
    found = _PRICE.fullmatch(cell.text)
    if found is None:
        return
    unit = _unit(found["behind"] or "", table, row, column)
    if unit is not None:
        value = numeral_value(found["n"])
        yield Noted(FeeAmount("unit_price", value, unit), cell.start, cell.end, LIKELY)


def _unit(behind: str, table: Table, row: tuple[Cell, ...], column: int) -> str | None:
    """The unit told behind the price, in a cell of units, in the heading, in the row's name."""
    unit_column = table.column("单位", "计费方式", "计价方式")
    told = [behind, row[unit_column].text if unit_column is not None else ""]
    told.append(table.header[column].text)
    for words in told:
        per = _PER.sub("", words.strip("() ").split("(")[-1]).strip(" /每")
        unit = unit_of_amount(row[0].text, "/" + per) if per and per != words else None
        if unit is None and words is not table.header[column].text and per:
            unit = unit_of_amount(row[0].text, "/" + per)
        if unit is not None:
            return unit[0]
    named = unit_of_amount(row[0].text + table.header[column].text, "")
    return named[0] if named else None
