"""The account of an import: every row and every fact has its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pactdesk.core.facts.fact import FactKey
from pactdesk.core.facts.log import Refusal
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, iso_text, zone_named
from pactdesk.gateways.tabular.groups import GroupRefused
from pactdesk.gateways.tabular.results import RowRefused
from pactdesk.messages.catalogue import Language, say

RECONCILIATION_FORMAT = "pactdesk.reconciliation/1"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What became of a file.

    rows             in the file, header and empty lines not counted
    rows_with_facts  that made facts, or added to a group
    skipped          reason → rows that the mapping leaves out
    refused          rows that made none, each with its reason
    groups_refused   groups that made none
    made             kind → facts, those of groups included
    added            facts with a new id
    duplicates       facts that the log had already, with the same content
    conflicting      facts whose id had another content; `conflicts` are the ids
    refused_by_log   facts that the log did not take
    first, last      of all facts made; None when there are none

    rows = rows_with_facts + Σ skipped + refused, and
    Σ made = added + duplicates + conflicting + refused_by_log.
    """

    file: str
    sha256: str
    mapping: str
    source: str
    contract_id: str
    zone: str
    rows: int
    rows_with_facts: int
    skipped: Mapping[str, int]
    refused: tuple[RowRefused, ...]
    groups_refused: tuple[GroupRefused, ...]
    made: Mapping[str, int]
    added: int
    duplicates: int
    conflicting: int
    conflicts: tuple[FactKey, ...]
    refused_by_log: tuple[Refusal, ...]
    first: Instant | None
    last: Instant | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing was refused and nothing is contested."""
        return not (self.refused or self.groups_refused or self.conflicting or self.refused_by_log)

    @property
    def rows_refused(self) -> int:
        """How many rows made no facts although no skip rule names them."""
        return len(self.refused)

    @property
    def refused_by_reason(self) -> Mapping[tuple[str, str], int]:
        """(error class, column) → rows; the short form of `refused`."""
        return Counter((type(each.error).__name__, each.column or "") for each in self.refused)

    def to_plain(self, language: Language = "zh") -> dict[str, Any]:
        """Plain data for `--json`; the sentences of refusals in `language`."""
        zone = zone_named(self.zone)
        return {
            "format": RECONCILIATION_FORMAT,
            "file": self.file,
            "sha256": self.sha256,
            "mapping": self.mapping,
            "source": self.source,
            "contract_id": self.contract_id,
            "rows": {
                "in": self.rows,
                "with_facts": self.rows_with_facts,
                "skipped": dict(self.skipped),
                "refused": self.rows_refused,
            },
            "facts": {
                "made": dict(self.made),
                "added": self.added,
                "duplicates": self.duplicates,
                "conflicting": self.conflicting,
                "refused_by_log": len(self.refused_by_log),
                "first": iso_text(self.first, zone) if self.first is not None else None,
                "last": iso_text(self.last, zone) if self.last is not None else None,
            },
            "refused": [
                {"row": each.number, "column": each.column, **_why(each.error, language)}
                for each in self.refused
            ],
            "groups_refused": [
                {"group": each.name, **_why(each.error, language)} for each in self.groups_refused
            ],
            "conflicts": [{"source": source, "event_id": name} for source, name in self.conflicts],
            "refused_by_log": [
                {"source": each.source, "event_id": each.event_id, **_why(each.error, language)}
                for each in self.refused_by_log
            ],
        }


def _why(error: PactError, language: Language) -> dict[str, str]:
    return {"error": type(error).__name__, "why": say(error, language)}
