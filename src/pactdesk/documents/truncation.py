"""Whether a text breaks off before its end (T6)."""

from __future__ import annotations

import re

from pactdesk.documents.clause_tree import Node, clause_nodes
from pactdesk.documents.numbering import marks_in

_STOPS = ("。", ".", "！", "!", "？", "?", "；", ";")
_BRACKETS = (")", "）", "]", "】", "」", "”", '"', "_", "—", "…", "》")
# A signature block or a date line needs no full stop.
_CLOSING_WORDS = re.compile(
    r"(?:盖章|签字|签章|签名|签署|公章|日期|代表人?|电话|地址|账号)[^。]{0,30}$"
    r"|年[ _\d]*月[ _\d]*日[ ]*$"
)


def is_truncated(text: str) -> bool:
    """True when the last clause is only its number, or stops in mid-sentence.

    An item of a list whose other items have no full stop either (a list of attachments) is
    complete without one.

    >>> is_truncated("一、保密1.甲方保密。2.乙方应当"), is_truncated("附件:1.价目表2.流程图")
    (True, False)
    """
    nodes = clause_nodes(text, marks_in(text))
    last = nodes[-1] if nodes else None
    words = text[last.mark.end :].strip() if last else text.strip()
    if last and last.mark.style not in ("section", "signature") and not words:
        return True
    if words.endswith((*_STOPS, *_BRACKETS)) or _CLOSING_WORDS.search(words):
        return False
    if last and _is_list_item(text, nodes, last):
        return False
    return bool(words)


def _is_list_item(text: str, nodes: list[Node], last: Node) -> bool:
    """Whether `last` is one of a list without full stops, or an unnumbered list by its name."""
    if last.mark.style == "section":
        return "附" in last.mark.label
    index = nodes.index(last)
    before = nodes[index - 1] if index else None
    if before is None or before.parent is not last.parent:
        return False
    return not text[before.mark.end : last.mark.start].strip().endswith(_STOPS)
