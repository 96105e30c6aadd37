"""TERM_MISMATCH: two clauses state the length of the contract differently (A11/A71, C16/C24)."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.clauses.period import term_sentences
from pactdesk.documents.defects.remark import remark
from pactdesk.documents.fields import in_years_or_months, length_field
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
        return ()
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
