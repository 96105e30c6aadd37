"""DATA_RETAINED_AFTER_END: the provider keeps the client's data when the contract is over."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_DATA = r"(?:数据|信息|资料|名单|录音|聊天记录|服务记录|通话记录|副本|备份)"
_END = r"(?:终止|解除|结束|期满|届满|到期|离职)(?:后|之后|以后|时|的)"
_KEEP = (
    r"(?:保留|保存|留存|继续使用|使用|利用|归[^。；;,，]{0,6}所有|存档|不予删除|不删除"
    r"|无需删除|无须删除)"
)
_LAWFUL = (
    r"不得|不再|删除(?!或)|销毁|清除|法律[^。；;]{0,8}(?:规定|要求)|匿名|脱敏|返还|归还"
    r"|移交|保密义务|应当?归甲方"
)


def data_retained(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "合同终止后,乙方可继续保留客户数据用于自身业务"."""
    del contract
    provider = paper.roles.provider_words
    pattern = (
        rf"{_END}[^。；;]{{0,30}}(?:可以?|有权|得|仍可|继续|由{provider}"
        rf"|归{provider})[^。；;]{{0,24}}{_KEEP}?[^。；;]{{0,14}}{_DATA}"
        rf"|{_END}[^。；;]{{0,30}}{_DATA}[^。；;]{{0,16}}(?:可以?|有权|仍可|继续"
        rf"|由{provider}|归{provider})[^。；;]{{0,12}}{_KEEP}"
        rf"|{_DATA}[^。；;]{{0,12}}{_END}[^。；;]{{0,16}}(?:可以?|有权|仍可|继续"
        rf"|由{provider}|归{provider})[^。；;]{{0,12}}{_KEEP}"
        rf"|{_END}[^。；;]{{0,30}}{_DATA}[^。；;,，]{{0,6}}归{provider}"
        rf"|{_DATA}[^。；;,，]{{0,6}}(?:无需|无须|不必|不予|不)(?:删除|销毁|返还|归还)"
        rf"|{_END}[,，]?{provider}(?:仍|继续|将)?(?:保留|保存|留存|使用)[^。；;,，]{{0,10}}{_DATA}"
        rf"|{provider}[^。；;]{{0,10}}(?:不(?:负有?|承担)|没有)[^。；;,，]{{0,6}}(?:返还|归还|销毁"
        rf"|删除|移交)"
        rf"|{_END}[^。；;]{{0,4}}[,，]?{provider}(?:仍|还)?(?:可以?|有权)(?:将|把)[^。；;,，]{{0,14}}"
        rf"{_DATA}[^。；;,，]{{0,4}}(?:用于|用作|提供|出售|共享)"
        rf"|(?:无需|无须|不必|不予|不)(?:返还或|返还、|归还或)?(?:删除"
        rf"|销毁)[^。；;,，]{{0,12}}{_DATA}"
    )
    found = passages(paper.main, pattern, without=_LAWFUL if not _refused(paper) else r"不得")
    kept = [at for at in found if any(word in paper.text[at[0] : at[1]] for word in _KEPT)] or (
        found if _refused(paper) else []
    )
    return remark(paper, "DATA_RETAINED_AFTER_END", kept[0]) if kept else ()


_KEPT = (
    "保留",
    "保存",
    "留存",
    "使用",
    "利用",
    "所有",
    "存档",
    "不删除",
    "不予删除",
    "用于",
    "用作",
    "不负",
    "没有",
    "不承担",
)


def _refused(paper: Paper) -> bool:
    """Deleting is named only to be refused."""
    return bool(
        passages(
            paper.main,
            r"(?:无需|无须|不必|不予|不负有?|不承担)(?:返还或|归还或)?(?:删除|销毁|返还)",
        )
    )
