"""Penalties far above the loss that was shown, said as a warning with the law: nothing changes."""

from __future__ import annotations

from collections.abc import Sequence

from pactdesk.core.settle.excess import EXCESSIVE, Excess
from pactdesk.documents.explain.values import money_text, percent_text
from pactdesk.messages.catalogue import Language, text


def excess_sentences(found: Sequence[Excess], language: Language) -> list[str]:
    """One sentence for each party that owes such penalties."""
    return [
        text(
            "statement",
            "excess.warning",
            language,
            party=text("statement", f"excess.{each.party}", language),
            penalties=money_text(each.penalties_fen, language),
            loss=money_text(each.loss_fen, language),
            limit=percent_text(EXCESSIVE),
        )
        for each in found
    ]
