"""The most that the provider owes in all, and what the limit does not cover."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_LIMIT = r"最多|至多|上限|为限|不超过|不得超过|不高于|不得高于|不多于|封顶|最高(?:额|限额)?"
_ABOUT = (
    r"赔偿(?=最多|至多)|"
    r"(?:赔偿|违约|责任)[^,;]{0,8}(?:责任|总额|金额|限额|总和|之和|上限)"
    r"|累计[^,;]{0,6}(?:责任|赔偿)|责任(?:限额|上限)|赔偿(?:总额|责任"
    r"|金额|限额)?"
)
_CARVE_OUTS = (
    ("confidentiality_breach", r"泄密|保密|泄露|个人信息|数据安全"),
    ("intent_or_gross_negligence", r"故意|重大过失"),
    ("personal_injury", r"人身"),
    ("intellectual_property", r"知识产权"),
)


@dataclass(frozen=True, slots=True)
class LiabilityCap:
    """`value` of `unit`: months_of_fee, pct_contract_total, pct_annual_fee, CNY."""

    value: Decimal
    unit: str
    carve_outs: tuple[str, ...]


def read(passage: Passage) -> Noted[LiabilityCap] | None:
    """The line that limits liability as a whole, not one penalty."""
    for line in passage.saying(
        rf"(?:{_ABOUT})[^;]*(?:{_LIMIT})|责任(?:限额|上限)[^;,]{{0,6}}(?:为"
        rf"|是|:)|(?:{_LIMIT})[^;]*(?:{_ABOUT})",
        without=r"逾期付款|每逾期|每日|滞纳|每(?:低于|降低|发生)|单月|月度?扣|扣减"
        r"|当月服务费的?\d",
    ):
        found = _limit(passage, line)
        if found is not None:
            rest = patterns.search(
                r"除外|不受[^,;]{0,10}限|不适用", passage.text[line.start : line.end + 60]
            )
            words = passage.text[line.start : line.end + (60 if rest else 0)]
            carve = tuple(
                name for name, pattern in _CARVE_OUTS if rest and patterns.search(pattern, words)
            )
            return Noted(LiabilityCap(*found, carve), line.start, line.end, LIKELY)
    return None


def _limit(passage: Passage, line: Line) -> tuple[Decimal, str] | None:
    months = patterns.search(r"(?:前|最近|过去|近|此前|之前|发生前)[^,;]{0,6}", line.text)
    for found in quantities_in(passage.text, line.start, line.end):
        unit = found.value.unit
        if unit in ("month", "year") and (
            months or patterns.search(r"费|款", passage.text[found.end : found.end + 16])
        ):
            return found.value.n * (12 if unit == "year" else 1), "months_of_fee"
        if unit == "pct":
            around = passage.text[max(line.start, found.start - 20) : found.end + 4]
            year = patterns.search(r"年度|一年|全年|年服务", around)
            return found.value.n, "pct_annual_fee" if year else "pct_contract_total"
    for amount in amounts_in(passage.text, line.start, line.end):
        return amount.value, "CNY"
    if "_" in line.text:
        return None
    if patterns.search(
        r"(?:合同|协议)?(?:总价款?|总额|总金额|总费用|合同金额|合同价款"
        r"|服务费总额|全部服务费)",
        line.text,
    ):
        return Decimal(100), "pct_contract_total"
    if patterns.search(r"年(?:度)?(?:服务|管理|维护)?费", line.text):
        return Decimal(12), "months_of_fee"
    return None
