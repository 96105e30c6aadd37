"""AMOUNT_WORDS_DIGITS_MISMATCH: the amount in words is not the amount in digits."""

from __future__ import annotations

import re
from itertools import pairwise

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.paper import Paper

_BETWEEN = re.compile(
    r"[\s(（\[【,，:：、即]*(?:大写|小写|人民币|RMB|CNY|金额|为|[:：\s])*[\s]*\Z", re.I
)
# Recognition that read a nought as a letter: the figure is not all there.
_BROKEN = re.compile(r"\s?[,，.]?\s?[OoＯｏlIＩ\d]")
_DIGIT = re.compile(r"\d")


def amount_words_digits(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "人民币壹拾贰万元整(¥125,000.00)": both are the same amount, or one is wrong."""
    del contract
    for one, other in pairwise(amounts_in(paper.text)):
        if not _BETWEEN.fullmatch(paper.text[one.end : other.start]):
            continue
        written = paper.text[one.start : one.end], paper.text[other.start : other.end]
        in_digits = [bool(_DIGIT.search(each)) for each in written]
        broken = _BROKEN.match(paper.text, other.end if in_digits[1] else one.end)
        if in_digits[0] != in_digits[1] and one.value != other.value and not broken:
            return remark(
                paper,
                "AMOUNT_WORDS_DIGITS_MISMATCH",
                (one.start, one.end),
                (other.start, other.end),
                clauses=("fee-1",),
                one=written[0],
                other=written[1],
            )
    return ()
