"""How long the contract runs, and renewal (A11, B15–B17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.period import Renewal, RenewalKind, TermPeriod
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.core.units.periods import add_months
from pactdesk.documents.fields import day_fields, in_years_or_months, length_field
from pactdesk.documents.paper import Paper, Sentence, silent

_LONG = frozenset({TimeUnit.MONTH, TimeUnit.YEAR})
_OTHER_TERMS = r"保密|付款|支付|考核|整改|通知|逾期|验收|账期"
_RENEW = r"续签|续约|续期|续订"
_AUTOMATIC = r"自动(?:续|延)"
_NEGOTIATED = r"另行|协商|重新签|双方商议|续签(?:合同|协议|书面)|书面续签"


def read(paper: Paper) -> list[TermPeriod]:
    """One clause, always; where the paper is silent, its days are blanks."""
    sentences = term_sentences(paper)
    renewal, renewal_sources, renewal_place = _renewal(paper)
    if not sentences:
        start, end = silent("period_start"), silent("period_end")
        return [TermPeriod(id="period-1", start=start, end=end, renewal=renewal)]
    best = sentences[0]
    sources: dict[str, Source] = dict(renewal_sources)
    months = _months(paper, best, sources)
    first, last = _days(paper, best, sources)
    if isinstance(last, Blank) and isinstance(first, date) and isinstance(months, int):
        until = add_months(first, months) - timedelta(days=1)
        last = last.model_copy(update={"suggested": until.isoformat()})
    place = (best.start, max(best.end, renewal_place or best.end))
    return [
        TermPeriod(
            id="period-1",
            source=paper.source_of(*place) if place[1] - place[0] < 400 else paper.source_at(best),
            sources=sources,
            start=first,
            end=last,
            months=months,
            renewal=renewal,
        )
    ]


def term_sentences(paper: Paper) -> list[Sentence]:
    """Sentences that say how long the contract runs; the most telling first."""
    found = []
    for sentence in paper.saying(
        r"期限|有效期|期间|期为|为期|起至|自.{2,60}(?:至|到|止)", without=_OTHER_TERMS
    ):
        told = bool(day_fields(paper, sentence.start, sentence.end)) * 4
        told += 2 * bool(re.search(r"(?:服务|合同|协议|合作)?期[限间]?[为自]|期限", sentence.text))
        told += bool(re.search(r"有效期|自.{0,30}日?起", sentence.text))
        length = length_field(paper, sentence.start, sentence.end, units=_LONG)
        if length and (told > 0 or "合同期" in sentence.text):
            told += 2
        if told >= 4:
            found.append((-told, sentence.start, sentence))
    return [sentence for _, _, sentence in sorted(found, key=lambda item: item[:2])]


def _months(paper: Paper, best: Sentence, sources: dict[str, Source]) -> int | Blank | None:
    length = length_field(paper, best.start, best.end, units=_LONG)
    if length is None:
        return None
    sources["months"] = length[1]
    if not isinstance(length[0], Duration):
        return length[0]
    months = in_years_or_months(length[0])
    if isinstance(months, Blank) and length[0].unit is TimeUnit.YEAR:
        return months.model_copy(update={"blank": f"{months.blank}年"})
    return months


def _days(
    paper: Paper, best: Sentence, sources: dict[str, Source]
) -> tuple[date | Blank, date | Blank]:
    days = day_fields(paper, best.start, best.end)
    for name, (_, source) in zip(("start", "end"), days, strict=False):
        sources[name] = source
    start: date | Blank = days[0][0] if days else _from_event(paper, best)
    end: date | Blank = days[1][0] if len(days) > 1 else silent("period_end")
    return start, end


def _from_event(paper: Paper, best: Sentence) -> Blank:
    """自双方签字之日起: a start that only a signing day can fill."""
    event = re.search(r"自.{2,20}?之日起?", best.text)
    if event is None:
        return silent("period_start")
    return paper.vague(best.at(event.start()), best.at(event.end()))


def renewal_sentences(paper: Paper) -> Iterator[Sentence]:
    """Sentences about what follows the end."""
    return paper.saying(_RENEW)


def _renewal(paper: Paper) -> tuple[Renewal | None, dict[str, Source], int | None]:
    sentences = list(renewal_sentences(paper))
    automatic = next((s for s in sentences if re.search(_AUTOMATIC, s.text)), None)
    negotiated = next((s for s in sentences if re.search(_NEGOTIATED, s.text)), None)
    best = automatic or negotiated
    if best is None:
        return None, {}, None
    first = negotiated or best
    sources = {"renewal.kind": paper.source_at(first)}
    kind: RenewalKind | Blank
    if automatic and negotiated:
        kind = paper.vague(min(first.start, best.start), max(first.end, best.end))
    else:
        kind = RenewalKind.AUTOMATIC if automatic else RenewalKind.NEGOTIATED
    months = _renewed_months(paper, automatic, sources)
    notice = _notice(paper, first, sources)
    return Renewal(kind=kind, months=months, notice=notice), sources, None


def _renewed_months(
    paper: Paper, automatic: Sentence | None, sources: dict[str, Source]
) -> int | Blank | None:
    if automatic is None:
        return None
    after = re.search(_AUTOMATIC, automatic.text)
    start = automatic.at(after.start()) if after else automatic.start
    length = length_field(paper, start, automatic.end, units=_LONG)
    if length is None:
        return None
    sources["renewal.months"] = length[1]
    return in_years_or_months(length[0]) if isinstance(length[0], Duration) else length[0]


def _notice(paper: Paper, first: Sentence, sources: dict[str, Source]) -> Duration | Blank | None:
    before = re.search(r"(?:期满|到期|届满)之?前|提前", first.text)
    if before is None:
        return None
    length = length_field(
        paper, first.at(before.end()), min(first.end, first.at(before.end()) + 40)
    )
    if length is None:
        return None
    sources["renewal.notice"] = length[1]
    return length[0]
