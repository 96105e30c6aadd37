"""What the contract is, and who stands on which side."""

from __future__ import annotations

from pathlib import Path

from pactdesk.documents.provisions.noted import GUESS, LIKELY, Noted
from pactdesk.documents.provisions.parties import Named
from pactdesk.documents.summary.quality import text_quality
from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """Type, language, quality, sides and names."""
    sides = read.provisions.passage.sides
    sheet.put("id", Path(read.source.name).stem)
    sheet.put("contract_type", read.reading.contract.contract_type)
    sheet.confidence["contract_type"] = LIKELY
    sheet.put("language", read.source.language)
    sheet.put("text_quality", text_quality(read))
    _party(sheet, "provider", sides.provider_party, read.provisions.provider)
    _party(sheet, "client", sides.client_party, read.provisions.client)


def _party(sheet: Sheet, side: str, party: str | None, line: Noted[Named] | None) -> None:
    sheet.put(f"{side}_party", party)
    if party is not None:
        sheet.confidence[f"{side}_party"] = LIKELY if line else GUESS
        at = sheet.passage.text.find(party)
        if at >= 0:
            sheet.spans[f"{side}_party"] = sheet.passage.original(at, at + len(party))
    sheet.put(f"{side}_name", None)
    if line is not None and line.value.name is not None:
        sheet.note(f"{side}_name", line, line.value.name)
