"""PENALTY_EXCESSIVE: a penalty in the words that no late-fee term holds."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.core.terms.rules.penalty_excessive import EXCESSIVE_PER_DAY, percent
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.rates import rates_in
from pactdesk.documents.paper import Paper

_PENALTY = r"违约金|滞纳金|罚金|罚款|逾期利息"
_OWES = re.compile(
    r"[甲乙]方|逾期|迟延|延迟|拖欠|违约方|任[何一]一?方|一方|守约方|未按|晚付|客户|服务商|解约|解除"
)
"""A penalty that nobody owes is talked of, not agreed: the advertisement of a download page."""
_LATE = r"(?:逾期|迟延|延迟|拖延|超期|晚付?)"
_DAILY = re.compile(
    rf"每(?:{_LATE}|满)?[一1]?[日天]|{_LATE}[一1][日天]|按[日天]|日息|逐日|/\s?[日天]"
    rf"|日(?=\s?[百千万]分之)|日利率"
)
_OF_PRICE = re.compile(
    r"(?:合同|协议|服务费)(?:总)?(?:金额|价款|总额|总价|款)?[^。；;,，]{0,4}(?:的"
    r"|×)?[^。；;,，]{0,4}(?=\d|百分之|[一二三四五六七八九]成)"
)
_TIMES = re.compile(
    r"(?:合同|协议)(?:总)?(?:金额|价款|总额|总价)[^。；;,，]{0,4}[一二两三四五六七八九十\d]+倍"
)
MOST_OF_PRICE = Decimal("0.30")


def penalty_excessive(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """From 0.3 % a day, or above 30 % of the price of the contract."""
    del contract
    for sentence in paper.main:
        if not re.search(_PENALTY, sentence.text) or not _OWES.search(sentence.text):
            continue
        times = _TIMES.search(sentence.text)
        if times:
            stated = times[0]
            return remark(paper, "PENALTY_EXCESSIVE", passage(sentence, times), stated=stated)
        rate = next(iter(rates_in(sentence.text)), None)
        if rate is None:
            continue
        daily, priced = _DAILY.search(sentence.text), _OF_PRICE.search(sentence.text)
        if daily and rate.value >= EXCESSIVE_PER_DAY:
            stated = f"{percent(rate.value)} × 365 = {percent(rate.value * 365)}"
            return remark(paper, "PENALTY_EXCESSIVE", passage(sentence, daily), stated=stated)
        if priced and not daily and rate.value > MOST_OF_PRICE:
            return remark(
                paper,
                "PENALTY_EXCESSIVE",
                passage(sentence, priced),
                stated=percent(rate.value),
            )
    return ()
