"""CROSSREF_BROKEN: the paper points to an article that it does not have."""

from __future__ import annotations

import re

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.paper import Paper, Sentence

_REFERENCE = re.compile(
    r"第(?P<n>\d{1,3}"
    r"|[一二三四五六七八九十百]{1,5})条(?!\s?[^款项之的约规所、,，。；;和与及或至中]{1,6}[:：])"
    r"|(?:合同|协议|见|按照?|依照?)\s?[【〔](?P<boxed>\d{1,2}|[一二三四五六七八九十]{1,3})[】〕]"
    r"|(?:第|合同|协议|见|按照?|依照?|适用)\s?(?P<point>\d{1,2}(?:\.\d{1,2}){1,2})\s?[条款项]"
)
_LAW = re.compile(r"(?:》|法|条例|规定|办法|解释|民法典|准则|细则)[^。；;第]{0,6}\Z")
_OTHER = re.compile(
    r"(?:附件|附表|附录|主合同|框架协议|补充协议|总合同"
    r"|另行签[订署]的?[^。；;]{0,12})[^。；;]{0,6}\Z"
)


def crossref_broken(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "按第十八条处理" in a paper of twelve articles."""
    del contract
    articles, points = _numbers(paper)
    places, missing = [], []
    for sentence in paper.main:
        for match in _REFERENCE.finditer(sentence.text):
            if _is_own_number(sentence, match) or _elsewhere(sentence.text, match):
                continue
            article = match["n"] or match["boxed"]
            if article:
                broken = len(articles) > 1 and int(numeral_value(article)) not in articles
            else:
                broken = len(points) > 1 and match["point"] not in points
            if broken:
                places.append(passage(sentence, match))
                missing.append(match[0])
    if not places:
        return ()
    return remark(
        paper, "CROSSREF_BROKEN", *places[:4], missing="、".join(dict.fromkeys(missing[:4]))
    )


def _numbers(paper: Paper) -> tuple[set[int], set[str]]:
    """Whole numbers of the outermost articles, and decimal ones."""
    articles: set[int] = set()
    points: set[str] = set()
    for clause in paper.outline:
        label = clause.label.strip().strip("第条章节、.．()（）【】〔〕 ")
        if re.fullmatch(r"\d{1,2}(\.\d{1,2})+", label):
            points.add(label)
            articles.add(int(label.split(".")[0]))
        elif re.fullmatch(r"\d{1,3}|[一二三四五六七八九十百]{1,5}", label):
            articles.add(int(numeral_value(label)))
    return articles, points


def _is_own_number(sentence: Sentence, match: re.Match[str]) -> bool:
    clause = sentence.clause
    return clause is not None and sentence.at(match.start()) == clause.start


def _elsewhere(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    # "劳动合同法第三十八条、第四十条": the second one belongs to the law too.
    before = re.sub(r"第[\d一二三四五六七八九十百]+条(?:第[^条]{1,3}款)?[、和及至]\Z", "", before)
    return bool(_LAW.search(before) or _OTHER.search(before))
