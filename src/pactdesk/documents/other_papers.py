"""Papers that are no customer-service contract: refused by name, never read into terms."""

from __future__ import annotations

import re

from pactdesk.core.units.errors import PactError
from pactdesk.documents.source import SourceText


class OtherLanguage(PactError):
    """`file` is not written in Chinese."""


class OtherContract(PactError):
    """`file`, called `title`, is a contract of another kind: it speaks of `words`."""


class NoContract(PactError):
    """`file` has no two sides that agree on anything."""


_SERVICE = re.compile(
    r"客服|客户服务|顾客服务|消费者服务|坐席|座席|话务|呼叫中心|客诉|工单|售后咨询|在线咨询|客户关怀|客户关系|会员服务|热线"
    r"|售后服务|投诉|满意度|回访|咨询|接待"
)
_AGREES = re.compile(r"[甲乙]方|双方|本合同|本协议|本契约|本合约|约定|服务商|委托人")
_OTHERS: tuple[str, ...] = (
    r"租赁|出租|承租|租金",
    r"买卖|购销|采购合同|供货|货物|卖方|买方|销售合同|买受人|出卖人",
    r"劳动合同|用人单位|试用期|社会保险",
    r"借款|借贷|出借|还款|贷款",
    r"施工|工程|装修|承建|竣工",
    r"保密协议|披露方|接收方|保密信息",
    r"物业|业主",
    r"运输|承运|托运",
    r"股权|股东|出资|增资",
    r"加盟|特许经营",
)
_FEWEST_SERVICE = 3
_FEWEST_OTHER = 3
_FEWEST_AGREED = 3
_HAN = re.compile(r"[一-鿿]")
_LETTER = re.compile(r"[^\W\d_]")
_MOSTLY = 0.3


def refuse_other_papers(source: SourceText) -> None:
    """Nothing for a customer-service contract, whatever it lacks; one sentence for all else.

    raises  OtherLanguage, OtherContract, NoContract
    """
    text = source.text
    letters = len(_LETTER.findall(text))
    if letters and len(_HAN.findall(text)) < _MOSTLY * letters:
        raise OtherLanguage(file=source.name)
    service = len(_SERVICE.findall(text))
    if len(_AGREES.findall(text)) < _FEWEST_AGREED:
        raise NoContract(file=source.name)
    words = max((re.findall(pattern, text) for pattern in _OTHERS), key=len)
    if service < _FEWEST_SERVICE and len(words) >= _FEWEST_OTHER:
        spoken = "、".join(dict.fromkeys(words[:6]))
        raise OtherContract(file=source.name, title=_title(text), words=spoken)


def _title(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if line), "")[:30]
