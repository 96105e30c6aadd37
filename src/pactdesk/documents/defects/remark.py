"""A finding made from places of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.paper import Paper, Sentence

Place = Sentence | tuple[int, int]


def remark(
    paper: Paper,
    code: str,
    *places: Place,
    severity: Severity = Severity.ERROR,
    clauses: tuple[str, ...] = (),
    **facts: str,
) -> tuple[Finding, ...]:
    """One finding that quotes `places`, in the order given."""
    spans = [(p.start, p.end) if isinstance(p, Sentence) else p for p in places]
    quotes = tuple(paper.source_of(*span) for span in spans)
    return (Finding(code, severity, clauses, quotes, facts),)


def passages(
    sentences: Iterable[Sentence], pattern: str | re.Pattern[str], without: str | None = None
) -> list[tuple[int, int]]:
    """The parts between commas that `pattern` touches, of sentences without `without`.

    A finding quotes no more than it is about.
    """
    found = []
    for sentence in sentences:
        match = re.search(pattern, sentence.text)
        if match and not (without and re.search(without, sentence.text)):
            found.append(passage(sentence, match))
    return found


def passage(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    """From the comma before `match` to the comma after it, without the clause's own number."""
    text = sentence.text
    lead = len(text) - len(sentence.words) if text.endswith(sentence.words) else 0
    first = max(text.rfind(",", 0, match.start()), text.rfind("，", 0, match.start())) + 1
    stops = [at for at in (text.find(",", match.end()), text.find("，", match.end())) if at >= 0]
    start = max(first, lead) if match.start() >= lead else first
    return sentence.at(start), sentence.at(min(stops, default=len(text)))
