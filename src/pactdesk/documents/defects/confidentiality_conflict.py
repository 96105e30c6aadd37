"""CONF_TERM_CONFLICT: secrecy ends with the contract, and goes on after it (E25, E77)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import TimeUnit
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.defects.secrecy_words import STILL, STOPS
from pactdesk.documents.grammar.durations import lengths_in
from pactdesk.documents.paper import Paper

_ENDS = (
    r"保密期限[^。；;]{0,40}至[^。；;]{0,12}(?:终止|完毕|届满)"
    r"|保密(?:义务|责任|期)[^。；;,，]{0,24}至[^。；;,，]{0,12}(?:终止|完毕|届满|结束|期满)"
    r"(?:之?[日时])?(?:为?止|[，,。；;]|\Z)"
    r"|保密(?:义务|责任|期)?[^。；;,，不]{0,4}随[^。；;,，]{0,10}(?:终止|届满|结束|解除)(?:而|即)"
)
_GOES_ON = (
    r"(?:终止|解除|结束|届满)(?:之|以)?后[^。；;]{0,14}(?:保密|保守|不得(?:泄|披|透)[^。；;,，]{0,8}秘密)"
    r"|保密[^。；;]{0,20}(?:终止|结束|届满)后"
)


def confidentiality_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Two clauses or an annex disagree about the last day of secrecy."""
    del contract
    ends = next((s for s in paper.main if _ends(s.text)), None)
    goes_on = next(
        (s for s in paper.sentences if s is not ends and re.search(_GOES_ON, s.text)), None
    )
    if ends is None or goes_on is None:
        return _two_lengths(paper)
    if re.search(r"不再|无[需须]|不承担|不负", goes_on.text):
        return ()
    return remark(paper, "CONF_TERM_CONFLICT", ends, goes_on, clauses=("confidentiality-1",))


def _ends(text: str) -> bool:
    if re.search(_ENDS, text):
        return True
    return bool(re.search(STOPS, text)) and not re.search(STILL, text)


def _two_lengths(paper: Paper) -> tuple[Finding, ...]:
    """Two years in one place and five, or for ever, in another."""
    told: list[tuple[int | None, tuple[int, int]]] = []
    for sentence in paper.sentences:
        if "保密" not in sentence.text:
            continue
        for found in _AFTER.finditer(sentence.text):
            length = next(lengths_in(found[0]), None)
            if length and length.value.unit in _MONTHS:
                months = length.value.n * _MONTHS[length.value.unit]
                told.append((months, passage(sentence, found)))
        forever = _FOREVER.search(sentence.text)
        if forever:
            told.append((None, passage(sentence, forever)))
    other = next((place for months, place in told if months != told[0][0]), None)
    if other is None or ("个人信息" in paper.text and any(m is None for m, _ in told)):
        return ()
    places = (told[0][1], other)
    return remark(paper, "CONF_TERM_CONFLICT", *places, clauses=("confidentiality-1",))


_AFTER = re.compile(
    r"(?:终止|解除|届满|结束|期满|完毕)(?:之日)?(?:起|后)[^。；;,，]{0,10}?"
    r"(?:\d+|[一二两三四五六七八九十]+)\s?(?:年|个月)"
)
_FOREVER = re.compile(r"永久[^。；;,，]{0,4}保密|保密[^。；;,，]{0,12}(?:永久|长期有效|无限期)")
_MONTHS = {TimeUnit.MONTH: 1, TimeUnit.YEAR: 12}
