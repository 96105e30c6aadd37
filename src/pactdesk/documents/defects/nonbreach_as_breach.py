"""NONBREACH_AS_BREACH: failing to agree is listed as a breach (D28)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_BREACH = r"(?:视为|视同|视作|即为|即构成|构成|属于?|算作?|按)[^。；;,，]{0,8}违约"
_NO_ACCORD = (
    r"(?:未能?|没有|不能|无法)[^。；;,，]{0,16}(?:协商|达成|取得|形成)[^。；;,，]{0,8}(?:一致"
    r"|共识|解决|协议)"
    r"|(?:未能?|没有|不能|无法)(?:友好)?协商|协商(?:不成|未果|不一致)|意见不(?:一|同|一致)"
    r"|谈不(?:拢|成|妥)|商量不(?:成|拢)"
)
_REFUSES = (
    r"不(?:予)?(?:同意|接受)(?![^。；;,，]{0,4}整改)"
    r"|拒绝[^。；;,，]{0,4}(?:续|变更|调整|延长|补充|加班|降价|涨价|让步|和解|调解|新增|增加"
    r"|修改|签)"
    r"|不(?:再|愿|愿意)?续(?:签|约|订|期)|选择(?:其他|第三方|别的)"
)
_RIGHTS = (
    r"提出[^。；;,，]{0,6}(?:异议|不同意见|质疑|疑问|申诉)|(?:申请|提起"
    r"|提交)[^。；;,，]{0,6}(?:仲裁|诉讼|复核)"
    r"|(?<!被)投诉(?!率|量)|举报|(?:行使|主张)[^。；;,，]{0,10}权|向[^。；;,，]{0,10}(?:起诉|反映)"
    r"|(?<!未)(?<!不)请[病事产婚丧年休]*假|依法(?:解除|终止|休)"
    r"|要求[^。；;,，]{0,6}(?:查阅|核对|对账|复核|复查|说明|解释|公开|听取|查看)"
)
_FEWER = (
    r"(?:咨询|订单|业务|单|话务|采购|会话|接待|客户|顾客|会员|用户|经销商|门店|销售"
    r"|流)(?:数)?量?[^。；;,，]{0,8}(?:减少|下降|降低|不足|下滑)"
    r"|(?<!擅自)减少[^。；;,，]{0,4}(?:咨询|订单|业务|采购|单量|话务|投放|委托|需求)"
    r"|增加[^。；;,，]{0,4}(?:咨询|订单)"
)
_DEEMED = rf"(?:{_NO_ACCORD}|{_REFUSES}|{_RIGHTS}|{_FEWER})[^。；;]{{0,22}}{_BREACH}"
"""To refuse a change, to disagree or to sue is a right; fewer customers are nobody's fault."""


_LIABLE = (
    rf"(?:{_NO_ACCORD}|{_REFUSES}|{_RIGHTS}|{_FEWER})[^。；;,，]{{0,10}}的[,，]"
    r"(?:(?!要求|追究)[^。；;,，]){0,8}(?:须|应当?|均应|需)(?:承担|负)[^。；;,，]{0,4}违约责任"
)
_FAULT = r"拒绝?不?(?:付款|支付|履行|整改|退还|改正|提供服务)|逾期未|恶意|虚假|无正当理由"


def nonbreach_as_breach(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "未能友好协商解决" among the breaches: using a right is none."""
    del contract
    deemed = passages(paper.main, rf"{_DEEMED}|{_LIABLE}", without=_FAULT)
    if deemed:
        return remark(paper, "NONBREACH_AS_BREACH", deemed[0])
    for sentence in paper.sentences:
        if not re.search(r"未能?(?:友好)?协商(?:解决|一致)|协商不成", sentence.text):
            continue
        above = [
            c.heading
            for c in paper.outline
            if c.start <= sentence.start < c.whole_end and re.search(r"违约行为", c.heading or "")
        ]
        if above:
            return remark(paper, "NONBREACH_AS_BREACH", sentence)
    return ()
