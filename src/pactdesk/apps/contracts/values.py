"""Rows to core values: the terms, read once for each text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from pactdesk.apps.contracts.models import TermsVersion
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain

READ_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is handed in with terms; `view` as `SourceDocument` has it."""

    name: str
    media_type: str
    content: bytes
    view: str = ""

    @property
    def sha256(self) -> str:
        """As the terms' sources name it."""
        return sha256(self.content).hexdigest()


def terms_text(contract: CoreContract) -> str:
    """Canonical JSON: what is stored, and what the hash is of."""
    return canonical_json(contract_to_plain(contract)).decode()


def to_terms(version: TermsVersion) -> CoreContract:
    """The terms of a version; raises TermsInvalid."""
    return _read(version.terms_hash, version.terms)


# Frozen, and the same for everybody who may see them: kept by hash in this process.
@lru_cache(maxsize=READ_AT_ONCE)
def _read(terms_hash: str, text: str) -> CoreContract:
    return contract_from_plain(json.loads(text), file=terms_hash[:12])
