"""LABOUR_CHARACTER: called a service, run like employment (A, defect 11)."""

from __future__ import annotations

import re

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
    if contract.contract_type not in ("part_time_agent", "temporary_staffing"):
        return ()
    denied = passages(paper.main, _DENIED)
    ruled = passages(paper.main, _RULED)
    if contract.contract_type == "part_time_agent" and denied and ruled:
        return remark(paper, "LABOUR_CHARACTER", denied[0], ruled[0])
    commanded = passages(paper.main if _is_person(paper) else (), _COMMANDED)
    return remark(paper, "LABOUR_CHARACTER", commanded[0]) if commanded else ()


_COMMANDED = (
    r"(?:坐班|考勤|打卡)[^。；;]{0,24}(?:服从|接受)[^。；;,，]{0,8}(?:管理|指挥|安排)"
    r"|(?:服从|接受)[^。；;,，]{0,8}(?:管理|指挥|安排)[^。；;]{0,24}(?:坐班|考勤|打卡)"
)


def _is_person(paper: Paper) -> bool:
    """A firm serves through its people, and they may well keep the client's hours."""
    named = re.search(
        r"乙\s*方[^:：\n]{0,10}[:：]\s*(?P<name>[一-鿿·]{2,4})(?![一-鿿])", paper.text
    )
    return named is not None
