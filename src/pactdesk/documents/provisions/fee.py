"""What is paid: the basis, the whole sum, the tax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import fee_amounts, patterns
from pactdesk.documents.provisions.fee_amount import FeeAmount
from pactdesk.documents.provisions.fee_words import NOT_A_FEE, TOTAL, unit_of_amount
from pactdesk.documents.provisions.noted import GUESS, LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Passage

_FORMULA = re.compile(
    r"[^,;。]{0,14}=[^,;。=]{0,20}[×xX*][^,;。=]{2,40}"
    r"|[^,;。]{0,16}[×*][^,;。×]{1,12}[×*][^,;。]{1,14}"
    r"|(?:按|以)[^,;]{0,10}人数[^,;]{0,8}(?:乘以?|×)[^,;]{2,30}"
)
_TIMED = ("CNY/hour", "CNY/person/hour", "CNY/person/day")
_BY_UNIT = (
    ("CNY/person/hour", "per_hour"),
    ("CNY/person/day", "headcount_x_days_x_rate"),
    ("CNY/person/shift", "per_shift"),
    ("CNY/seat/month", "per_seat_month"),
    ("CNY/person/month", "per_person_month"),
    ("CNY/hour", "per_hour"),
    ("CNY/month", "fixed_monthly"),
    ("CNY/year", "fixed_annual"),
)
_WITH_SHARE = (("CNY/hour", "hourly_plus_commission"), ("CNY/month", "base_plus_commission"))
_WITHOUT_TAX = (
    r"不含(?:增值)?税|未含税|不包[含括][^,;]{0,4}税|税(?:费|金|款)?(?:另"
    r"|由甲方另)(?:计|付|行|加)?|未税|税外|(?:另|再)加[^,;]{0,8}(?:税"
    r"|%)|要开票[^,;]{0,6},?加"
)
_WITH_TAX = r"含[^,;不]{0,12}税|税费?(?:已)?包含|价税合计|含税|包[含括][^,;]{0,12}税"
_DAYS = r"天数|工作日数|出勤[天日]|人天|人日|[日天]单价|出勤天|工日"
_WORDS: tuple[tuple[str, str, float], ...] = (
    (
        "milestone_plus_annual",
        r"(?=[\s\S]*(?:上线|验收|里程碑|交付|实施费|建设费"
        r"|开发费))(?=[\s\S]*(?:年度?(?:维护|运维|维保|服务)费"
        r"|每年[^,;。]{0,12}维护))",
        LIKELY,
    ),
    (
        "base_plus_performance",
        r"(?:基础|固定|基本)(?:部分|[^,;。]{0,4}费)[\s\S]{0,80}(?:绩效"
        r"|浮动|考核)(?:部分|[^,;。]{0,4}费|奖)|绩效[^,;。]{0,4}费"
        r"|浮动[^,;。]{0,4}费",
        LIKELY,
    ),
    (
        "fixed_annual",
        r"年(?:度)?(?:管理|服务|维护|运维)?费|按年(?:度)?(?:包干|计)"
        r"|每年(?:人民币|固定)|每(?:服务|合同)年度?(?:费用|人民币)|年度包干",
        LIKELY,
    ),
    ("fixed_monthly", r"每月|按月|月(?:度)?(?:服务|管理)?费", GUESS),
)


@dataclass(frozen=True, slots=True)
class Fee:
    """Amounts, what they are counted by, the contract's total, and the tax in them."""

    basis: Noted[str] | None
    amounts: tuple[Noted[FeeAmount], ...]
    formula: Noted[str] | None
    total: Noted[Decimal] | None
    tax_rate: Noted[Decimal] | None
    tax_included: Noted[bool] | None


def read(passage: Passage) -> Fee:
    """Everything about the price."""
    amounts = fee_amounts.read(passage)
    formula = _formula(passage)
    rate, included = _tax(passage)
    return Fee(_basis(passage, amounts, formula), amounts, formula, _total(passage), rate, included)


def _formula(passage: Passage) -> Noted[str] | None:
    for line in passage.saying(r"[×*]|乘"):
        found = _FORMULA.search(line.text)
        if found and patterns.search(r"人数|数量|席|人员|单价|工时|小时|时间", found[0]):
            return Noted(found[0], line.at(found.start()), line.at(found.end()))
    return None


