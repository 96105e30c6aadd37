"""How long the contract runs, and what follows."""

from __future__ import annotations

from pactdesk.documents.summary.notices import length
from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """`term` and `renewal`."""
    term = read.provisions.term
    sheet.note("term.start", term.start)
    sheet.note("term.end", term.end)
    sheet.note("term.months", term.months)
    renewal = read.provisions.renewal
    sheet.put("renewal", None)
    if renewal is None:
        return
    sheet.note("renewal.kind", renewal, renewal.value.kind, under="renewal")
    sheet.put("renewal.months", renewal.value.months)
    sheet.put("renewal.objection_notice", length(renewal.value.notice))
    if renewal.value.months is not None:
        sheet.confidence["renewal.months"] = renewal.sure
    if renewal.value.most is not None:
        sheet.put("renewal.max_renewals", renewal.value.most)
