"""The figure that a metric is compared with: 不低于95%, ≤8秒, 30分钟内, 达到85%以上."""

from __future__ import annotations

from dataclasses import dataclass

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.quantities import Quantity, quantities_in
from pactdesk.documents.provisions import patterns

_BEFORE: tuple[tuple[str, str], ...] = (
    (
        ">=",
        r"[大高]于(?:或|/)?等于|[不别勿莫](?:得|应|能|可|要|许|准|会)?(?:低于"
        r"|少于|小于|低过)|≥|>=|至少|最低|不下于"
        r"|提升|提高|达到?|保持在|维持在|达成"
        r"|(?:目标(?:值)?(?:为|:)?|应?为|保证|:|须|标准)\s?\Z",
    ),
    (
        "<=",
        r"[小低]于(?:或|/)?等于|[不别勿莫](?:得|应|能|可|要|许|准|会)?(?:超过"
        r"|高于|多于|大于|长于|超|迟于|晚于)|不逾|≤"
        r"|<=|至多|最长|最多|最高|最迟|控制在|压缩(?:至|到|在)",
    ),
    ("<", r"(?<!不得)(?<!不)低于|(?<!不得)(?<!不)少于|(?<!不)小于|<(?!=)"),
    (">", r"(?<!不得)(?<!不)高于|(?<!不)大于|(?<!不得)(?<!不)超过|>(?!=)"),
)
_BEHIND: tuple[tuple[str, str], ...] = (
    (">=", r"\s?(?:\([^()]{1,10}\))?(?:及|或)?(?:以上|之上)"),
    ("<=", r"\s?(?:\([^()]{1,10}\))?(?:及|或)?(?:之?内|以内|以下|之前|前|为限|封顶)"),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A comparison with a quantity; `plain` where no word of comparing stands beside it."""

    comparator: str
    quantity: Quantity
    plain: bool = False


def limits_in(text: str, start: int, end: int, better: str) -> list[Found[Limit]]:
    """Every figure in a stretch of text with its comparison; `better` where nothing says it."""
    found = []
    last = start
    for place in quantities_in(text, start, end):
        lead = text[max(last, place.start - 12) : place.start]
        comparator, began, plain = _comparator(lead, text[place.end : place.end + 16], better)
        first = place.start - len(lead) + began if began is not None else place.start
        behind = patterns.match(
            r"\s?(?:\(含\))?(?:以上|之?内|以内|以下)", text[place.end : place.end + 8]
        )
        stop = place.end + (behind.end() if behind else 0)
        found.append(Found(Limit(comparator, place.value, plain), first, stop))
        last = place.end
    return found


def _comparator(lead: str, behind: str, better: str) -> tuple[str, int | None, bool]:
    for comparator, pattern in _BEHIND:
        if patterns.match(pattern, behind):
            explicit = _last(lead)
            if explicit and explicit[0] in ("<", ">"):
                return explicit[0], explicit[1], False
            return comparator, explicit[1] if explicit else None, False
    explicit = _last(lead)
    if explicit is None:
        return better, None, True
    comparator, began = explicit
    # 达到, 为 and a colon say that a figure is due, not which way is better.
    if patterns.match(r"达|提升|提高|保持|维持|目标|应?为|保证|:|须|标准", lead[began:]):
        comparator = better
    return comparator, began, False


def _last(lead: str) -> tuple[str, int] | None:
    """The comparing word nearest to the figure."""
    best: tuple[int, int, str] | None = None
    for comparator, pattern in _BEFORE:
        for match in patterns.finditer(pattern, lead):
            key = (match.end(), match.end() - match.start(), comparator)
            if best is None or key[:2] > best[:2]:
                best = key
    return (best[2], best[0] - best[1]) if best else None