def _basis(
    passage: Passage, amounts: tuple[Noted[FeeAmount], ...], formula: Noted[str] | None
) -> Noted[str] | None:
    by_unit: dict[str, Noted[FeeAmount]] = {}
    told_by = [n for n in amounts if n.value.item != "allowance"]
    for noted in told_by if any(n.value.unit.startswith("CNY") for n in told_by) else amounts:
        # What only overtime or a surplus costs does not tell what the fee is counted by.
        if (
            noted.value.item not in ("overtime_price", "surcharge")
            or noted.value.unit not in _TIMED
        ):
            by_unit.setdefault(noted.value.unit, noted)
    told = next(_from_units(by_unit, passage, formula), None)
    if told is not None:
        return told
    performance = _said(passage, _WORDS[1][1], "base_plus_performance")
    return performance or _from_open_places(passage) or _from_words(passage)


def _from_units(
    units: dict[str, Noted[FeeAmount]], passage: Passage, formula: Noted[str] | None
) -> Iterator[Noted[str]]:
    def of(basis: str, unit: str, sure: float = SURE) -> Noted[str]:
        return Noted(basis, units[unit].start, units[unit].end, sure)

    share = next((u for u in ("pct_net_paid_sales", "pct_paid_sales") if u in units), None)
    if share and "CNY/hour" in units:
        yield of("hourly_plus_commission", "CNY/hour")
    if share and "CNY/month" in units:
        yield of("base_plus_commission", "CNY/month", LIKELY)
    if "CNY/min" in units:
        yield of("per_minute_tiered", "CNY/min")
    included = "conversation/month" in units or not (
        {"CNY/seat/month", "CNY/person/month", "CNY/person/hour"} & units.keys()
    )
    if (
        "CNY/conversation" in units
        and included
        and patterns.search(r"超出|超过|保底|包含|超量", passage.text)
    ):
        yield of("minimum_plus_overage", "CNY/conversation", LIKELY)
    timed = (
        patterns.search(rf"{_DAYS}|小时|工时|时数|时长|时间", formula.value) if formula else None
    )
    if formula is not None and (timed or any(unit in units for unit in _TIMED)):
        days = patterns.search(_DAYS, formula.value) or "CNY/person/day" in units
        basis = "headcount_x_days_x_rate" if days else "headcount_x_hours_x_rate"
        yield Noted(basis, formula.start, formula.end, LIKELY)
    performance = _said(passage, _WORDS[1][1], "base_plus_performance")
    if performance and ("CNY/month" in units or "CNY/year" in units):
        yield performance
    milestone = _said_apart(passage)
    if milestone:
        yield milestone
    if (
        any(u == "CNY" for u in units)
        and "CNY/year" in units
        and units["CNY"].value.item == "one_off_fee"
    ):
        yield of("milestone_plus_annual", "CNY", LIKELY)
    # Beside another price the one that decides is an opinion, not a fact of the paper.
    prices = [unit for unit in units if unit.startswith("CNY") and unit not in ("CNY", "CNY/pp")]
    order = {"CNY/month": 1, "CNY/year": 2}
    by_place = sorted(
        (b for b in _BY_UNIT if b[0] in units),
        key=lambda b: (order.get(b[0], 0), units[b[0]].start),
    )
    for unit, basis in by_place:
        if unit in units:
            plain = len(prices) == 1 and unit not in ("CNY/month", "CNY/year")
            yield of(basis, unit, SURE if plain else LIKELY)
    if "CNY/conversation" in units:
        yield of("minimum_plus_overage", "CNY/conversation", GUESS)


def _said_apart(passage: Passage) -> Noted[str] | None:
    """Milestones in one place, an annual fee in another."""
    annual = next(
        iter(
            passage.saying(
                r"年(?:度)?(?:维护|运维|维保|服务)费|每年[^,;]{0,12}维护|(?:维护"
                r"|运维|维保)费[^,;]{0,8}(?:每|/|一)年"
            )
        ),
        None,
    )
    stone = next(
        iter(
            passage.saying(
                r"里程碑|上线[^,;]{0,12}(?:支付|付)|(?:初验|终验"
                r"|验收)[^,;]{0,14}(?:支付|付)|实施费|建设费|开发费"
            )
        ),
        None,
    )
    return (
        Noted("milestone_plus_annual", stone.start, stone.end, LIKELY) if annual and stone else None
    )


