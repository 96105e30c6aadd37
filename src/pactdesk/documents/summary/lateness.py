"""What lateness costs either side, and when the provider may stop."""

from __future__ import annotations

from pactdesk.documents.provisions.lateness import Penalty
from pactdesk.documents.provisions.noted import Noted
from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """`late_fee`, `provider_delay_penalty`, `suspension_after_days`."""
    _penalty(sheet, "late_fee", "client", read.provisions.late_fee)
    _penalty(sheet, "provider_delay_penalty", "provider", read.provisions.provider_penalty)
    sheet.note("suspension_after_days", read.provisions.suspension)


def _penalty(sheet: Sheet, path: str, debtor: str, penalty: Noted[Penalty] | None) -> None:
    sheet.put(path, None)
    if penalty is None:
        return
    value = penalty.value
    told = "rate_per_day" if value.per_day is not None else "pct"
    sheet.put(
        path,
        {"debtor": debtor, "rate_per_day": value.per_day, "pct": value.pct, "base": value.base},
    )
    # Whose delay a sentence means is told less plainly where it is the provider's.
    sheet.mark(f"{path}.{told}", penalty.less_sure() if debtor == "provider" else penalty)
    sheet.put(f"{path}.cap", None)
    if value.cap is not None:
        sheet.note(f"{path}.cap.value", value.cap, value.cap.value.value, under=f"{path}.cap")
        sheet.put(f"{path}.cap.unit", value.cap.value.unit)
