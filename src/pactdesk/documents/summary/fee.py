"""What is paid."""

from __future__ import annotations

from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """`fee`: basis, amounts, formula, total, tax."""
    fee = read.provisions.fee
    sheet.note("fee.basis", fee.basis)
    sheet.put(
        "fee.amounts",
        [{"item": n.value.item, "value": n.value.value, "unit": n.value.unit} for n in fee.amounts],
    )
    for number, noted in enumerate(fee.amounts):
        sheet.mark(f"fee.amounts[{number}]", noted)
    sheet.note("fee.formula", fee.formula)
    sheet.note("fee.total", fee.total)
    sheet.note("fee.tax_rate", fee.tax_rate)
    sheet.note("fee.tax_included", fee.tax_included)
