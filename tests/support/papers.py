"""A paper's text in the other forms in which offices send it: Word, HTML, PDF."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from typing import Any

import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PDF_HEAD = """#set page(width: 210mm, height: 297mm, margin: 20mm,
  header: [内部资料], footer: context [第 #counter(page).display() 页])
#set text(font: "Noto Sans SC", lang: "zh", size: 10pt)
#set par(justify: false)
"""
_SIGNS = re.compile(r"([\\#*_`$<>@\[\]~=+\-/'\"])")


def docx_of(text: str, **parts: str) -> bytes:
    """A .docx with a paragraph for each line; `parts` are other parts' XML by path."""
    return docx_with("".join(paragraph(line) for line in text.split("\n")), **parts)


def paragraph(line: str) -> str:
    """One w:p; tabs are elements of their own in Word."""
    words = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(_clean(part))}</w:t>' for part in line.split("\t")
    )
    return f"<w:p><w:r>{words}</w:r></w:p>"


def docx_with(body: str, **parts: str) -> bytes:
    """A .docx with `body` inside w:body; `parts` by name: numbering="<w:numbering …>"."""
    out = io.BytesIO()
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {"document": document, **parts}.items():
            # A date of its own, for the same text makes the same bytes.
            file.writestr(zipfile.ZipInfo(f"word/{name}.xml", (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def html_of(text: str) -> str:
    """A page with a paragraph for each line, as a word processor writes it."""
    kept = escape(text).replace("  ", "&nbsp; ")
    lines = "".join(f"<p>{line}</p>\n" for line in kept.split("\n"))
    return (
        "<!doctype html><html><head><title>下载</title><style>p{}</style></head>"
        f"<body><script>var 甲方 = 1</script>{lines}</body></html>"
    )


def pdf_of(text: str, fonts: list[str], columns: int = 1) -> bytes:
    """Pages with running head and foot, lines broken where the page is full."""
    # Runs of spaces are places to fill in, which typst would draw as one.
    lines = (_SIGNS.sub(r"\\\1", line.strip()).replace("  ", "~~") for line in text.split("\n"))
    # A line that would begin a list or a heading begins with an empty word instead.
    body = "\n\n".join(f"#[];{line}" if line else "" for line in lines)
    # Its stubs want text and font folders to be of one type, which bytes and paths are not.
    compile_markup: Any = typst.compile
    head = f"{_PDF_HEAD}#set page(columns: {columns})\n"
    made = compile_markup((head + body).encode(), font_paths=fonts)
    assert isinstance(made, bytes)
    return made


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
