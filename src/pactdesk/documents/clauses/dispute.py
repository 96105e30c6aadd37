"""The ladder of a dispute (A57–A66, B-, C23, D17, E35–E38)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.dispute import Dispute, DisputeStep
from pactdesk.core.terms.durations import Duration
from pactdesk.documents.fields import length_field
from pactdesk.documents.ladder import AFTER_AWARD, NO_RUNG
from pactdesk.documents.paper import Paper, Sentence

_ABOUT = r"争议|纠纷"
_STEPS = (
    (
        DisputeStep.LABOUR_ARBITRATION,
        r"劳动(?:人事)?(?:争议|纠纷)?(?:部门|局|机构)?(?:申请|调解)?仲裁",
    ),
    (DisputeStep.ARBITRATION, r"仲裁(?!裁决|不成|结果)"),
    (DisputeStep.LITIGATION, r"诉讼|起诉|打官司|人民法院(?!申请调解|主持调解|进行调解)"),
    (DisputeStep.MEDIATION, r"调解"),
    (DisputeStep.NEGOTIATION, r"协商(?!一致|确定)"),
)
_ORDER = (
    DisputeStep.NEGOTIATION,
    DisputeStep.MEDIATION,
    DisputeStep.LABOUR_ARBITRATION,
    DisputeStep.ARBITRATION,
    DisputeStep.LITIGATION,
)
_BODY = re.compile(r"[一-鿿]{2,24}(?:仲裁委员会|仲裁院|仲裁中心|仲裁机构)")
_BEFORE_BODY = re.compile(r".*(?:提交至?|提请|交由?|申请|经过?|[向由至])(?=[一-鿿]{2})")
_COURT = re.compile(r"(?:向|由|至|提交)(?P<venue>[^,，。；;]{0,20}?)(?:有管辖权的)?人民法院")
_TALKS = re.compile(
    r"(?:起|后|提出|发生)[^,，。；;]{1,10}?(?:日|天|月)(?:之)?内[^。；;]{0,12}"
    r"(?:协商|商议|未能解决|不能解决|未能达成|解决不成)"
)
_UNNAMED = (
    r"有权|签[订约署]地|所在地|住所地|选定|选择|约定|认可|双方|同意|有关|相关|合适|当地|管辖|任一"
    r"|任何"
)


def read(paper: Paper) -> list[Dispute]:
    """One clause where the paper says how disputes are settled."""
    sentences = dispute_sentences(paper)
    if not sentences:
        return []
    sources: dict[str, Source] = {"route": _all(paper, sentences)}
    return [
        Dispute(
            id="dispute-1",
            source=sources["route"],
            route=_route(paper, sentences, sources),
            arbitration_body=_body(paper, sentences, sources),
            venue=_venue(paper, sentences, sources),
            negotiation=_talks(paper, sentences, sources),
            sources=sources,
        )
    ]


def dispute_sentences(paper: Paper) -> list[Sentence]:
    """The sentences of the article on disputes; where several speak of it, the fullest one."""
    headed = [s for s in paper.under(_ABOUT) if not re.search(r"违约金|补救|纠正", s.text)]
    groups: dict[str, list[Sentence]] = {}
    for sentence in headed:
        groups.setdefault(_article(paper, sentence), []).append(sentence)
    told = {key: [s for s in group if steps_in(s.text)] for key, group in groups.items()}
    told = {key: group for key, group in told.items() if group}
    if told:
        return max(
            told.values(), key=lambda group: len({x for s in group for x in steps_in(s.text)})
        )
    return [s for s in paper.saying(r"仲裁|法院|诉讼", without=r"诉讼费") if steps_in(s.text)]


def _article(paper: Paper, sentence: Sentence) -> str:
    """The outermost clause headed 争议 that the sentence stands in, below its section."""
    inside = [
        c
        for c in paper.outline
        if c.start <= sentence.start < c.whole_end and re.search(_ABOUT, c.heading or "")
    ]
    named = [c for c in inside if c.label] or inside
    return named[0].number if named else ""


def steps_in(text: str) -> tuple[DisputeStep, ...]:
    """The rungs that a sentence names."""
    text = NO_RUNG.sub("", text)
    found = {step for step, pattern in _STEPS if re.search(pattern, text)}
    if DisputeStep.LABOUR_ARBITRATION in found and not re.search(
        r"(?<!劳动)(?<!争议)(?<!纠纷)(?<!人事)仲裁委", text
    ):
        found.discard(DisputeStep.ARBITRATION)
    if re.search(r"人民法院申请调解", text) and not re.search(r"诉讼|起诉", text):
        found.discard(DisputeStep.LITIGATION)
    return tuple(step for step in _ORDER if step in found)


def _route(
    paper: Paper, sentences: list[Sentence], sources: dict[str, Source]
) -> tuple[DisputeStep, ...] | Blank:
    steps: list[DisputeStep] = []
    for sentence in sentences:
        for step in steps_in(sentence.text):
            if step not in steps:
                steps.append(step)
            sources.setdefault(str(step), paper.source_at(sentence))
    route = tuple(step for step in _ORDER if step in steps)
    both = {DisputeStep.ARBITRATION, DisputeStep.LITIGATION} <= set(route)
    together = " / ".join(
        s.text for s in sentences if re.search(r"仲裁|裁决|诉讼|法院|官司", s.text)
    )
    if both and not re.search(AFTER_AWARD, together):
        return Blank(blank=together, source=sources["route"])
    return route


def _body(
    paper: Paper, sentences: list[Sentence], sources: dict[str, Source]
) -> str | Blank | None:
    for sentence in sentences:
        found = _BODY.search(sentence.text)
        if found is None:
            continue
        lead = _BEFORE_BODY.match(found[0])
        start = sentence.at(found.start() + (lead.end() if lead else 0))
        end = sentence.at(found.end())
        sources["arbitration_body"] = paper.source_of(start, end)
        body = paper.source.quote(start, end)
        if paper.gaps_between(start, end) or re.search(_UNNAMED, body):
            return paper.vague(start, end)
        return body
    return None


def _venue(
    paper: Paper, sentences: list[Sentence], sources: dict[str, Source]
) -> str | Blank | None:
    for sentence in sentences:
        if "申请调解" in sentence.text:
            continue
        found = _COURT.search(sentence.text)
        if found is None:
            continue
        words = found["venue"].rstrip("的")
        if not words:
            continue
        start = sentence.at(found.start("venue"))
        sources["venue"] = paper.source_of(start, start + len(words))
        gaps = paper.gaps_between(start, start + len(words))
        return paper.open(gaps[0]) if gaps else words
    return None


def _talks(paper: Paper, sentences: list[Sentence], sources: dict[str, Source]) -> Duration | None:
    """How long the parties talk by themselves, where the paper names a time."""
    for sentence in sentences:
        found = _TALKS.search(sentence.text)
        if found is None:
            continue
        told = length_field(paper, sentence.at(found.start()), sentence.at(found.end()))
        # A time left open is none: nothing waits for it.
        length = told[0] if told is not None else None
        if told is not None and isinstance(length, Duration) and isinstance(length.n, int):
            sources["negotiation"] = told[1]
            return length
    return None


def _all(paper: Paper, sentences: list[Sentence]) -> Source:
    return paper.source_of(sentences[0].start, max(s.end for s in sentences))
