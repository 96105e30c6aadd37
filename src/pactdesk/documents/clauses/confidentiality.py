"""Who keeps what secret, and how long (D13, E23–E30)."""

from __future__ import annotations

import re
from typing import Literal

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.confidentiality import Confidentiality
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.documents.fields import in_years_or_months, length_field
from pactdesk.documents.paper import Paper, Sentence

_ABOUT = r"保密|商业秘密|客户信息|客户隐私"
_DUTY = r"保密|不得[^。；;]{0,20}(?:泄露|透露|披露)|保守|保护[^。；;]{0,12}秘密"
_LONG = frozenset({TimeUnit.YEAR, TimeUnit.MONTH})


def read(paper: Paper) -> list[Confidentiality]:
    """One clause where the paper binds someone to secrecy."""
    sentences = [
        s
        for s in paper.saying(_ABOUT, without=r"第三方与|签订保密协议|保密协议[、等。]?$|保密规定")
        if re.search(_DUTY, s.text) and len(s.text) > 6
    ]
    if not sentences:
        return []
    sources: dict[str, Source] = {}
    bound, place = _bound(paper, sentences)
    sources["bound"] = paper.source_at(place)
    years, indefinite = _after(paper, sentences, sources)
    return [
        Confidentiality(
            id="confidentiality-1",
            source=paper.source_at(place),
            bound=bound,
            during_term=True,
            after_years=years,
            indefinite=indefinite,
            sources=sources,
        )
    ]


def _bound(
    paper: Paper, sentences: list[Sentence]
) -> tuple[Literal["provider", "client", "both"], Sentence]:
    for sentence in sentences:
        if re.search(r"双方|任何一方|各方", sentence.text) and re.search(
            r"应|不得|负", sentence.text
        ):
            return "both", sentence
    bound: dict[Literal["provider", "client"], Sentence] = {}
    for sentence in sentences:
        side = _side(paper, sentence)
        if side is not None:
            bound.setdefault(side, sentence)
    if len(bound) == 2:
        return "both", bound["provider"]
    if "client" in bound:
        return "client", bound["client"]
    return "provider", bound.get("provider", sentences[0])


def _side(paper: Paper, sentence: Sentence) -> Literal["provider", "client"] | None:
    """Who must keep the secret; under 甲方的权利与义务 a sentence needs no subject."""
    roles = paper.roles
    duty = r"(?:及[^。；;,，]{0,10})?(?:应|不得|有义务|须|仍)"
    if re.search(roles.provider_words + duty, sentence.text):
        return "provider"
    if re.search(roles.client_words + duty, sentence.text):
        return "client"
    for clause in reversed(paper.outline):
        if clause.start <= sentence.start < clause.whole_end and clause.heading:
            if re.match(roles.provider_words, clause.heading):
                return "provider"
            if re.match(roles.client_words, clause.heading):
                return "client"
    return None


def _after(
    paper: Paper, sentences: list[Sentence], sources: dict[str, Source]
) -> tuple[int | Blank | None, bool | None]:
    """Years after the end; for ever; or the paper ends it with the contract."""
    for sentence in sentences:
        after = re.search(r"(?:终止|解除|结束|届满|期满|离职|完毕)[^。；;]{0,10}后?", sentence.text)
        if after and re.search(r"年", sentence.text):
            length = length_field(paper, sentence.start, sentence.end, units=_LONG)
            if length and isinstance(length[0], Duration):
                sources["after_years"] = length[1]
                months = in_years_or_months(length[0])
                years = months if isinstance(months, Blank) else max(1, months // 12)
                return years, False
        if re.search(r"长期有效|永久|无限期|直至[^。；;]{0,10}公开", sentence.text):
            sources["indefinite"] = paper.source_at(sentence)
            return None, True
        if re.search(r"保密期限[^。；;]{0,40}至[^。；;]{0,12}(?:终止|完毕|届满)", sentence.text):
            sources["indefinite"] = paper.source_at(sentence)
            return None, False
    return None, None
