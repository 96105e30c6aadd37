"""Which fields a template leaves open: the path of the summary for every ____."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactdesk.documents.grammar.blanks import gaps_in
from pactdesk.documents.provisions import parties, patterns
from pactdesk.documents.provisions.levels.metrics import Mention, mentions_in
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_DATE = re.compile(r"_+\s?年\s?_+\s?月\s?_*\s?日?|日期\s?[:：]?\s?_+")
_RULES: tuple[tuple[str, str, str], ...] = (
    # path, what stands before the gap in its sentence, what stands behind it
    ("payment.final_payment.pct", r"(?:尾款|余款|剩余|其余)[^;]{0,14}\Z", r"\s?%"),
    (
        "assessment.consecutive_failures_to_terminate",
        r"连续\s?\Z",
        r"\s?(?:个月|次|个季度|季度?|期)",
    ),
    (
        "part_time.max_hours_per_week",
        r"每周[^;]{0,24}(?:不超过|至多|最多)[^,;]{0,4}\Z",
        r"\s?个?小时",
    ),
    ("part_time.min_hours_per_week", r"每周[^;]{0,16}\Z", r"\s?个?小时"),
    (
        "service_hours",
        r"(?:服务|工作|营业|上线|在线|接待|值班|排班)(?:时间|时段)[^;]{0,12}\Z",
        r"\s?(?:[至到\-~]|,|\Z)",
    ),
    ("late_fee.rate_per_day", r"(?:每日|按日)[^;]{0,8}违约金[^,;]{0,8}\Z", r""),
    (
        "service_levels.complaint_callback_time",
        r"投诉[^,;]{0,12}\Z",
        r"\s?(?:小时|分钟|个?工作日|日|天)(?:之?内)?[^,;]{0,6}(?:回访|联系"
        r"|回电|响应)",
    ),
    (
        "service_levels.complaint_close_time",
        r"投诉[^,;]{0,12}\Z",
        r"\s?(?:小时|个?工作日|日|天)(?:之?内)?[^,;]{0,6}(?:办结|结案|处理"
        r"|解决|答复|关闭)",
    ),
    (
        "service_levels.fault_response_time",
        r"(?:故障|级)[^;]{0,16}\Z",
        r"\s?(?:小时|分钟)(?:之?内)?[^,;]{0,4}(?:响应|受理|到场)",
    ),
    (
        "service_levels.fault_fix_time",
        r"(?:故障|级)[^;]{0,24}\Z",
        r"\s?(?:小时|分钟|个?工作日|日|天)(?:之?内)?[^,;]{0,4}(?:恢复|修复"
        r"|解决|排除)",
    ),
    ("contract_no", r"(?:编号|(?:合同|协议)号)[^,;]{0,6}\Z", r""),
    ("payment.account", r"(?:账号|账户|银行|户名|收款)[^,;]{0,8}\Z", r""),
    ("provider_id_no", r"身份证[^,;]{0,8}\Z", r""),
    (
        "headcount",
        r"(?:坐席|座席|派[出驻遣]|配置|配备|人数|安排|投入|驻)[^,;]{0,12}\Z",
        r"\s?(?:名|人|位|个|席)",
    ),
    (
        "deliverable_days",
        r"(?:签约|签订|生效|签署|结束)[^,;]{0,6}后?[^,;]{0,4}\Z",
        r"\s?(?:个?工作日|日|天)[^,;]{0,8}(?:内)?[^,;]{0,6}(?:提交|交付"
        r"|完成|提供|到岗|派驻|编写|制定|出具|报送)",
    ),
    (
        "confidentiality.after_years",
        r"(?:终止|届满|解除|结束|离职|保密)[^;]{0,16}\Z",
        r"\s?(?:年|个月)",
    ),
    ("renewal.months", r"(?:自动)?(?:续期|续签|顺延|延长|延续)[^,;]{0,8}\Z", r"\s?(?:年|个月)"),
    (
        "term.months",
        r"(?:期限|为期|有效期|期间|共|计|合同期|服务期)[^,;]{0,8}\Z",
        r"\s?(?:年|个月|月)(?!\s?_)",
    ),
    (
        "suspension_after_days",
        r"(?:逾期|超过|拖欠)[^;]{0,10}\Z",
        r"\s?(?:日|天|个工作日)[^;]{0,14}(?:中止|暂停|停止)",
    ),
    ("late_fee.rate_per_day", r"(?:每日|按日|每天|(?<![\d_])日)[^;]{0,20}\Z", r"\s?(?:%|‰|的)"),
    ("late_fee.rate_per_day", r"(?:每日|按日|每天)[^;]{0,16}[百千万]分之\s?\Z", r""),
    ("late_fee.pct", r"(?:逾期|迟延|违约金)[^;]{0,24}\Z", r"\s?(?:%|‰)"),
    (
        "late_fee.pct",
        r"(?:未按|未能|未依|擅自|单方)[^;]{0,40}\Z",
        r"\s?(?:%|‰)[^,;]{0,8}违约金",
    ),
    (
        "payment.down_payment.pct",
        r"(?:首付|首期|预付|定金|先付|先行支付)[^;]{0,18}\Z|(?:签订|签署|签约"
        r"|生效)[^;]{0,30}支付[^;]{0,16}\Z",
        r"\s?%",
    ),
    ("payment.final_payment.pct", r"(?:尾款|余款|剩余|其余)[^;]{0,14}\Z", r"\s?%"),
    (
        "payment.monthly_pct",
        r"(?<!扣减)(?<!扣除)(?<!扣)(?:每月|按月|上月|当月)[^;扣减罚]{0,20}\Z",
        r"\s?%",
    ),
    (
        "payment.statement_day",
        r"(?:每月|次月)\s?\Z",
        r"\s?[日号][^;]{0,16}(?:提交|递交|送达|报送|结算单|对账单)",
    ),
    ("payment.down_payment.amount", r"(?:首付|首期|预付|定金)[^;]{0,14}\Z", r"\s?元"),
    ("payment.final_payment.amount", r"(?:尾款|余款)[^;]{0,14}\Z", r"\s?元"),
    ("liability_cap.value", r"(?:累计|赔偿|责任以?)[^;]{0,14}\Z", r"\s?(?:%|元|个月)"),
    ("fee.tax_rate", r"税率[^,;]{0,4}\Z", r""),
    ("fee.total", r"(?:总额|总价|总金额|总费用|合同金额|合计|总计|价款)[^,;]{0,12}\Z", r""),
    ("payment.deposit.amount", r"(?:押金|保证金)[^,;]{0,10}\Z", r""),
    (
        "fee.amounts",
        r"(?:费|单价|时薪|报酬|薪|价格|每[席人年月时个小][^,;]{0,8})[^;]{0,16}"
        r"\Z",
        r"\s?(?:元|万元|\()",
    ),
    ("fee.amounts", r"(?:人民币|¥|￥|RMB)\s?\Z", r""),
    (
        "payment.due",
        r"(?:支付|付款|付清|结清|发票|次月|每月)[^;]{0,24}\Z|(?:收到|后"
        r"|起)[^;]{0,14}\Z",
        r"\s?(?:个?工作日|日|天|号)[^;]{0,14}(?:支付|付|结)",
    ),
    ("assessment.pass_score", r"", r"\s?分(?:\(含\))?(?:及?以上|以下)[^,;]{0,6}(?:合格|及格|达标)"),
    ("client_address", r"(?:地址|住所地?|住址)[^,;]{0,3}\Z", r""),
    ("client_contact", r"(?:联系(?:人|方式|电话)|电话)[^,;]{0,6}\Z", r""),
    ("assessment.pass_score", r"(?:低于|合格|达到|满|不足)[^,;]{0,6}\Z", r"\s?分(?!钟)"),
    ("dispute.arbitration_body", r"(?:提交|由|向)[^,;]{0,4}\Z", r"\s?仲裁"),
    ("dispute.venue", r"(?:提交|由|向)[^,;]{0,4}\Z", r"\s?[^,;]{0,4}(?:人民)?法院"),
    ("notice_days.termination", r"提前[^,;]{0,4}\Z", r"\s?(?:个?工作日|日|天|个月)"),
)
_PAID_BY_PROVIDER = re.compile(r"逾期|迟延|违约|未按|未能|未依|擅自|单方")


def read(passage: Passage) -> tuple[Noted[str], ...]:
    """Each open field once, in the paper's order."""
    found: list[Noted[str]] = []
    for noted in [*_parties(passage), *(n for line in passage.lines for n in _line(passage, line))]:
        if noted.value not in [other.value for other in found]:
            found.append(noted)
    return tuple(sorted(found, key=lambda n: n.start))


