"""VAGUE_STANDARD: a breach is measured by words that nobody can measure (C9, C35)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.paper import Paper

_VAGUE = r"专业性|高效性|专业高效|优质(?:的)?服务"
_POOR = r"(?:不够|不|缺乏|欠)(?:专业|热情|积极|认真|优质|高效|周到)"
_PLEASE = r"(?:让|使|令)[^。；;,，]{0,8}满意(?!度)|以(?:甲方|客户|委托方)[^。；;,，]{0,6}满意为"


def vague_standard(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "未达到约定的专业性和高效性,视为违约", while the promise has no number."""
    del contract
    breach = next(
        (
            s
            for s in paper.sentences
            if re.search(r"视为违约|构成违约", s.text) and re.search(rf"{_VAGUE}|{_POOR}", s.text)
        ),
        None,
    )
    if breach is None:
        pleasing = passages(paper.main, _PLEASE)
        return remark(paper, "VAGUE_STANDARD", pleasing[0]) if pleasing else ()
    promise = next((s for s in paper.saying(_VAGUE) if s is not breach), None)
    places = [promise, breach] if promise else [breach]
    return remark(paper, "VAGUE_STANDARD", *places)
