"""How the parties tell each other things that bind (A77, A78)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.notices import Notices
from pactdesk.core.terms.durations import Duration
from pactdesk.documents.fields import length_field
from pactdesk.documents.paper import Paper, Sentence

_ADDRESS = r"(?:地址|联系方式|联系人|账户)[^。；;]{0,14}(?:变化|变更|有变|变动)"
_FORM = r"书面(?:形式)?通知|通知[^。；;]{0,14}(?:书面|邮件|快递|送达)|书面[^。；;]{0,6}告知"
_OBJECTS = r"异议"


def read(paper: Paper) -> list[Notices]:
    """One clause where the paper says how notice is given."""
    form = next(
        (s for s in paper.under(r"通知|送达") if re.search(_FORM, s.text)),
        next(iter(paper.saying(_FORM, without=r"续|暂停|提前")), None),
    )
    address = next(iter(paper.saying(_ADDRESS)), None)
    objection = next(
        iter(
            paper.saying(
                r"(?:结算单|账单|对账单|结算报告)[^。；;]{0,40}异议|异议[^。；;]{0,30}结算"
            )
        ),
        None,
    )
    first = form or address or objection
    if first is None:
        return []
    sources: dict[str, Source] = {}
    return [
        Notices(
            id="notices-1",
            source=paper.source_at(first),
            form=_form(paper, form, sources),
            objection_within=_within(paper, objection, "objection_within", sources),
            address_change_within=_within(paper, address, "address_change_within", sources),
            sources=sources,
        )
    ]


def _form(paper: Paper, sentence: Sentence | None, sources: dict[str, Source]) -> str | None:
    if sentence is None:
        return None
    sources["form"] = paper.source_at(sentence)
    found = re.search(r"以(?P<form>[^,，。；;]{2,30}?)(?:方式|形式)", sentence.text)
    return found["form"] if found else "书面"


def _within(
    paper: Paper, sentence: Sentence | None, name: str, sources: dict[str, Source]
) -> Duration | Blank | None:
    if sentence is None:
        return None
    found = length_field(paper, sentence.start, sentence.end)
    if found is None:
        return None
    sources[name] = found[1]
    return found[0]
