"""Deductions by how many levels were missed: 一项未达标扣2%,两项扣5%,三项以上扣10%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.deductions.kinds import Deduction, base_of, metric_in
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Passage

_ROW = re.compile(
    rf"(?P<n>{NUMERAL})(?:\s?(?:至|到|-|~)\s?(?P<high>{NUMERAL}))?\s?(?P<of>项"
    r"|个|件|起|次|例|宗)(?:考核)?(?:指标)?(?P<more>(?:\(含\))?(?:及"
    rf"|或)?(?:其)?以上|及以上)?[^;。\d%]{{0,26}}?"
    rf"(?P<verb>扣(?:减|除|款|罚|发)?|减付|核减|抵扣|支付|付)[^,;。\d%]{{0,14}}?"
    rf"(?:百分之(?P<spoken>{NUMERAL})|(?P<pct>{NUMERAL})\s?%|(?P<yuan>{NUMERAL})\s?元)"
)
_FAILED = r"未达标|不达标|未达|不合格|未完成|不符合|未通过"
_FURTHEST = 16


def read(passage: Passage) -> Iterator[Noted[Deduction]]:
    """Runs of at least two rows that count the missed levels."""
    run: list[re.Match[str]] = []
    for found in _ROW.finditer(passage.text):
        if run and found.start() - run[-1].end() > _FURTHEST:
            yield from _deduction(passage, run)
            run = []
        run.append(found)
    yield from _deduction(passage, run)


def _deduction(passage: Passage, run: list[re.Match[str]]) -> Iterator[Noted[Deduction]]:
    if len(run) < 2:
        return
    start, end = run[0].start(), run[-1].end()
    around = passage.text[max(0, start - 12) : end]
    counts = [numeral_value(row["n"]) for row in run]
    if counts != sorted(set(counts)):
        return
    metric = "failed_metric_count"
    if run[0]["of"] not in "项个":
        told = metric_in(passage.text[max(0, start - 40) : start], events=True)
        if told is None:
            return
        metric = told
    elif not patterns.search(_FAILED, around):
        return
    tiers: list[dict[str, Decimal | None]] = []
    for row, count in zip(run, counts, strict=True):
        amount = numeral_value(row["pct"] or row["spoken"] or row["yuan"])
        bounds: dict[str, Decimal | None] = {"ge" if row["more"] else "eq": count}
        if row["high"]:
            bounds = {"ge": count, "le": numeral_value(row["high"])}
        tiers.append({**bounds, "amount": amount})
    paid = not patterns.match(r"扣|减|核|抵", run[0]["verb"])
    unit = "pct_payable" if paid else "CNY" if run[0]["yuan"] else base_of(around)
    deduction = Deduction(metric, "tier", None, unit, tiers=tuple(tiers))
    yield Noted(deduction, start, end, LIKELY)
