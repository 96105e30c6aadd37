"""TERM_MISMATCH: two clauses state the length of the contract differently (A11/A71, C16/C24)."""

from __future__ import annotations

import re
from datetime import timedelta

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.clauses.period import term_sentences
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.fields import in_years_or_months, length_field
from pactdesk.documents.grammar.dates import dates_in
from pactdesk.documents.grammar.durations import lengths_in
from pactdesk.documents.paper import Paper, Sentence

_LONG = frozenset({TimeUnit.MONTH, TimeUnit.YEAR})


def term_mismatch(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """A service term and a 有效期, each with its own length or its own start."""
    del contract
    stated = [
        s
        for s in term_sentences(paper)
        if length_field(paper, s.start, s.end, units=_LONG) and re.search(r"期限|有效期", s.text)
    ]
    first = next((s for s in stated if "有效期" not in s.text), None)
    second = next((s for s in stated if "有效期" in s.text), None)
    if first is None or second is None or first is second:
        return _two_lengths(paper)
    lengths = [_months(paper, s) for s in (first, second)]
    if lengths[0] is not None and lengths[0] == lengths[1]:
        return ()
    return remark(
        paper,
        "TERM_MISMATCH",
        first,
        second,
        clauses=("period-1",),
        stated=second.text,
        start=first.text,
        end="",
    )


def _months(paper: Paper, sentence: Sentence) -> int | None:
    """Whole months; None when they are blank, because two blanks are not equal."""
    found = length_field(paper, sentence.start, sentence.end, units=_LONG)
    if found is None or not isinstance(found[0], Duration):
        return None
    months = in_years_or_months(found[0])
    return months if isinstance(months, int) else None


def _two_lengths(paper: Paper) -> tuple[Finding, ...]:
    """ "服务期限两年", and "本合同有效期一年" among the last clauses."""
    told: list[tuple[int, tuple[int, int]]] = []
    for sentence in paper.main:
        found = _TERM.search(sentence.text)
        if found is None or re.search(_OTHER_TERM, sentence.text):
            continue
        length = next(lengths_in(found[0]), None)
        if length is not None and length.value.unit in _LONG:
            years = length.value.unit is TimeUnit.YEAR
            told.append((length.value.n * (12 if years else 1), passage(sentence, found)))
    days = _between_days(paper) if told else None
    if days is not None and abs(days[0] - told[0][0]) >= 1:
        told.append(days)
    other = next((place for months, place in told if months != told[0][0]), None)
    if other is None:
        return ()
    return remark(
        paper,
        "TERM_MISMATCH",
        told[0][1],
        other,
        clauses=("period-1",),
        stated=paper.text[slice(*other)],
        start=paper.text[slice(*told[0][1])],
        end="",
    )


def _between_days(paper: Paper) -> tuple[int, tuple[int, int]] | None:
    """Whole months between the two days of the service term, where they make whole months."""
    for sentence in paper.main:
        if re.search(_OTHER_TERM, sentence.text):
            continue
        span = _SPAN.search(sentence.text)
        days = list(dates_in(paper.text, sentence.start, sentence.end))
        if span is None or len(days) != 2:
            continue
        start, last = days[0].value, days[1].value + timedelta(days=1)
        months = (last.year - start.year) * 12 + last.month - start.month
        if months > 0 and last.day == start.day:
            return months, (days[0].start, days[1].end)
    return None


_SPAN = re.compile(
    r"(?:服务|合同|协议|合作|有效|期限|委托|外包|本期)[^。；;]{0,12}自?[^。；;]{0,30}(?:至|到)"
)
_TERM = re.compile(
    r"(?:(?:服务|合同|协议|合作|外包|管理|委托|聘用|承包)(?:的)?(?:期限|有效期|期)|有效期限?)"
    r"(?:为|共|是|[:：])?[^。；;,，\d一二两三四五六七八九十]{0,4}"
    r"(?:\d+|[一二两三四五六七八九十]+)\s?(?:年半?|个半?月)"
)
_OTHER_TERM = r"续|延|保密|质保|试用|资质|许可|营业|报价|证书|保修|满|不足|终止后"
