"""Bands in the rows of a table: 90分以上 | 100% under 得分 | 付款比例."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.deductions.kinds import Deduction, base_of, metric_in
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Passage
from pactdesk.documents.provisions.tables import Table

_PAID = ("付款比例", "支付比例", "结算比例", "付费比例", "支付", "付款", "结算系数", "结算")
_TAKEN = ("扣款", "扣减", "扣除", "扣罚", "减付", "扣")
_SHARE = re.compile(
    rf"(?P<all>全额|不扣减?款?|无|足额)[^\d]*|[^\d]*(?P<n>{NUMERAL})\s?%[^\d]*"
    rf"|[^\d]*百分之(?P<s>{NUMERAL})[^\d]*"
)
_SIGNS = {"≥": "ge", ">=": "ge", ">": "gt", "≤": "le", "<=": "le", "<": "lt"}
_BOUND = re.compile(
    rf"(?P<sign>不低于|不少于|低于|不足|小于|高于|超过|达到?|[≥≤<>]=?)?\s?(?P<n>{NUMERAL})"
    r"\s?(?:分|%|‰|秒)?"
    r"(?:\(含\))?(?P<side>(?:及)?以上|(?:及)?以下)?"
)


def read(passage: Passage) -> Iterator[Noted[Deduction]]:
    """One for each table that sets a share of pay, or a deduction, beside bands."""
    for table in passage.tables:
        paid = table.column(*_PAID, start=1)
        column = paid if paid is not None else table.column(*_TAKEN, start=1)
        if column is None:
            continue
        tiers = _tiers(table, column, paid is not None)
        if len(tiers) >= 2:
            yield _deduction(passage, table, column, tiers, paid is not None)


def _tiers(table: Table, column: int, paid: bool) -> list[dict[str, Decimal | None]]:
    tiers: list[dict[str, Decimal | None]] = []
    for row in table.rows:
        share = _SHARE.fullmatch(row[column].text) if column < len(row) else None
        bounds = _bounds(next((c.text for c in row if re.search(r"\d", c.text)), ""))
        if share is None or not bounds:
            return []
        told = share["n"] or share["s"]
        amount = numeral_value(told) if told else Decimal(100 if paid else 0)
        tiers.append({**bounds, "amount": amount})
    return tiers


def _bounds(words: str) -> dict[str, Decimal | None]:
    found = list(_BOUND.finditer(words))
    if len(found) == 1:
        return {_key(found[0]): numeral_value(found[0]["n"])}
    if len(found) != 2:
        return {}
    if any(f["sign"] or f["side"] for f in found):
        keys = {_key(f): numeral_value(f["n"]) for f in found}
        return dict(keys) if len(keys) == 2 else {}
    low, high = sorted(numeral_value(f["n"]) for f in found)
    whole = high % 10 == 9 and low % 1 == 0
    return {"ge": low, "lt" if whole else "le": high + 1 if whole else high}


def _key(found: re.Match[str]) -> str:
    if found["side"]:
        return "ge" if found["side"].endswith("上") else "lt"
    sign = found["sign"] or ""
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign in ("高于", "超过"):
        return "gt"
    return "lt" if sign in ("低于", "不足", "小于") else "ge" if sign else "eq"


def _deduction(
    passage: Passage,
    table: Table,
    column: int,
    tiers: list[dict[str, Decimal | None]],
    paid: bool,
) -> Noted[Deduction]:
    words = " ".join(cell.text for cell in table.header)
    rows = " ".join(cell.text for cell in table.rows[0])
    score = bool(patterns.search(r"得分|评分|分数|考核|成绩|总分|\d分", words + rows))
    metric = "assessment_score" if score else metric_in(words) or "assessment_score"
    lead = passage.text[max(0, table.start - 40) : table.start]
    unit = "pct_payable" if paid else base_of(table.header[column].text + lead)
    if paid and "尾款" in words + lead:
        unit = "pct_final_payment"
    deduction = Deduction(metric, "score_band" if score else "tier", None, unit, tiers=tuple(tiers))
    return Noted(deduction, table.start, table.end, LIKELY)
