"""What was said in a dispute as PDF/A-3: the same input, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from pactdesk.documents.fonts import font_paths


def render_dispute(view: Mapping[str, Any], *, at: datetime) -> bytes:
    """`view` holds every word that `template.typ` places.

    at      when the last of it was said
    raises  FontsMissing
    """
    fonts = font_paths()
    import typst  # slow to load, and only needed here

    compiler = typst.Compiler(
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[fonts.folder],
        ),
        # Texts travel as data, so that nothing that somebody wrote is ever read as markup.
        sys_inputs={"view": json.dumps(view, ensure_ascii=False)},
    )
    template = files("pactdesk.documents.dispute").joinpath("template.typ").read_bytes()
    pdf = compiler.compile(
        template, format="pdf", pdf_standards=["a-3b"], timestamp=at.replace(microsecond=0)
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - a PDF is one file, unlike PNG pages
    return pdf
