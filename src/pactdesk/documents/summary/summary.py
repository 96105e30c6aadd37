"""From a reading to the summary's JSON."""

from __future__ import annotations

from typing import Any

from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.documents.paper import paper_of
from pactdesk.documents.provisions.reading import provisions_of
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import SourceText
from pactdesk.documents.summary import (
    fee,
    heading,
    lateness,
    law,
    notices,
    payment,
    remarks,
    service,
    term,
)
from pactdesk.documents.summary.sheet import Read, Sheet

SECTIONS = (heading, term, fee, payment, lateness, service, notices, law, remarks)


def summary_of(source: SourceText, wages: MinimumWages | None = None) -> dict[str, Any]:
    """The summary of a source text: values, words, certainty, what is open, what is wrong."""
    reading = read_contract(source, wages)
    read = Read(source, reading, provisions_of(paper_of(source)))
    sheet = Sheet(read.provisions.passage)
    for section in SECTIONS:
        section.write(sheet, read)
    return {
        **sheet.values,
        "confidence": sheet.confidence,
        "derived": sheet.derived,
        "spans": sheet.spans,
    }
