"""PERCENT_SUM_UNCHECKED: instalments of one price that do not make the whole (A, defect 4)."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.rates import rates_in
from pactdesk.documents.paper import Paper, Sentence

_PART = (
    r"签[订约]后|期满后|中期[付款]|开通后|首付|首期|首款|预付|定金|第[一二三四]期"
    r"|[一二三四]期款|尾款|余款|剩余|其余|余下"
    r"|进度款|中期款|"
    r"验收款|上线后|终验|初验|每月[^。；;]{0,12}支付[^。；;]{0,14}的"
)
_PAID = r"付|结清|结算|款[^。；;,，]{0,4}为|款[:：]"
_NOT = (
    r"违约金|税率|税金|滞纳|赔偿|提成|佣金|扣|减付|得分|评分|满意|达标|利息|欠款|迟延|逾"
    r"|低于|不足\d|率(?!先)"
)
_REST_NAMES = r"(?:余款|剩余(?:款项|部分|价款|费用|金额)?|其余(?:款项|部分)?|尾款)"
_SETTLED = r"(?:付清|结清|支付|给付|付讫)"
_REST = rf"{_REST_NAMES}[^。；;%％\d成]{{0,16}}{_SETTLED}(?!\s?\d)|{_SETTLED}{_REST_NAMES}(?!\s?\d)"


def percent_sum(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """30 % + 60 % + 20 %: an error; parts that are blank: a warning to check the sum."""
    del contract
    parts = [s for s in paper.main if _is_part(s)]
    if not any(re.search(_PART, s.text) for s in parts):
        return ()
    rates = [_shares(s) for s in parts]
    told = [share for shares in rates for share in shares]
    places = [(s.start, s.end) for s, shares in zip(parts, rates, strict=True) if shares]
    blank = [
        (s.start, s.end)
        for s in parts
        if any(
            paper.text[g.end : g.end + 3].lstrip().startswith(("%", "％"))
            for g in paper.gaps_between(s.start, s.end)
        )
    ]
    if len(set(places + blank)) + len(told) > 1 and blank:
        marks = sorted(set(places + blank))
        if len(marks) > 1:
            return remark(
                paper, "PERCENT_SUM_UNCHECKED", *marks[:4], severity=Severity.WARNING, sum="____"
            )
        return ()
    if len(told) < 2 or any(re.search(_REST, s.text) for s in parts):
        return ()
    total = sum(told, Decimal(0))
    if total == 1:
        return ()
    return remark(
        paper, "PERCENT_SUM_UNCHECKED", *places[:4], sum=f"{(total * 100).normalize():f}%"
    )


def _is_part(sentence: Sentence) -> bool:
    """A sentence that pays a share; which part of the price it is, the others tell."""
    return bool(re.search(_PAID, sentence.text)) and not re.search(_NOT, sentence.text)


def _shares(sentence: Sentence) -> list[Decimal]:
    return [found.value for found in rates_in(sentence.text) if Decimal("0.01") <= found.value <= 1]
