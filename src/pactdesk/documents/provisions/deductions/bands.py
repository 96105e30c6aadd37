"""Deductions by a table: 90分(含)以上全额付款;80至89分付95%; 低于99.9%不低于99.5%的,扣10%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.deductions.kinds import Deduction, base_of, metric_in
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Passage

_SIGN = r"(?P<SIDEsign>不低于|不少于|不足|不满|低于|小于|高于|超过|达到?|未达到?|≥|>=|<=|≤|<|>)?\s?"
_NUM = (
    rf"(?P<SIDEn>{NUMERAL})(?![条章款项节、])\s?(?P<SIDEu>分(?!之)钟?|%|‰|秒钟?|小时)?(?:\(不?含\)"
    rf"|\(不?含{NUMERAL}分?\))?(?P<SIDEside>(?:及|或)?以上"
    r"|(?:及|或)?以下)?(?:\(不?含\))?"
)
_ONE = (_SIGN + _NUM).replace("SIDE", "a")
_TWO = (_SIGN + _NUM).replace("SIDE", "b")
_PAYS = (
    rf"(?:(?P<whole>(?:抵扣|扣(?:减|除))?(?:全额|全数|足额|不扣(?:减|款)?|100%|全部))[^,;\d]{{0,8}}"
    r"|(?P<verb>支?付|按|抵扣|扣(?:减|除|款)?|减付|核减|结算|发放"
    rf"|罚)[^,;%\d]{{0,22}}?(?:百分之(?P<spoken>{NUMERAL})|(?P<amount>{NUMERAL})\s?%))"
)
_SCORED = re.compile(r"得分|评分|分数|考核分|总分|成绩|满意度")
_FINAL = r"尾款|余款|末期|最后一期|第二期(?:款|服务费|费|价|应付)|二期款"
_FIVE = 5
_BAND = re.compile(
    rf"(?:(?:(?P<low>{NUMERAL})\s?(?:分|%)?(?P<lowsign>[≤<]=?)\s?[一-鿿]{{1,8}})?{_ONE})(?:\s?(?:至"
    r"|到|-|~|(?:但|且|而"
    rf"|,)?)\s?(?:{_TWO}))?(?:之间|区间)?(?:的|者|时|部分)?[,:]?\s?"
    rf"(?:[^,;。\d%\n]{{0,8}},)?[^,;。\d%\n]{{0,12}}?{_PAYS}"
)


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    bounds: dict[str, Decimal | None]
    amount: Decimal
    paid: bool
    score: bool
    text: str
    whole: bool


def read(passage: Passage) -> Iterator[Noted[Deduction]]:
    """Runs of at least two bands that follow each other."""
    rows = [row for match in _BAND.finditer(passage.text) if (row := _row(match))]
    run: list[_Row] = []
    for row in rows:
        if run and row.start - run[-1].end > 24:
            yield from _deduction(passage, run)
            run = []
        run.append(row)
    yield from _deduction(passage, run)


def _row(match: re.Match[str]) -> _Row | None:
    units = {unit for unit in (match["au"], match["bu"]) if unit}
    scored = (
        not units
        and (match["asign"] or match["bsign"])
        and _SCORED.search(match.string, max(0, match.start() - 40), match.end())
    )
    if not units and not scored:
        return None
    score = "分" in units or bool(scored)
    # 每低1分减付1% is a step, not a band.
    phrase = re.split(r"[,;。\n]", match.string[max(0, match.start() - 14) : match.start("an")])
    if "每" in phrase[-1]:
        return None
    bounds = _bounds(match)
    if bounds is None:
        return None
    paid = bool(match["whole"]) or not patterns.match(r"扣|抵|减付|核减|罚", match["verb"] or "")
    amount = (
        Decimal(100)
        if match["whole"] and "扣" not in match["whole"]
        else numeral_value(match["amount"] or match["spoken"] or "0")
    )
    if match["whole"] and "扣" in match["whole"]:
        paid = False
    return _Row(
        match.start(), match.end(), bounds, amount, paid, score, match[0], bool(match["whole"])
    )


def _bounds(match: re.Match[str]) -> dict[str, Decimal | None] | None:
    first = numeral_value(match["an"])
    if match["low"]:
        least = "ge" if match["lowsign"] in ("≤", "<=") else "gt"
        return {least: numeral_value(match["low"]), _key(match["asign"], match["aside"]): first}
    second = numeral_value(match["bn"]) if match["bn"] else None
    bounds: dict[str, Decimal | None] = {}
    if second is None:
        bounds[_key(match["asign"], match["aside"])] = first
        return bounds
    signs = (match["asign"], match["bsign"])
    if any(signs) or match["aside"] or match["bside"]:
        bounds[_key(signs[0], match["aside"])] = first
        bounds[_key(signs[1], match["bside"])] = second
        return bounds if len(bounds) == 2 else None
    low, high = sorted((first, second))
    # 80至89分 means up to, not including, 90.
    whole = high % 10 == 9 and low % 1 == 0
    bounds["ge"], bounds["lt" if whole else "le"] = low, high + 1 if whole else high
    return bounds


def _key(sign: str | None, side: str | None) -> str:
    if side:
        return "ge" if side.endswith("上") else "lt"
    if sign in ("不低于", "不少于", "达到", "达", "≥", ">="):
        return "ge"
    if sign in ("高于", "超过", ">"):
        return "gt"
    if sign in ("≤", "<="):
        return "le"
    return "lt" if sign else "eq"


def _deduction(passage: Passage, rows: list[_Row]) -> Iterator[Noted[Deduction]]:
    if len(rows) < 2 or not any(key != "eq" for row in rows for key in row.bounds):
        return
    if patterns.search(
        r"逾期|迟延|拖欠|延迟(?:付|支)", passage.text[max(0, rows[0].start - 20) : rows[0].end]
    ):
        return
    score = any(row.score for row in rows)
    start, end = rows[0].start, rows[-1].end
    lead = passage.text[max(0, start - 40) : rows[0].end]
    # 90分以上全额支付;80至90分扣减3%: nothing is taken off, then something.
    paid = any(row.paid and not row.whole for row in rows) or all(row.paid for row in rows)
    if not paid:
        rows = [replace(row, amount=Decimal(0)) if row.paid else row for row in rows]
    whole = passage.text[start:end]
    final = bool(patterns.search(_FINAL, lead + whole))
    if paid:
        unit = "pct_final_payment" if final else "pct_payable"
    else:
        named = (
            whole
            if patterns.search(r"费|款", whole)
            else passage.text[max(0, start - 24) : end + 20]
        )
        unit = base_of(named)
    own = re.split(r"[;。\n]", passage.text[max(0, start - 16) : rows[0].end])[-1]
    of_five = all(value <= _FIVE for row in rows for value in row.bounds.values() if value)
    rated = of_five or metric_in(own) in ("csat", "qa_score", "client_satisfaction_score")
    score = score and not rated
    metric = "assessment_score" if score else metric_in(own) or metric_in(lead)
    if of_five and metric not in ("csat", "qa_score", "client_satisfaction_score"):
        metric = "csat"
    if metric is None:
        if not patterns.search(r"%", rows[0].text.split(",")[0]):
            return
        metric = "assessment_score"
    trigger = "score_band" if score else "tier"
    tiers = tuple({**row.bounds, "amount": row.amount} for row in rows)
    yield Noted(Deduction(metric, trigger, None, unit, tiers=tiers), start, end, LIKELY)
