"""OVERTIME_WAIVER: work beyond the hours, and nothing for it."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_MORE = (
    r"(?:加班|超时|延时|延长(?:工作|服务|在线)?(?:时间|工时)|超出[^。；;,，]{0,8}(?:时间"
    r"|工时)|节假日(?:值班|出勤|工作))"
)
_WAIVED = (
    rf"{_MORE}[^。；;]{{0,20}}(?:不再|不|概不)(?:另外|另行)?(?:计酬|计薪|补偿|予补偿)|"
    r"放弃[^。；;,，]{0,6}(?:额外|节假日)[^。；;,，]{0,4}(?:报酬|补贴|费|工资)|"
    rf"{_MORE}[^。；;]{{0,20}}(?:不另行?|不再|不予|不|无须|无需|概不)(?:另行?)?(?:支付"
    rf"|计发|计付|计算|计|付|给付?|发放?)"
    r"[^。；;,，]{0,8}(?:加班|报酬|费用|工资|薪|补贴|费)"
    rf"|(?:放弃|免除|不享有|不(?:得|会|再)?(?:向[^。；;,，]{{0,4}})?(?:主张|要求|索要"
    rf"|索取|领取|享受))[^。；;,，]{{0,10}}(?:加班费|加班工资"
    rf"|{_MORE}[^。；;,，]{{0,4}}(?:报酬|费|工资))"
    rf"|(?:没有|不要求|不主张|不收取?|不给|不算)[^。；;,，]{{0,6}}加班(?:费|工资|报酬)"
    rf"|无偿[^。；;,，]{{0,4}}加班|义务加班|{_MORE}[^。；;,，]{{0,8}}(?:属自愿|视为自愿"
    rf"|均?已包含在|无加班费)"
)


def overtime_waiver(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Of a worker always; of a sent person where it is given up outright (A53)."""
    if contract.contract_type not in ("part_time_agent", "temporary_staffing"):
        return ()
    places = passages(paper.main, _WAIVED)
    return remark(paper, "OVERTIME_WAIVER", places[0]) if places else ()
