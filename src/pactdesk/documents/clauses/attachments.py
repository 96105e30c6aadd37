"""What hangs on the contract with equal force (A83–A89, E50–E54)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Source
from pactdesk.core.terms.clauses.attachments import Attachments
from pactdesk.documents.paper import Paper

_LISTED = r"附件包括|附件[:：]|附件如下|附件(?:列表|清单)|^附件"
_NUMBERED = re.compile(
    r"附件\s?(?:\d+|[一二三四五六七八九十]+)[:：《\s]\s?(?P<name>[^,，。；;、\n\t》]{2,30})"
)


def read(paper: Paper) -> list[Attachments]:
    """One clause where attachments are named."""
    names, place = _names(paper)
    force = next(
        (s for s in paper.sentences if re.search(r"附件[^。；;]{0,24}同等(?:法律)?效力", s.text)),
        None,
    )
    if not names and force is None:
        return []
    sources: dict[str, Source] = {}
    if place:
        sources["names"] = paper.source_of(*place)
    if force:
        sources["equal_force"] = paper.source_at(force)
    return [
        Attachments(
            id="attachments-1",
            source=sources.get("names") or sources["equal_force"],
            names=names,
            equal_force=True if force else None,
            sources=sources,
        )
    ]


def _names(paper: Paper) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """From 附件1：… lines, from a list under 附件, or from one sentence, in that order."""
    numbered = [
        (m["name"].strip("《》 "), s.at(m.start()), s.at(m.end()))
        for s in paper.sentences
        for m in _NUMBERED.finditer(s.text)
        if "要求" not in m["name"]
    ]
    if numbered:
        names = tuple(dict.fromkeys(name for name, _, _ in numbered))
        return names, (numbered[0][1], numbered[-1][2])
    listed = [
        c
        for c in paper.outline
        if c.label
        and c.heading
        and c.end == c.whole_end
        and any(
            a.start < c.start < a.whole_end and re.match(r"附件", a.heading or "")
            for a in paper.outline
        )
    ]
    if listed:
        return tuple(c.heading for c in listed), (listed[0].start, listed[-1].end)
    for sentence in paper.saying(r"附件包括"):
        found = re.search(r"附件包括(?:但不限于)?[:：]?\s?(?P<list>.+)", sentence.text)
        if found:
            parts = re.split(r"[、,，和及]", re.sub(r"等[。]?$", "", found["list"]))
            names = tuple(part.strip("《》 ") for part in parts if part.strip("《》 "))
            return names, (sentence.at(found.start("list")), sentence.end)
    return (), None
