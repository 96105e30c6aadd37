"""TEXT_MISSING: words have fallen out (C19, D12)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.paper import Paper

_VERB = r"(?:负责|提供|包括|包含|配备|安排|配置|设置|具备|提交|出具|支付|遵守|采用|组织|交付|办理)"
HOLES = re.compile(
    r"(?:按照?|依照?|根据)[甲乙双]?方?的(?=[,，。；;])|[:：]、|"
    rf"{_VERB}等(?!待|候|额|值|同|级|效)|[、,，]等(?=[。；;,，]|$)|(?<![一-鿿])等服务|为等(?!待"
    rf"|额)|(?:负责|提供|包括|包含|交付)(?:以下)?、(?!出售|泄露|披露|使用|转让|复制|传播|公开|共享|修改|出租|买卖|透露)"
    rf"|(?:应当?|须|需|负责)(?:为[甲乙]方)?{_VERB}、"
    r"|、等(?!待|候|额|值|同|级|效|比|离)|、(?:以及|和|及|或)?、"
    r"|(?:按照?|依照?|根据|本着|遵循|符合|达到)的(?:要求|规定|约定|原则|标准|精神|程度)"
    r"|(?:应|应当|须|有权|由[甲乙]方)向(?:支付|提供|提出|交付|主张|提交|赔偿)"
    r"|(?<![理事缘原自因])由(?:承担|负责|支付|提供|赔偿)(?![^。；;,，]{0,12}的)"
)


def text_missing(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "提供等服务", "银行账户、等": a list whose items are gone."""
    del contract
    places = [s for s in paper.main if HOLES.search(s.text)]
    return remark(paper, "TEXT_MISSING", *places[:4]) if places else ()
