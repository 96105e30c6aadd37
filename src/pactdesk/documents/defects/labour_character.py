"""LABOUR_CHARACTER: called a service, run like employment (A, defect 11)."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_DENIED = (
    r"不(?:构成|存在|建立|属于|形成|成立|产生|视为)[^。；;]{0,12}(?:劳动|雇佣|用工"
    r"|劳务)(?:合同)?关系"
    r"|(?:非|并非)劳动关系|(?:仅|系|为)[^。；;,，]{0,6}(?:合作|劳务|承揽|服务)关系"
)
_RULED = (
    r"(?:遵守|服从|接受|执行)[^。；;]{0,14}(?:规章制度|考勤|劳动纪律|员工手册|管理制度"
    r"|统一管理|工作安排|调度)"
    r"|考勤|打卡|坐班|全勤"
)


def labour_character(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """The paper denies employment of a person and then orders that person's day."""
    if contract.contract_type != "part_time_agent":
        return ()
    denied = passages(paper.main, _DENIED)
    ruled = passages(paper.main, _RULED)
    if not denied or not ruled:
        return ()
    return remark(paper, "LABOUR_CHARACTER", denied[0], ruled[0])
