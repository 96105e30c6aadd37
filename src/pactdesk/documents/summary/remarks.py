"""What the template leaves open, and where the text disagrees with itself or with the law."""

from __future__ import annotations

from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """`blanks` and `contradictions`: findings of severity error, each code once."""
    sheet.put("blanks", [noted.value for noted in read.provisions.open_places])
    errors: dict[str, Finding] = {}
    for finding in read.reading.findings:
        if finding.severity is Severity.ERROR:
            errors.setdefault(finding.code, finding)
    sheet.put("contradictions", list(errors))
    for code, finding in errors.items():
        for number, quote in enumerate(finding.quotes, start=1):
            path = f"contradictions.{code}" + (f"#{number}" if number > 1 else "")
            sheet.spans[path] = quote.original or quote.quote
