"""When the client pays, what first, what last."""

from __future__ import annotations

from pactdesk.documents.provisions.advances import Advance
from pactdesk.documents.provisions.due_dates import Due
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """`payment`: payer, cycle, due, advances, deposit."""
    provisions = read.provisions
    payer = provisions.passage.sides.client_party
    sheet.put("payment.payer", payer)
    if payer:
        sheet.confidence["payment.payer"] = LIKELY
        if "client_party" in sheet.spans:
            sheet.spans["payment.payer"] = sheet.spans["client_party"]
    sheet.note("payment.cycle", provisions.payment.cycle)
    _due(sheet, "payment.due", provisions.payment.due)
    for name, advance in (
        ("down_payment", provisions.down_payment),
        ("final_payment", provisions.final_payment),
    ):
        _advance(sheet, f"payment.{name}", advance)
    sheet.put("payment.deposit", None)
    # A worker's deposit is void; it is a finding, never a term.
    if provisions.deposit is not None and not read.part_time:
        value = provisions.deposit.value
        sheet.note(
            "payment.deposit.amount", provisions.deposit, value.amount, under="payment.deposit"
        )
        sheet.put("payment.deposit.refundable", value.refundable)


def _due(sheet: Sheet, path: str, due: Noted[Due] | None) -> None:
    sheet.put(path, None)
    if due is None:
        return
    sheet.put(path, {"kind": due.value.kind, "n": due.value.n, "event": due.value.event})
    for part in ("kind", "n", "event"):
        sheet.mark(f"{path}.{part}", due, under=path)


def _advance(sheet: Sheet, path: str, advance: Noted[Advance] | None) -> None:
    sheet.put(path, None)
    if advance is None:
        return
    sheet.note(f"{path}.pct", advance.value.pct)
    sheet.note(f"{path}.amount", advance.value.amount)
    _due(sheet, f"{path}.due", advance.value.due)
