"""What a missed level costs (A56; PRACTICE 3)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import count

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach, PerMiss, PerPoint
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.durations import TimeUnit
from pactdesk.documents.clauses import service_level
from pactdesk.documents.clauses.deduction_rule import METRICS, deductions_in, rule_of
from pactdesk.documents.clauses.metrics import case_type_of, channel_of, metric_of
from pactdesk.documents.clauses.priced import source_of
from pactdesk.documents.fields import amount_field, share_field
from pactdesk.documents.grammar.durations import lengths_in
from pactdesk.documents.grammar.rates import points_in, rates_in
from pactdesk.documents.paper import Paper, Sentence
from pactdesk.documents.provisions.deductions.kinds import Deduction as Provision
from pactdesk.documents.provisions.noted import Noted

DEDUCTS = r"扣(?!押|留|分制)|减付"
TOGETHER = r"各项扣|合计|全部扣|扣款(?:总额|总和|累计)|累计扣"
_CAP = r"最高|不超过|不得超过|为限|上限|至多|封顶"
_PER_POINT = r"每(?:低于|高于|超过|超出)[^,，。；;]{0,10}?(?:满)?\s?\d"
# Tiers, and shares of something other than the fee, have no clause kind yet: a person decides.
_NOT_SIMPLE = r"低于[^,，]{0,12}不低于|维护费|系统费|押金|质保金"
# A sum for each point has no kind of rule yet.
_BY_SUM = (
    r"每[^,，。；;]{0,10}\d(?:\.\d+)?\s?(?:%|个?百分点|秒|分)[^,，。；;]{0,4}[,，]?[^,，。"
    r"；;\d]{0,8}扣[^,，。；;\d]{0,8}\d+\s?元"
)
_FIELDS = {
    "per_point": ("rule.step", "rule.rate"),
    "per_breach": ("rule.amount",),
    "per_miss": ("rule.rate",),
    "tiered": ("rule.tiers",),
}
_PER_BREACH = r"每(?:一)?(?:起|次|例|件|单|笔)"


def read(paper: Paper) -> list[Deduction]:
    """One clause for each metric that a sentence deducts for."""
    levels = service_level.read(paper)
    numbers = count(1)
    clauses: list[Deduction] = []
    for sentence in deduction_sentences(paper):
        noted = deductions_in(paper, sentence.start, sentence.end)
        told = [_told(paper, sentence, n, levels, numbers) for n in noted]
        clauses += told or _deduction(paper, sentence, levels, numbers)
    return clauses


def _told(
    paper: Paper,
    sentence: Sentence,
    noted: Noted[Provision],
    levels: list[ServiceLevel],
    numbers: count[int],
) -> Deduction:
    """What the provisions read, as a clause; the cap stands in its sentence."""
    metric = METRICS[noted.value.metric]
    place = source_of(paper, noted)
    rule = rule_of(noted.value, place.quote)
    sources: dict[str, Source] = {}
    if rule is not None:
        sources = dict.fromkeys(_FIELDS[rule.kind], place)
    return Deduction(
        id=f"deduction-{next(numbers)}",
        source=paper.source_at(sentence),
        level=_level_id(sentence, metric, levels),
        rule=rule or _rule(paper, sentence, metric, sources, tiers=bool(noted.value.tiers)),
        cap=_cap(paper, sentence, sources),
        sources=sources,
    )


def deduction_sentences(paper: Paper) -> list[Sentence]:
    """Sentences that deduct for one metric."""
    return [
        sentence
        for sentence in paper.saying(DEDUCTS, without=TOGETHER)
        if metric_of(sentence.text) is not None
    ]


def _deduction(
    paper: Paper, sentence: Sentence, levels: list[ServiceLevel], numbers: count[int]
) -> list[Deduction]:
    metric = metric_of(sentence.text)
    if metric is None:
        return []
    sources: dict[str, Source] = {}
    return [
        Deduction(
            id=f"deduction-{next(numbers)}",
            source=paper.source_at(sentence),
            level=_level_id(sentence, metric, levels),
            rule=_rule(paper, sentence, metric, sources),
            cap=_cap(paper, sentence, sources),
            sources=sources,
        )
    ]


def _level_id(sentence: Sentence, metric: Metric, levels: list[ServiceLevel]) -> str:
    """The level meant; the metric's own name where the paper promises none."""
    same = [level for level in levels if level.metric == metric]
    case_type, channel = case_type_of(sentence.text), channel_of(sentence.text)
    exact = [level for level in same if level.case_type == case_type]
    nearest = [level for level in exact if channel in (None, level.channel)]
    found = nearest or exact
    return found[0].id if found else str(metric)


def _rule(
    paper: Paper,
    sentence: Sentence,
    metric: Metric,
    sources: dict[str, Source],
    *,
    tiers: bool = False,
) -> PerPoint | PerBreach | PerMiss | Blank:
    if tiers or re.search(_BY_SUM, sentence.text):
        return paper.vague(sentence.start, sentence.end)
    deducts = re.search(DEDUCTS, sentence.text)
    at = sentence.at(deducts.start()) if deducts else sentence.start
    end = _before_cap(sentence)
    if re.search(_PER_BREACH, sentence.text):
        amount = amount_field(paper, sentence.start, end)
        if amount:
            sources["rule.amount"] = amount[1]
            return PerBreach(amount=amount[0])
    rate = share_field(paper, at, end)
    if rate is None:
        return paper.vague(sentence.start, sentence.end)
    sources["rule.rate"] = rate[1]
    if re.search(_PER_POINT, sentence.text):
        return PerPoint(step=_step(paper, sentence, metric, sources), rate=rate[0])
    if re.search(_NOT_SIMPLE, sentence.text) and not isinstance(rate[0], Blank):
        plain = {"kind": "per_miss", "rate": f"{rate[0]:f}"}
        return paper.vague(sentence.start, sentence.end, plain)
    return PerMiss(rate=rate[0])


def _step(
    paper: Paper, sentence: Sentence, metric: Metric, sources: dict[str, Source]
) -> Decimal | Blank:
    """In the level's own unit: one percentage point is "0.01", one second is "1"."""
    per = re.search(_PER_POINT, sentence.text)
    start = sentence.at(per.start()) if per else sentence.start
    point = next(points_in(paper.text, start, sentence.end), None)
    if point is not None and point.value > 0:
        sources["rule.step"] = paper.source_of(point.start, point.end)
        return point.value
    if metric is Metric.FIRST_RESPONSE_AVERAGE:
        seconds = next(lengths_in(paper.text, start, sentence.end), None)
        if seconds is not None and seconds.value.unit is TimeUnit.SECOND:
            sources["rule.step"] = paper.source_of(seconds.start, seconds.end)
            return Decimal(seconds.value.n)
    share = next(rates_in(paper.text, start, sentence.end), None)
    if share is not None and share.value > 0:
        sources["rule.step"] = paper.source_of(share.start, share.end)
        return share.value
    return paper.vague(sentence.start, sentence.end)


def _before_cap(sentence: Sentence) -> int:
    cap = re.search(_CAP, sentence.text)
    return sentence.at(cap.start()) if cap else sentence.end


def _cap(paper: Paper, sentence: Sentence, sources: dict[str, Source]) -> Decimal | Blank | None:
    start = _before_cap(sentence)
    if start == sentence.end:
        return None
    found = share_field(paper, start, sentence.end)
    if found is None:
        return None
    sources["cap"] = found[1]
    return found[0]
