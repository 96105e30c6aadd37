"""What the provider does: channels, case types, languages (A7–A9, B3–B6)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.scope import CaseType, Channel, Scope
from pactdesk.documents.paper import Paper, Sentence, silent

_HEADINGS = r"服务内容|服务范围|工作内容|合同背景|管理内容|管理事项|^范围"
_DESCRIBED = r"服务范围包括|主要负责|负责处理|提供如下|提供.{2,40}服务"
_CHANNELS = (
    (Channel.CHAT, r"在线客服|在线咨询|在线消息|在线会话|即时消息|聊天|在线接待"),
    (Channel.PHONE, r"电话|热线|来电|呼入"),
    (Channel.EMAIL, r"邮件|邮箱"),
    (Channel.TICKET, r"工单"),
)
_CASE_TYPES = (
    (CaseType.CONSULT, r"咨询"),
    (CaseType.COMPLAINT, r"投诉"),
    (CaseType.SUGGESTION, r"建议|反馈"),
)
Words = tuple[tuple[str, str], ...]
_LANGUAGES = {"中文": "zh", "普通话": "zh", "英文": "en", "英语": "en"}


def read(paper: Paper) -> list[Scope]:
    """One clause, always: a desk needs channels and case types."""
    sentences = _sentences(paper)
    sources: dict[str, Source] = {}
    channels = _named(paper, sentences, _CHANNELS, sources, "channels")
    case_types = _named(paper, sentences, _CASE_TYPES, sources, "case_types")
    first = next((s for s in sentences if re.search(_DESCRIBED, s.text)), None)
    first = first or next((s for s in sentences if len(s.text) > 16), None)
    return [
        Scope(
            id="scope-1",
            source=paper.source_at(first) if first else None,
            sources=sources,
            channels=channels if isinstance(channels, Blank) else tuple(map(Channel, channels)),
            case_types=(
                case_types if isinstance(case_types, Blank) else tuple(map(CaseType, case_types))
            ),
            languages=_languages(paper, sources),
            description=_description(paper, first),
        )
    ]


def _sentences(paper: Paper) -> list[Sentence]:
    under = [s for s in paper.under(_HEADINGS) if len(s.text) > 8]
    return under or list(paper.saying(_DESCRIBED))


def _named(
    paper: Paper,
    sentences: list[Sentence],
    words: Words,
    sources: dict[str, Source],
    field: str,
) -> tuple[str, ...] | Blank:
    """What the paper names; what stands only in an example is suggested."""
    agreed: list[str] = []
    exemplary: list[str] = []
    place: Blank | None = None
    for sentence in sentences:
        gaps = [g for g in paper.gaps_between(sentence.start, sentence.end) if g.value.example]
        for value, pattern in words:
            for word in re.finditer(pattern, sentence.text):
                at = sentence.at(word.start())
                gap = next((g for g in gaps if g.start <= at < g.end), None)
                (exemplary if gap else agreed).append(str(value))
                if gap and place is None:
                    place = paper.open(gap)
                if not gap:
                    sources.setdefault(field, paper.source_at(sentence))
    if agreed:
        return tuple(dict.fromkeys(agreed))
    if place is not None:
        return place.model_copy(update={"suggested": list(dict.fromkeys(exemplary))})
    return silent(field)


def _description(paper: Paper, first: Sentence | None) -> str | Blank | None:
    if first is None:
        return None
    gaps = paper.gaps_between(first.start, first.end)
    return paper.open(gaps[0], gaps[0].value.example) if gaps else first.words


def _languages(paper: Paper, sources: dict[str, Source]) -> tuple[str, ...] | Blank | None:
    for sentence in paper.saying(r"服务语言|语言为"):
        sources["languages"] = paper.source_at(sentence)
        gaps = paper.gaps_between(sentence.start, sentence.end)
        if gaps:
            return paper.open(gaps[0], ["zh"] if "中文" in gaps[0].value.printed else None)
        found = tuple(dict.fromkeys(c for w, c in _LANGUAGES.items() if w in sentence.text))
        return found or paper.vague(sentence.start, sentence.end)
    return None
