"""The data ledger as PDF/A-3: the same input, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import files

from pactdesk.documents.fonts import font_paths
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
    fonts = font_paths()
    import typst  # slow to load, and only needed here

    template = files("pactdesk.documents.ledger").joinpath("template.typ").read_bytes()
    compiler = typst.Compiler(
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[fonts.folder],
        ),
        # Texts travel as data, so that nothing that people wrote is ever read as markup.
        sys_inputs={"view": json.dumps(_view(ledger, language), ensure_ascii=False)},
    )
    pdf = compiler.compile(
        template,
        format="pdf",
        pdf_standards=["a-3b"],
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - a PDF is one file, unlike PNG pages
    return pdf


def _view(ledger: Ledger, language: Language) -> dict[str, object]:
    plain: Sequence[tuple[str, object]] = list(asdict(ledger).items())
    return {**dict(plain), "lang": language}
