"""Parts of one price that make a whole: 签约付30%,上线付60%,验收满一年付10%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.passage import Line, Passage

_PAID = r"支付|付|结清|结算|余|其余|尾款|首期|预付"
_OTHER = (
    r"违约|逾期|扣|税率|税|利息|提成|佣金|\d\s?分|考核得分|得分|满意|通过率"
    r"|接通|不低于|不超过|赔|退还|每月|按月|当月"
)
_FIRST = r"签|生效|预付|首|第一|先|订立|到岗|启动|盖章"
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its share in percent points, and the phrase that sets it."""

    pct: Decimal
    line: Line
    start: int
    end: int
    at: int
    until: int


def series(passage: Passage) -> tuple[Part, ...]:
    """The first run of at least two parts, in neighbouring sentences, that add up to the whole."""
    run: list[Part] = []
    last = 0
    for line in passage.lines:
        if line.start - last > 40:
            run = []
        for part in _parts(passage, line):
            run.append(part)
            if sum(p.pct for p in run) == _WHOLE and len(run) > 1:
                return tuple(run)
            last = line.end
    return ()


def first_of(parts: tuple[Part, ...]) -> Part | None:
    """The part that is paid at the beginning, where one is."""
    if parts and patterns.search(_FIRST, parts[0].line.text[parts[0].start : parts[0].end]):
        return parts[0]
    return None


def _parts(passage: Passage, line: Line) -> Iterator[Part]:
    if not patterns.search(_PAID, line.text):
        return
    last = 0
    for found in quantities_in(passage.text, line.start, line.end):
        at = found.start - line.start
        stop = max(line.text.rfind(",", last, at), line.text.rfind(";", last, at), last - 1) + 1
        # 签约后5日内,付30%: the phrase before says when.
        first = (
            max(
                line.text.rfind(",", last, max(stop - 1, last)),
                line.text.rfind(";", last, stop),
                last - 1,
            )
            + 1
        )
        until = found.end - line.start
        behind = line.text[until : until + 10]
        words = line.text[first:until] + patterns.compiled(r"[,;]").split(behind)[0]
        if found.value.unit == "pct" and not patterns.search(_OTHER, words):
            stop = line.text.find("%", until + 1)
            stop = line.text.rfind(",", until, stop) if stop > 0 else len(line.text)
            yield Part(found.value.n, line, first, max(stop, until), found.start, found.end)
            last = until