def _from_words(passage: Passage) -> Noted[str] | None:
    for basis, pattern, sure in _WORDS[1:]:
        found = _said(passage, pattern, basis)
        if found is not None:
            return found.less_sure(sure)
    return None


def _from_open_places(passage: Passage) -> Noted[str] | None:
    """每席每月____元: the unit is told though the amount is left open."""
    units: dict[str, Noted[str]] = {}
    for line in passage.saying(r"_{2,}"):
        if patterns.search(NOT_A_FEE, line.text):
            continue
        for gap in patterns.finditer(r"_{2,}\s?(?:万?元|块)", line.text):
            told = unit_of_amount(
                line.text[max(0, gap.start() - 30) : gap.start()],
                line.text[gap.end() : gap.end() + 12],
            )
            if told:
                units.setdefault(told[0], Noted("", line.at(gap.start()), line.at(gap.end())))
    share = next(iter(passage.saying(r"提成|佣金|抽成|分成")), None)
    calls = units.get("CNY/conversation")
    if calls and patterns.search(r"超出|超过|保底|超量", passage.text):
        return Noted("minimum_plus_overage", calls.start, calls.end, LIKELY)
    for unit, basis in (*_WITH_SHARE, *_BY_UNIT) if share else _BY_UNIT:
        if unit in units:
            return Noted(basis, units[unit].start, units[unit].end, LIKELY)
    return None


def _said(passage: Passage, pattern: str, basis: str) -> Noted[str] | None:
    for line in passage.saying(r"费|价|报酬|薪|酬金"):
        found = patterns.search(pattern, line.text)
        if found and not patterns.search(r"违约|扣减|逾期", line.text[: found.start()]):
            return Noted(basis, line.start, line.end, LIKELY)
    return None


def _total(passage: Passage) -> Noted[Decimal] | None:
    for line in passage.saying(TOTAL):
        for told in patterns.finditer(TOTAL, line.text):
            if patterns.search(
                NOT_A_FEE + r"|(?:当|该|本|每|单)月\Z|每月[^,;]{0,6}\Z|当月\Z|责任",
                re.split(r"[,;]", line.text[: told.start()][-16:])[-1],
            ):
                continue
            between = line.at(told.end())
            found = next(amounts_in(passage.text, between, min(line.end, between + 40)), None)
            if found is None or patterns.search(
                r"[%‰]|的|超|扣|每[月年季]|构成|组成|部分|分为|包括|第[一二三\d][期笔次]|首[期笔]",
                passage.text[between : found.start],
            ):
                continue
            sure = SURE if "总" in told[0] else LIKELY
            return _with_digits(
                passage, Noted(found.value, line.at(told.start()), found.end, sure), line.end
            )
    return None


def _with_digits(passage: Passage, noted: Noted[Decimal], until: int) -> Noted[Decimal]:
    """玖万元整(¥90,000.00): the place runs on over the same sum in digits."""
    for found in amounts_in(passage.text, noted.end, min(until, noted.end + 30)):
        if found.value == noted.value:
            end = found.end + (passage.text[found.end : found.end + 1] == ")")
            return Noted(noted.value, noted.start, end, noted.sure)
        return noted.less_sure()
    return noted


def _tax(passage: Passage) -> tuple[Noted[Decimal] | None, Noted[bool] | None]:
    rate: Noted[Decimal] | None = None
    included: Noted[bool] | None = None
    for line in passage.saying(r"税|专票|普票"):
        phrase = patterns.search(r"[^,;]*(?:税|专票|普票)[^;]*", line.text)
        place = (
            (line.at(phrase.start()), line.at(phrase.end())) if phrase else (line.start, line.end)
        )
        for found in quantities_in(passage.text, *place):
            near = passage.text[max(line.start, found.start - 14) : found.end + 8]
            points = found.value.unit == "point" and passage.text[found.end - 1] == "点"
            percent = found.value.unit == "pct" or points
            if rate is None and percent and patterns.search(r"税|专票|普票", near):
                rate = Noted(found.value.n / 100, *place)
        if included is None and "□" not in line.text:
            told = patterns.search(rf"(?P<without>{_WITHOUT_TAX})|{_WITH_TAX}", line.text)
            if told:
                included = Noted(told["without"] is None, *place)
    return rate, included
