"""The data ledger as PDF/A-3: the same input, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from pactdesk.documents.typeset import typeset
from pactdesk.messages.catalogue import Language


@dataclass(frozen=True, slots=True)
class Handed:
    """One delivery: who, when, in words; its files as (name, size, SHA-256)."""

    title: str
    lines: tuple[str, ...]
    files: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One request for data, with what was delivered for it; all in words."""

    heading: str
    stands: str
    facts: tuple[tuple[str, str], ...]
    deliveries: tuple[Handed, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What stands on the paper."""

    title: str
    subtitle: str
    meta: tuple[tuple[str, str], ...]
    transfers: tuple[Transfer, ...]
    none: str


def render_ledger(ledger: Ledger, on: date, language: Language = "zh") -> bytes:
    """One block for each request, in the order given.

    raises  FontsMissing
    """
    return typeset(
        __package__,
        at=datetime(on.year, on.month, on.day, tzinfo=UTC),
        view=json.dumps(_view(ledger, language), ensure_ascii=False),
    )


def _view(ledger: Ledger, language: Language) -> dict[str, object]:
    plain: Sequence[tuple[str, object]] = list(asdict(ledger).items())
    return {**dict(plain), "lang": language}
