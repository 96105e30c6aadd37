"""Who tells whom how long before or after."""

from __future__ import annotations

from pactdesk.documents.grammar.quantities import Quantity
from pactdesk.documents.summary.sheet import Read, Sheet

_WORDS = {"h": "hour"}


def write(sheet: Sheet, read: Read) -> None:
    """`notice_days`: purpose, number, unit."""
    sheet.put("notice_days", {})
    for purpose, noted in sorted(
        read.provisions.notice_days.items(), key=lambda item: item[1].start
    ):
        sheet.note(f"notice_days.{purpose}", noted, length(noted.value))


def length(quantity: Quantity | None) -> dict[str, object] | None:
    """A length of time in the words of the summary."""
    if quantity is None:
        return None
    return {"n": quantity.n, "unit": _WORDS.get(quantity.unit, quantity.unit)}