def _parties(passage: Passage) -> Iterator[Noted[str]]:
    provider, client = parties.read(passage)
    for path, line in (("client_name", client), ("provider_name", provider)):
        if line is not None and line.value.name is None:
            yield Noted(path, line.start, line.end)


def _line(passage: Passage, line: Line) -> Iterator[Noted[str]]:
    dates = [(m.start(), m.end()) for m in _DATE.finditer(line.text) if "_" in m[0]]
    for first, last in dates:
        path = _date_path(line, first)
        yield Noted(path, line.at(first), line.at(last), LIKELY)
    for gap in gaps_in(line.text):
        if any(first <= gap.start < last for first, last in dates):
            continue
        told = _path(passage, line, gap.start, gap.end)
        if told is not None:
            yield Noted(told, line.at(gap.start), line.at(gap.end), LIKELY)


def _date_path(line: Line, first: int) -> str:
    lead = line.text[max(0, first - 14) : first]
    if patterns.search(r"签(?:订|署|约|字)|日期", lead) and not patterns.search(r"自|期限", lead):
        return "sign_date"
    if patterns.search(r"至|止|到", lead[-4:]):
        return "term.end"
    if patterns.search(r"终止|解除|保密", lead):
        return "confidentiality.after_years"
    whole = patterns.search(r"期限|期间|自|起|有效", line.text) or patterns.search(
        r"期限|期间", line.topic
    )
    return "term.start" if whole else "sign_date"


