"""What a statement pins: hashes of canonical JSON, the same that the verifier computes."""

from __future__ import annotations

from hashlib import sha256

from pactdesk.core.facts.canonical import Json, canonical_json
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_to_plain
from pactdesk.core.worktime.calendars import WorkCalendar


def terms_hash(contract: Contract) -> str:
    """SHA-256 (hex) of the terms.

    raises  NotNormalised for a text that is not NFC
    """
    return _hash(contract_to_plain(contract))


def calendar_hash(calendar: WorkCalendar) -> str:
    """SHA-256 (hex) of the working calendar."""
    return _hash(calendar.canonical())


def _hash(plain: Json) -> str:
    return sha256(canonical_json(plain)).hexdigest()
