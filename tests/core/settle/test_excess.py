"""A penalty above 130 % of the evidenced loss is said, and nothing is changed (PRACTICE L, 585)."""

from __future__ import annotations

import pytest

from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.families.works import IncidentHappened
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.excess import Excess, penalties_over_loss
from pactdesk.documents.statement.excess import excess_sentences
from pactdesk.messages.catalogue import LANGUAGES
from tests.support.contracts import agreement, fixed_fee, settled
from tests.support.facts import Book

BOTH = (Party.PROVIDER, Party.CLIENT)


@pytest.mark.requirement("E82", "A61")
@pytest.mark.parametrize(
    ("evidenced_fen", "said"),
    [
        (1_000_000, True),  # 13,000.01 against 10,000.00
        (1_000_001, False),  # 130 % of it is 13,000.013
        (None, False),  # nobody put a figure to the loss
        (0, False),
    ],
)
def test_a_penalty_far_above_the_loss_is_said(evidenced_fen: int | None, said: bool) -> None:
    price = {"kind": "amount", "amount": "13000.01"}
    clause = {"id": "penalty-1", "kind": "breach_penalty", "party": "provider", "what": "leak"}
    contract = agreement(fixed_fee("1.00"), clause | {"price": price})
    book = Book()
    book.told("2026-10-08 10:00", IncidentHappened("n-1", "leak", Party.PROVIDER, 1, BOTH))
    if evidenced_fen is not None:
        loss = LossShown("k-1", Party.CLIENT, evidenced_fen, "1", "1", "1", "票据", ())
        book.told("2026-10-09 10:00", loss).told("2026-10-10 10:00", loss)
    made = settled(contract, book.facts)
    found = penalties_over_loss(made, book.facts, contract.zone)
    assert [(each.party, each.penalties_fen) for each in found] == (
        [(Party.PROVIDER, 1_300_001)] if said else []
    )
    assert str(made.total) == "-12,999.01"


def test_the_paper_says_it_with_the_law_and_both_languages() -> None:
    found = (Excess(Party.PROVIDER, 1_300_001, 1_000_000),)
    (chinese,), (english,) = (excess_sentences(found, language) for language in LANGUAGES)
    assert chinese.startswith("服务方应付的违约金 13,000.01 元超过已举证损失 10,000.00 元的 130%")
    assert "民法典" in chinese
    assert "article 585(2)" in english
    assert excess_sentences((), "zh") == []