def _path(passage: Passage, line: Line, first: int, last: int) -> str | None:
    before, behind = line.text[max(0, first - 44) : first], line.text[last : last + 24]
    if (
        passage.text[max(0, line.start - 1) : line.start] not in ("", "\n", "。")
        and len(before) < 4
    ):
        before = passage.text[max(0, line.start - 12) : line.start] + before
    before = before.replace(" ", "")
    unit = patterns.match(r"\s?(%|‰|秒|分钟|分|小时)", behind)
    wanted = {"%": "pct", "‰": "permille", "秒": "s", "分钟": "min", "分": "point", "小时": "h"}
    mention = [
        m
        for m in mentions_in(before)
        if len(before) - m.end <= 10 and (unit is None or wanted[unit[1]] in m.word.units)
    ]
    if (
        mention
        and patterns.match(r"\s?(?:%|秒|分|小时|‰|个工作日|日|天)", behind)
        and not patterns.search(r"扣", before)
    ):
        return f"service_levels.{_named(mention)}"
    for path, lead, tail in _RULES:
        if not patterns.search(lead, before) or (tail and not patterns.match(tail, behind)):
            continue
        if path.startswith("late_fee") and _owed_by_provider(passage, before):
            return path.replace("late_fee", "provider_delay_penalty")
        if path.startswith("client_"):
            return _side_of(passage, line, first, path)
        return path
    return None


def _named(mentions: list[Mention]) -> str:
    """The name that reaches furthest; of those that end together, the longest."""
    return max(mentions, key=lambda m: (m.end, m.end - m.start)).word.metric


def _owed_by_provider(passage: Passage, before: str) -> bool:
    sides = passage.sides
    late = _PAID_BY_PROVIDER.search(before)
    lead = before[: late.start()] if late else before
    return bool(patterns.search(sides.provider, lead)) and not patterns.search(sides.client, lead)


def _side_of(passage: Passage, line: Line, first: int, path: str) -> str:
    """The side whose line stands last above an address."""
    above = passage.text[max(0, line.at(first) - 160) : line.at(first)]
    provider = [m.end() for m in patterns.finditer(passage.sides.provider, above)]
    client = [m.end() for m in patterns.finditer(passage.sides.client, above)]
    if max(provider, default=-1) > max(client, default=-1):
        return path.replace("client_", "provider_")
    return path
