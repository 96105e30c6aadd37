"""The pay slip as PDF/A-3, with its JSON inside: the same input, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.measure.legal_hours import PartTimeLimits
from pactdesk.core.settle.pay_warnings import Warned
from pactdesk.core.settle.payslip import PaySlip
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.fonts import font_paths
from pactdesk.documents.payslip.view import pay_slip_view
from pactdesk.messages.catalogue import Language


def render_pay_slip(
    slip: PaySlip,
    contract: Contract,
    warnings: Sequence[Warned],
    limits: PartTimeLimits,
    *,
    language: Language = "zh",
    sealed: str | None = None,
) -> bytes:
    """One page.

    sealed  the last sealed day of the facts, or None when none is
    raises  FontsMissing
    """
    fonts = font_paths()
    import typst  # slow to load, and only needed here

    view = pay_slip_view(slip, contract, warnings, limits, language=language, sealed=sealed)
    template = files("pactdesk.documents.payslip").joinpath("template.typ").read_bytes()
    compiler = typst.Compiler(
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[fonts.folder],
        ),
        # Texts travel as data, so that nothing in a contract is ever read as markup.
        sys_inputs={
            "view": json.dumps(view, ensure_ascii=False),
            "payslip": canonical_json(slip.to_plain()).decode(),
        },
    )
    day = slip.run.last_day
    pdf = compiler.compile(
        template,
        format="pdf",
        pdf_standards=["a-3b"],
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - a PDF is one file, unlike PNG pages
    return pdf
