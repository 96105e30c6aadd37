"""What starts the clock of a payment: the invoice, the statement, its approval, a period's end."""

from __future__ import annotations

import re

from pactdesk.documents.provisions import patterns

_STATEMENT = (
    r"(?:对账单|结算单|账单|清单|报告|对账函|工时单|报表|统计表|明细"
    r"|结算(?:资料|表|书|文件)|请款(?:单|函|书|资料)?|考勤(?:汇总)?表"
    r"|月报|月结单|确认单"
    r"|汇总表|付款(?:申请|通知)(?:单|书)?|工作量(?:表|单))"
)
_INVOICE = r"(?:发票|专票|票据|普票|税票)"
_RECEIVED = r"(?:收[到取齐悉]|接到|收讫|取得|收受)"
_EVENTS: tuple[tuple[str, str], ...] = (
    (
        "statement_and_invoice_received",
        rf"{_STATEMENT}[^,;]{{0,6}}(?:和|及|与|、|并|以及|连同|随附)[^,;]{{0,14}}{_INVOICE}"
        rf"|{_INVOICE}[^,;]{{0,6}}(?:和|及|与|、|以及|连同)[^,;]{{0,14}}{_STATEMENT}",
    ),
    (
        "invoice_received",
        rf"{_RECEIVED}[^,;]{{0,30}}{_INVOICE}|{_INVOICE}[^,;]{{0,8}}(?:送达"
        r"|收到|开具|开出|提交|到达|后|之日|日起)|(?:凭|见)票|收票"
        r"|开票(?:之?日|后)|发票日|票到|到票",
    ),
    (
        "statement_confirmed",
        r"(?:确认|核对|审核|复核|签认|核定|签字|盖章|对账|无异议|核实"
        rf"|验收|审定|审批|认可|签署确认)[^,;]{{0,14}}(?:后|之日|之次日"
        r"|起|日)"
        rf"|(?:双方|甲方|共同)[^,;]{{0,6}}(?:确认|核对|签认|签字|盖章)"
        rf"|{_STATEMENT}[^,;]{{0,12}}(?:确认|核对|签)"
        r"|确认无误",
    ),
    (
        "statement_received",
        rf"{_RECEIVED}[^,;]{{0,26}}(?:{_STATEMENT}|请款|申请|报送)"
        rf"|{_STATEMENT}[^,;]{{0,6}}(?:发出|送达|提交|开出|出具|日后|之日|递交|寄出|日起)"
        rf"|(?:提交|送达|发出|递交|出具|提供|报送)[^,;]{{0,12}}{_STATEMENT}[^,;]{{0,4}}(?:后"
        r"|之日|起)|账单日",
    ),
    (
        "service_year_start",
        r"(?:服务|合同|协议)?年度?(?:的)?(?:开始|起始|首日|起算|起(?!\d)|第一[日天]|届至)|年初",
    ),
    (
        "service_end",
        r"(?:服务|派驻|派遣|外派|派用|支援|合作|用工)(?:期间?|期限)?(?:结束"
        r"|完成|期满|届满|终了|终止)|(?:合同|协议)期?(?:期满|终止|届满"
        r"|满)|完工|工作结束|项目结束",
    ),
    ("settlement_date", r"结算日"),
    ("settlement", r"(?:结算|结账|清算)(?:后|完成|完毕|之日|日起)"),
    (
        "period_end",
        r"(?:季度|季|月|月度|年度|周期|账期|(?:结算|付款|收费|账单|服务)期|自然月|计费期|半年|周|旬|每期"
        r"|本期|各期|当期)(?:结束|届满|终了|期满|末|底|满|终)",
    ),
)


def event_of(lead: str, context: str) -> str | None:
    """What starts the clock: said in the same phrase, else the latest said before it."""
    phrase = re.split(r"[,;]", lead)[-1]
    for name, pattern in _EVENTS:
        if patterns.search(pattern, phrase):
            return name
    if patterns.search(r"(?:收到|收讫|接到|送达|收悉)(?:之日|次日)?(?:后|起)?(?:的)?\Z", phrase):
        return _what_was_received(lead[: -len(phrase)] or context)
    for words in (lead, context):
        best: tuple[int, int, str] | None = None
        for rank, (name, pattern) in enumerate(_EVENTS):
            for found in patterns.finditer(pattern, words):
                key = (found.end(), -rank, name)
                if best is None or key[:2] > best[:2]:
                    best = key
        if best:
            return best[2]
    return None


def event_behind(behind: str) -> str | None:
    """月结30天,自发票日起算: the event stands behind the number."""
    found = patterns.match(r"[^;。\n]{0,14}?(?P<since>(?:自|从|以|起算)[^,;]{1,20})", behind)
    if found is None:
        return None
    return next(
        (name for name, pattern in _EVENTS if patterns.search(pattern, found["since"])), None
    )


def _what_was_received(lead: str) -> str | None:
    """乙方提供结算单和发票,甲方收到后: what stands before it."""
    statement = patterns.search(_STATEMENT, lead)
    if patterns.search(_INVOICE, lead):
        return "statement_and_invoice_received" if statement else "invoice_received"
    return "statement_received" if statement else None
