"""NO_DELETION_CERT: data are to be deleted at the end, and nobody has to show it."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_DELETE = (
    r"(?:删除|销毁|清除)[^。；;,，]{0,16}(?:数据|信息|资料|副本|备份|名单|文件)|(?:数据"
    r"|信息|资料|副本|备份|名单)[^。；;]{0,16}(?:删除|销毁|清除)"
)
_PROOF = r"证明|凭证|证书|书面(?:确认|说明|报告|告知)|销毁清单|删除记录|见证|验证|核验"
_REFUSED = (
    r"(?:无需|无须|不必|不(?:再|予)?)(?:另行)?(?:出具|提供|提交)[^。；;,，]{0,12}(?:证明"
    r"|凭证|证书|确认)"
)


def no_deletion_cert(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """A note; an error where the proof is refused outright."""
    del contract
    refused = [at for at in passages(paper.main, _REFUSED) if _says_delete(paper, at)]
    if refused:
        return remark(paper, "NO_DELETION_CERT", refused[0])
    deletes = passages(paper.main, _DELETE, without=r"不得|不予|无需|无须")
    if not deletes or passages(
        paper.main,
        rf"(?:删除|销毁|清除)[^。；;]{{0,40}}(?:{_PROOF})"
        rf"|(?:{_PROOF})[^。；;]{{0,20}}(?:删除|销毁|清除)",
    ):
        return ()
    return remark(paper, "NO_DELETION_CERT", deletes[0], severity=Severity.NOTE)


def _says_delete(paper: Paper, place: tuple[int, int]) -> bool:
    sentence = next((s for s in paper.sentences if s.start <= place[0] < s.end), None)
    return sentence is not None and any(w in sentence.text for w in ("删除", "销毁", "清除"))
