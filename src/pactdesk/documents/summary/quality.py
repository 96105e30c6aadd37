"""Which of the six qualities a text has."""

from __future__ import annotations

from pactdesk.core.terms.findings import Severity
from pactdesk.documents.normalise.gloss import readings_in
from pactdesk.documents.normalise.page_layout import FURNITURE
from pactdesk.documents.summary.sheet import Read

_OPEN_FROM = 3


def text_quality(read: Read) -> str:
    """The damage that weighs most: of characters, of the page, of the template, of the sense."""
    rules = [repair.rule for repair in read.source.repairs]
    if any("gloss" in rule or "phase" in rule for rule in rules) or _glossed(read):
        return "mojibake_pinyin_gloss"
    if sum(rule == "recognition" for rule in rules) >= 3:
        return "ocr_noise"
    # Running heads and page numbers are of any printed paper, and no damage.
    if any(cut.rule != FURNITURE for cut in read.source.removed):
        return "portal_noise"
    if len(read.provisions.open_places) >= _OPEN_FROM:
        return "blanks"
    if any(f.severity is Severity.ERROR for f in read.reading.findings):
        return "contradictory"
    return "blanks" if read.provisions.open_places else "clean"


def _glossed(read: Read) -> bool:
    return bool(readings_in(read.source.original))
