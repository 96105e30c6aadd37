"""A reviewer's record: corrections overwrite a reading, absences empty it, confirmations tell."""

from __future__ import annotations

import pytest

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.contract import PathUnknown
from pactdesk.core.terms.filling import OtherDocument, filled
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from tests.support.contracts import agreement

READ = agreement(
    {"id": "fee-1", "kind": "fee_fixed", "amount": "2000.00", "per": "month", "tax_rate": "0.06"},
)
SHA = "a" * 64


def fee(record: dict[str, object]) -> FixedFee:
    return filled(READ, record).one(FixedFee)


def test_a_correction_overwrites_what_was_read() -> None:
    assert str(fee({"corrections": {"fee-1.amount": "20000.00"}}).amount) == "20000.00"


def test_what_the_paper_may_leave_out_is_gone_and_what_it_may_not_is_open() -> None:
    found = fee({"absent": ["fee-1.tax_rate", "fee-1.per"]})
    assert found.tax_rate is None
    assert isinstance(found.per, Blank)


def test_a_confirmation_changes_nothing() -> None:
    assert filled(READ, {"confirmed": ["fee-1.amount"]}) == READ


def test_a_correction_of_nothing_is_refused() -> None:
    with pytest.raises(PathUnknown):
        filled(READ, {"corrections": {"fee-1.colour": "red"}})


def test_the_record_of_another_paper_is_refused() -> None:
    plain = contract_to_plain(READ) | {"documents": [{"name": "a.docx", "sha256": SHA}]}
    draft = contract_from_plain(plain)
    assert filled(draft, {"document": SHA, "confirmed": []}) == draft
    with pytest.raises(OtherDocument):
        filled(draft, {"document": "b" * 64})
