"""Secrets, disputes, liability."""

from __future__ import annotations

from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """`confidentiality`, `dispute`, `liability_cap`."""
    _confidentiality(sheet, read)
    _dispute(sheet, read)
    _liability_cap(sheet, read)


def _confidentiality(sheet: Sheet, read: Read) -> None:
    noted = read.provisions.confidentiality
    sheet.put("confidentiality", None)
    if noted is None:
        return
    sheet.put("confidentiality.during_term", True)
    sheet.mark("confidentiality.during_term", noted)
    sheet.note(
        "confidentiality.after_years",
        noted if noted.value.after_years else None,
        noted.value.after_years,
    )
    sheet.put("confidentiality.indefinite", noted.value.indefinite)
    if noted.value.indefinite:
        sheet.mark("confidentiality.indefinite", noted)


def _dispute(sheet: Sheet, read: Read) -> None:
    noted = read.provisions.dispute
    sheet.put("dispute", None)
    if noted is None:
        return
    sheet.note("dispute.route", noted, noted.value.route)
    sheet.note("dispute.arbitration_body", noted.value.body)
    sheet.note("dispute.court", noted.value.court)
    sheet.note("dispute.venue", noted.value.venue)


def _liability_cap(sheet: Sheet, read: Read) -> None:
    noted = read.provisions.liability_cap
    sheet.put("liability_cap", None)
    if noted is None:
        return
    value = noted.value
    sheet.note("liability_cap.value", noted, value.value, under="liability_cap")
    sheet.put("liability_cap.unit", value.unit)
    sheet.put("liability_cap.carve_outs", list(value.carve_outs))
