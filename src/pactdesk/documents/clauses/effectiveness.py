"""When the contract begins to bind (A18, E39, E47)."""

from __future__ import annotations

import re
from datetime import date

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.effectiveness import Effectiveness, EffectiveOn
from pactdesk.documents.fields import count_field, day_fields
from pactdesk.documents.paper import Paper, Sentence

_ON = r"(?:签字|盖章|签署|签章).{0,12}(?:起|后|即)?生效|生效.{0,10}(?:签字|盖章)"
_EITHER = r"签字\s?(?:[(（]或|或者?|、)\s?(?:盖章|签章)"
_BOTH = r"签字(?:并|及|和|、)?(?:加盖公章|盖章)"
_SIGNED = r"签订(?:日期|时间|地点|地)[:：]|于.{1,20}签订|在.{1,40}签订|签署日期[:：]"


def read(paper: Paper) -> list[Effectiveness]:
    """One clause where the paper speaks of taking effect or of where it is signed."""
    takes_effect = next(iter(paper.saying(_ON)), None)
    signed = list(paper.saying(_SIGNED, without=r"争议|补充协议|书面协议|签订后|签订地人民"))
    if takes_effect is None and not signed:
        return []
    sources: dict[str, Source] = {}
    first = takes_effect or signed[0]
    return [
        Effectiveness(
            id="effectiveness-1",
            source=paper.source_at(first),
            sources=sources,
            on=_on(paper, takes_effect or first, sources),
            signed_on=_day(paper, signed, sources),
            signing_place=_place(paper, signed, sources),
            copies=_copies(paper, sources),
        )
    ]


def _on(paper: Paper, sentence: Sentence, sources: dict[str, Source]) -> EffectiveOn | Blank:
    sources["on"] = paper.source_at(sentence)
    if re.search(_EITHER, sentence.text):
        return EffectiveOn.SIGNATURE_OR_SEAL
    if re.search(_BOTH, sentence.text):
        return EffectiveOn.SIGNATURE_AND_SEAL
    return paper.vague(sentence.start, sentence.end, EffectiveOn.SIGNATURE_OR_SEAL.value)


def _day(paper: Paper, signed: list[Sentence], sources: dict[str, Source]) -> date | Blank | None:
    for sentence in signed:
        for day, source in day_fields(paper, sentence.start, sentence.end):
            sources["signed_on"] = source
            return day
    return None


_AT_PLACE = re.compile(
    r"签[订约署](?:所在)?地点?\s?(?:[:：]|为|系|是|在|位于)\s?(?P<place>[一-鿿]{2,20})"
)


def _place(paper: Paper, signed: list[Sentence], sources: dict[str, Source]) -> str | Blank | None:
    for sentence in paper.sentences:
        place = _AT_PLACE.search(sentence.text)
        if place and not re.search(r"人民法院|所在地|签订", place["place"]):
            first = sentence.at(place.start("place"))
            sources["signing_place"] = paper.source_of(first, first + len(place["place"]))
            return place["place"]
    for sentence in signed:
        for gap in paper.gaps_between(sentence.start, sentence.end):
            before = paper.text[max(sentence.start, gap.start - 8) : gap.start]
            after = paper.text[gap.end : gap.end + 6]
            if re.search(r"地点?[:：]\s?\Z|日?[于在]\s?\Z", before) or "地点" in after:
                sources["signing_place"] = paper.source_of(gap.start, gap.end)
                return paper.open(gap)
        place = re.search(r"签订地点?[:：]\s?(?P<place>[一-鿿]{2,20})", sentence.text)
        place = place or re.search(r"日?[于在](?P<place>[一-鿿]{2,20}?)签订", sentence.text)
        if place and "签订" not in place["place"]:
            first = sentence.at(place.start("place"))
            sources["signing_place"] = paper.source_of(first, first + len(place["place"]))
            return place["place"]
    return None


def _copies(paper: Paper, sources: dict[str, Source]) -> int | Blank | None:
    for sentence in paper.saying(r"一式"):
        start = sentence.start + sentence.text.index("一式") + 2
        copies = count_field(paper, start, sentence.end, "份")
        if copies:
            sources["copies"] = copies[1]
            return copies[0]
    return None
