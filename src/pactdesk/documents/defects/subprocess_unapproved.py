"""SUBPROCESS_UNAPPROVED: the work and its data may go to others, and nobody is asked."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.consent import needs_consent
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_ON = (
    r"(?:转委托|再委托|分包|转包|外包给|转交|委托(?:给)?其?(?:其他|第三方|关联|下游|合作)"
    r"|(?:交由?|提供|转让|开放|共享)(?:给|予)?(?:其|任意|任何|所?属)?(?:其他|第三方|第三人|关联"
    r"|下游|合作|分包))"
)
_MAY = r"(?:可以?|有权|得|自行|直接)"
_ASKED = (
    r"(?<!无需)(?<!无须)(?<!不必)(?<!不需)(?<!毋须)(?<!不)(?<!未)(?:经|征得|取得"
    r"|获得)[^。；;,，]{0,12}(?:同意|许可|批准|授权|认可)"
    r"|不(?:得|可|能)[^。；;,，]{0,12}(?:转委托|再委托|分包|转包|转交|委托|交|提供)|未经|禁止"
    r"|(?<!甲方)不得(?!干涉|反对|拒绝|过问)[^。；;,，]{0,12}(?:第三方|他人)"
)


def subprocess_unapproved(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "乙方可自行将部分业务转委托第三方,无需甲方同意"."""
    del contract
    provider = paper.roles.provider_words
    pattern = (
        rf"(?:可|可以|得)由{provider}[^。；;,，]{{0,12}}{_ON}"
        rf"|{provider}[^。；;]{{0,20}}{_MAY}[^。；;]{{0,30}}{_ON}"
        rf"|(?:无需|无须|不必|不需|毋须)[^。；;,，]{{0,12}}(?:同意|许可|批准)[^。；;]{{0,24}}{_ON}"
        rf"|{_ON}[^。；;]{{0,24}}(?:无需|无须|不必|不需|毋须)[^。；;,，]{{0,14}}(?:同意"
        rf"|许可|批准|告知|通知)"
    )
    alone = [s for s in paper.main if not needs_consent(s.text, _ASKED)]
    places = passages(alone, pattern)
    return remark(paper, "SUBPROCESS_UNAPPROVED", places[0]) if places else ()
