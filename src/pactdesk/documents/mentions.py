"""Numbers that look like a clause's but only mention one, or count something."""

from __future__ import annotations

import re

from pactdesk.documents.numbering import Mark

# After a decimal, these make it an amount: 3.5%, 1.5倍, 2.5个月. 人员, 分期, 年度 do not.
_UNIT = re.compile(
    r" ?(?:%|‰|元|倍|小时|分钟|秒|天|万|亿|个|次|折|米|[GMK]B|人(?!员)"
    r"|分(?!包|期|级|配|担|项|别|为)|日(?!常|期|志)|年(?!度|终)|月(?!度|报|结))",
    re.I,
)
# "3 名客服" at the start of a line counts them.
_COUNTED = re.compile(r"\s*(?:[名个人位席份次元倍分天日月年周家套台]|小时|工作日)")
# "第十条的争议解决方式", "第四条和第五条", "第三条约定的"
_REFERS_ON = re.compile(
    r"(?:的|之|、 ?[第一二三四五六七八九十\d]|和|与|及|至|到|款|项|所|中(?!止|断)|约定|规定|第)"
)
_REFERS_BACK = re.compile(
    r"(?:合同|协议|按照?|依据?|根据|参照|依照|违反|适用|见|及|和|与|至|或|、|》|法|条例|规定"
    r"|第\S{1,4}条)(?:之|的)? ?$"
)
_NOT_BEFORE_ITEM = "第至到每约过共为于"


def is_mention(text: str, mark: Mark) -> bool:
    """Whether the words around `mark` say that no clause begins there."""
    after = text[mark.end : mark.end + 6]
    before = text[max(0, mark.start - 8) : mark.start]
    if mark.style == "decimal":
        if mark.boundary == "line":
            return after.startswith(("%", "‰"))
        return bool(_UNIT.match(after))
    if mark.style in ("article", "chapter", "part"):
        if _REFERS_ON.match(after):
            return True
        return mark.boundary == "inside" and bool(_REFERS_BACK.search(before))
    if mark.style == "bare":
        return bool(_COUNTED.match(after))
    if mark.style == "chinese" and not mark.label.endswith("、"):
        return mark.boundary != "line"
    if mark.style == "annex":
        return mark.boundary != "line" and not after.startswith((":", "："))
    if mark.style in ("bracket", "chinese_bracket", "half_bracket"):
        return before.endswith("第") or bool(re.match(r"[项款目条]", after))
    return mark.boundary == "inside" and before.endswith(tuple(_NOT_BEFORE_ITEM))
