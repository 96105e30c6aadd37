"""Documents as PDF/A-3 by typst: the same texts, the same bytes."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from pactdesk.documents.fonts import font_paths


def typeset(document: str, *, at: datetime, **texts: str) -> bytes:
    """The PDF that `template.typ` of the package `document` makes of `texts`.

    texts   name → JSON; the template finds them in `sys.inputs`
    at      the document's date; a document that says when it was printed is never the same twice
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
        sys_inputs=texts,
    )
    template = files(document).joinpath("template.typ").read_bytes()
    pdf = compiler.compile(
        template, format="pdf", pdf_standards=["a-3b"], timestamp=at.replace(microsecond=0)
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - a PDF is one file, unlike PNG pages
    return pdf
