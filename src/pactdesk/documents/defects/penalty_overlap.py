"""PENALTY_OVERLAP: one breach meets two penalties (C20, C21)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.fields import amount_field, share_field
from pactdesk.documents.paper import Paper, Sentence

_ANY = r"任何一方|一方违反|违反本(?:合同|协议)"


def penalty_overlap(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """A penalty for any breach beside one for late work, and nothing says which prevails."""
    del contract
    penalties = [
        s
        for s in paper.saying(r"违约金|滞纳金|罚金", without=r"不重复|择一|以较高|择其")
        if share_field(paper, s.start, s.end) or amount_field(paper, s.start, s.end)
    ]
    general = next((s for s in penalties if re.search(_ANY, s.text)), None)
    special = next((s for s in penalties if s is not general and re.search(_LATE, s.text)), None)
    if general is None or special is None:
        return _twice(paper, penalties)
    return remark(paper, "PENALTY_OVERLAP", general, special)


def _twice(paper: Paper, penalties: list[Sentence]) -> tuple[Finding, ...]:
    """A daily rate for late payment, and elsewhere a share of the debt for the same lateness."""
    late = [
        s
        for s in penalties
        if re.search(rf"(?:{_LATE})[^。；;,，]{{0,6}}(?:付款|支付)", s.text)
        and not re.search(r"超过|满[\d一二三四五六七八九十]|达到?|累计|不足", s.text)
    ]
    daily = next((s for s in late if re.search(_DAILY, s.text)), None)
    once = next((s for s in late if s is not daily and not re.search(_DAILY, s.text)), None)
    return remark(paper, "PENALTY_OVERLAP", daily, once) if daily and once else ()


_DAILY = r"每(?:逾期|迟延|延迟)?一?[日天]|按日|逐日"


_LATE = r"逾期|未按[^。；;]{0,6}(?:时间|时|期)|迟延|延迟"
