"""ID_CARD_RETENTION: somebody's papers are kept as a pledge."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_PAPERS = r"(?:身份证|居民身份证|证件|学历证|学位证|毕业证|资格证|户口[簿本]|护照)(?:书|件)?"
_KEPT = (
    rf"{_PAPERS}(?:等)?(?:的)?(?:原件)?[^。；;,，]{{0,4}}(?:押|扣|存放|放|寄存|存)(?:在"
    rf"|于)[^。；;,，]{{0,6}}(?:处|方|店|公司)"
    rf"|(?:上交|交出|缴|收缴|交存|提交并由[^。；;,，]{{0,6}}保管)[^。；;,，]{{0,8}}{_PAPERS}(?!号"
    rf")[^。；;]{{0,12}}(?:归还|返还|退还|领回|取回)"
    rf"|(?:上交|收缴|交存)[^。；;,，]{{0,8}}{_PAPERS}(?!号)|"
    rf"{_PAPERS}(?:等)?(?:的)?原件[^。；;,，]{{0,8}}(?:押|扣)"
    rf"|(?:收取|收走|收下|扣下)[^。；;,，]{{0,10}}{_PAPERS}(?:等)?(?:的)?原件|"
    rf"{_PAPERS}[^。；;,，]{{0,6}}(?:交|由|押)[^。；;,，]{{0,8}}(?:保管|代管|扣|保存|收存|收走"
    rf"|存放|留存)|"
    rf"{_PAPERS}(?:等)?(?:的)?原件[^。；;,，]{{0,16}}(?:保管|保存|留存|收存|代管|扣押"
    rf"|扣留|质押|抵押|暂存|收押)"
    rf"|(?:扣押|扣留|抵押|质押|代为保管|保管|收存"
    rf"|留存)[^。；;,，]{{0,10}}{_PAPERS}(?:等)?(?:的)?原件"
    rf"|(?:扣押|扣留|抵押|质押)[^。；;,，]{{0,10}}{_PAPERS}"
    rf"|(?:交|将)[^。；;,，]{{0,8}}{_PAPERS}[^。；;,，]{{0,10}}(?:由"
    rf"|交)[^。；;,，]{{0,6}}(?:保管|代管|扣)"
)


_LEFT = (
    r"不得(?:扣|留|以|要求|收)|不(?:会|得|再)?(?:扣|留|收|保管|押|要求)|核验后(?:当场)?退还|复印件"
    r"|(?:自己|本人|自行)(?:保管|保存|持有)"
)


def id_card_retention(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """The original of an identity card; a copy is another matter."""
    del contract
    places = passages(paper.main, _KEPT, without=_LEFT)
    return remark(paper, "ID_CARD_RETENTION", places[0]) if places else ()
