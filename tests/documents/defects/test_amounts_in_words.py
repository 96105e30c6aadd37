"""大小写金额 (A41, C17): what a fee is in words must be what it is in digits."""

from __future__ import annotations

import pytest

from tests.documents.defects.test_codes import severities


@pytest.mark.requirement("A41", "C17")
@pytest.mark.parametrize(
    ("said", "differs"),
    [
        ("合同总金额为人民币壹拾贰万元整（¥120,000.00）。", False),
        ("合同总金额为人民币壹拾贰万元整（¥125,000.00）。", True),
        ("服务费用为 68000 元（大写：陆万捌仟元整）。", False),
        ("服务费用为 68000 元（大写：陆万元整）。", True),
        ("服务费用共计叁万壹仟肆佰壹拾陆元伍角（¥31,416.50）。", False),
        ("服务费用共计叁万壹仟肆佰壹拾陆元伍分（¥31,416.50）。", True),
    ],
)
def test_a_fee_in_digits_is_the_fee_in_words(said: str, differs: bool) -> None:
    text = f"第四条 费用\n4.1 {said}\n"
    assert bool(severities(text, "AMOUNT_WORDS_DIGITS_MISMATCH")) is differs
