"""PIPL21_MISSING: personal data are handed over, and the law's six points are not agreed."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_DATA = (
    r"个人信息|(?:客户|顾客|会员|消费者|用户|买家)(?:的)?(?:信息|资料|数据|名单|手机号)|订单数据"
)
_ENTRUSTED = (
    rf"(?:提供|开放|交付|共享|委托|处理|使用|访问|导出|接触|获取"
    rf"|移交)[^。；;,，]{{0,24}}(?:{_DATA})|(?:{_DATA})[^。；;,，]{{0,16}}(?:提供|开放|交付"
    rf"|共享|委托|处理|使用|访问|导出|交由)"
)
_FREE = (
    r"自行决定|不作限制|不受限制|不限(?:于|制)?(?:目的|方式|范围)?|任意|无需另行约定"
    r"|不另行约定|无限制"
)
_POINTS = (
    r"处理目的|(?:仅|只)(?:用于|限于|为)|目的",
    r"处理期限|保存期限|存储期限|保存(?:期|\S{0,6}(?:日|天|个?月|年))|期限届满|到期(?:清除|删除)",
    r"处理方式|方式处理",
    r"信息(?:的)?种类|种类|类型包括|(?:姓名|电话|地址|手机号)、",
    r"保护措施|加密|脱敏|访问控制|权限|安全措施",
    r"返还|删除|销毁|清除",
)
_ENOUGH = 5


def entrusted_data(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """An error where the paper leaves the use of the data free; else a warning to add the points.

    Where only customers' data in general are spoken of, a note.
    """
    del contract
    places = passages(paper.main, _ENTRUSTED) or passages(paper.main, _DATA)
    if not places:
        return ()
    loose = [s for s in paper.main if re.search(_FREE, s.text)]
    free = passages(loose, _DATA)
    if free:
        return remark(paper, "PIPL21_MISSING", free[0])
    told = sum(bool(re.search(point, paper.text)) for point in _POINTS)
    if told >= _ENOUGH:
        return ()
    personal = "个人信息" in paper.text
    severity = Severity.WARNING if personal else Severity.NOTE
    return remark(paper, "PIPL21_MISSING", places[0], severity=severity)
