"""What a clause is called: the words after its number, or a line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactdesk.documents.numbering import Mark

_SECTION = re.compile(
    r"^[ \t]*(?P<name>[^\d\s，,。；;、:：][^，,。；;:：\n]{0,23})[:：][ \t]*$", re.M
)
# "附件:服务制度清单" at the start of a line closes the clauses before it.
ATTACHMENTS = ("附件", "附表", "附录")
_ATTACHMENTS = re.compile(rf"^[ \t]*(?P<name>{'|'.join(ATTACHMENTS)})[:：]", re.M)
_INLINE_SECTION = re.compile(r"(?<=[。；;])\s*(?P<name>[^\s，,。；;、:：]{2,20})[:：]\s*\Z")
_SENTENCE = "，,。；;！？!?"
_GOES_ON = "的为按可自与和及后前之应不"  # 保密期限|自合同签订之日起计算: a sentence, no heading
_LONGEST = 30
_BLANK = re.compile(r"_{2,}|\[")


def section_lines(text: str, marks: tuple[Mark, ...]) -> Iterator[Mark]:
    """Lines such as "合同金额与支付方式:" that open a list of their own.

    The next line begins with number 1, or is such a line itself.
    """
    first_items = {mark.start for mark in marks if mark.value == (1,) and mark.boundary == "line"}
    marked = {mark.start for mark in marks if mark.boundary == "line"}
    lines = [line for line in _SECTION.finditer(text) if line.start("name") not in marked]
    follower = {line.start("name"): _next_line(text, line.end()) for line in lines}
    opening = set(first_items)
    for line in reversed(lines):
        if follower[line.start("name")] in opening:
            opening.add(line.start("name"))
    for line in lines:
        if line.start("name") in opening:
            name = line["name"].strip()
            yield Mark("section", (0,), name, line.start("name"), line.end(), "line")
    for line in _ATTACHMENTS.finditer(text):
        if line.start("name") not in opening:
            yield Mark("section", (0,), line["name"], line.start("name"), line.end(), "line")


def inline_section(text: str, mark: Mark, begins: int) -> Mark | None:
    """The words with a colon right before `mark`, when they name a list of their own.

    begins  where the clause before begins; the words cannot reach further back
    """
    found = _INLINE_SECTION.search(text, begins, mark.start)
    if not found:
        return None
    return Mark("section", (0,), found["name"], found.start("name"), mark.start, "sentence")


def heading_of(words: str, listed: frozenset[str]) -> str:
    """The heading in a clause's own words after its label; empty if it has none.

    listed  the headings of the table of contents, which also end a heading that is glued to
            the sentence after it

    >>> heading_of("响应时间:对于客户发起的请求,应在一分钟内", frozenset())
    '响应时间'
    >>> heading_of("协商解决双方应通过友好协商的方式解决。", frozenset({"协商解决"}))
    '协商解决'
    """
    words = words.lstrip(" \t:：、.．*#")
    line = words.split("\n", 1)[0].strip()
    glued = max((one for one in listed if _is_glued(one, line)), key=len, default="")
    for pattern in (
        r"^([^\s:：]{1,15})[:：](?!\d)",
        r"^(\S{1,15})\s{2,}",
        r"^([^\s。]{1,12})。(?=.)",
    ):
        found = re.match(pattern, line)
        if found and not _is_prose(found[1]):
            return found[1]
    if line and len(line) <= _LONGEST and not _is_prose(line):
        return line.rstrip(":：")
    return glued


def _is_glued(heading: str, line: str) -> bool:
    rest = line.removeprefix(heading)
    return bool(heading) and rest != line and not rest.startswith(tuple(_GOES_ON))


def _is_prose(words: str) -> bool:
    return any(mark in words for mark in _SENTENCE) or bool(_BLANK.search(words))


def _next_line(text: str, position: int) -> int:
    rest = re.compile(r"\s*").match(text, position)
    return rest.end() if rest else position
