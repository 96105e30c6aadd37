"""What people enter in a dispute: an amount for each line, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from pactdesk.apps.statements.disputing import MOST_FEN
from pactdesk.apps.statements.objecting import LONGEST_REASON
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.money import Money
from pactdesk.documents.explain.values import fen_text
from pactdesk.web.portal.dispute_words import say

_LONGEST_AMOUNT = 24


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line's row: whether it is disputed, and at which amount."""

    number: int
    item: str
    billed: str
    amount: str
    is_chosen: bool
    may_choose: bool
    error: str


class AmountsForm(forms.Form):
    """An amount for each of some lines, and the words beside them.

    items   line number → its name; fen: what the statement has
    amounts what stands in the fields at first
    fixed   lines that are disputed already: they need no tick
    """

    def __init__(
        self,
        data: Any,
        *,
        items: Mapping[int, str],
        billed: Mapping[int, int],
        amounts: Mapping[int, int] | None = None,
        fixed: frozenset[int] = frozenset(),
        ticked: frozenset[int] = frozenset(),
        prefix: str = "",
    ) -> None:
        super().__init__(data, prefix=prefix or None)
        self.items, self.billed, self.fixed, self.ticked = items, billed, fixed, ticked
        self.amounts = {**billed, **(amounts or {})}
        self.wrong: dict[int, str] = {}
        self.fields["text"] = forms.CharField(
            label=say("act.text"),
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": say("wrong.text")},
        )

    def clean(self) -> dict[str, Any]:
        """raises  ValidationError for amounts that are none, or no line at all"""
        told: dict[str, Any] = super().clean() or {}
        chosen = {line for line in self.items if self._is_chosen(line)}
        told["amounts"] = {}
        for line in sorted(chosen):
            fen = _fen(self._written(line))
            if fen is None:
                self.wrong[line] = say("wrong.amount")
            else:
                told["amounts"][line] = fen
        if self.wrong:
            raise forms.ValidationError(say("wrong.amount"))
        if not chosen:
            raise forms.ValidationError(say("wrong.lines"))
        return told

    @property
    def rows(self) -> list[LineInput]:
        """A row for each line."""
        return [
            LineInput(
                number=line,
                item=item,
                billed=fen_text(self.billed[line]),
                amount=self._written(line) if self.is_bound else str(Money(self.amounts[line])),
                is_chosen=self._is_chosen(line),
                may_choose=line not in self.fixed,
                error=self.wrong.get(line, ""),
            )
            for line, item in self.items.items()
        ]

    def _is_chosen(self, line: int) -> bool:
        if line in self.fixed:
            return True
        if not self.is_bound:
            return line in self.ticked
        return bool(self.data.get(self.add_prefix(f"line-{line}")))

    def _written(self, line: int) -> str:
        return str(self.data.get(self.add_prefix(f"amount-{line}"), "")).strip()


def _fen(written: str) -> int | None:
    """An amount as it was written; None for one that is none, or beyond all disputes."""
    if len(written) > _LONGEST_AMOUNT:
        return None
    try:
        fen = Money.of(written.replace(",", "")).fen
    except PactError:
        return None
    return fen if abs(fen) <= MOST_FEN else None
