"""The document as a Word file: a few parts, written by hand, without a library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MOMENT = (2000, 1, 1, 0, 0, 0)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WIDTHS = (800, 3900, 2900, 1500)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="B9C1C9"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def word(view: dict[str, Any]) -> bytes:
    """The same input gives the same bytes."""
    body = "".join(_body(view))
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1200" w:right="1300" '
        'w:bottom="1200" w:left="1300" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )
    document = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in (
            ("[Content_Types].xml", _HEAD + _TYPES),
            ("_rels/.rels", _HEAD + _RELATIONS),
            ("word/document.xml", document),
        ):
            parts.writestr(zipfile.ZipInfo(name, _MOMENT), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _body(view: dict[str, Any]) -> Iterator[str]:
    yield _paragraph(view["title"], size=36, bold=True)
    yield _paragraph(view["contract"], size=24)
    for label, value in view["meta"]:
        yield _paragraph(f"{label}  {value}", size=18, colour="66727F")
    yield _paragraph(view["note"], size=20)
    for section in view["sections"]:
        yield _paragraph(section["title"], size=24, bold=True, before=240)
        if section["points"]:
            yield _table(section["points"], view)
        else:
            yield _paragraph(view["none"], size=20)
    yield _paragraph(view["effect"], size=20, before=240)
    for side in view["sides"]:
        yield _paragraph(f"{side['role']}  {side['name']}", size=21, bold=True, before=240)
        yield _paragraph(
            f"{view['signature']}  ____________________    {view['date']}  ______________", size=20
        )


def _table(points: list[dict[str, Any]], view: dict[str, Any]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    head = _cells([[name] for name in view["columns"]], head=True)
    rows = "".join(f"<w:tr>{_cells(_told(point, view))}</w:tr>" for point in points)
    return (
        f"<w:tbl><w:tblPr><w:tblW w:w='{sum(_WIDTHS)}' w:type='dxa'/><w:tblBorders>{_BORDERS}"
        f"</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _told(point: dict[str, Any], view: dict[str, Any]) -> list[list[str]]:
    asked = " ".join(part for part in (point["place"], point["question"]) if part)
    others = [f"{view['or']} {' / '.join(point['choices'])}"] if point["choices"] else []
    printed = point["printed"].split("\n") if point["printed"] else []
    return [[point["number"]], [asked, *printed], [point["proposal"], *others], [""]]


def _cells(columns: list[list[str]], *, head: bool = False) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + "".join(
            _paragraph(line, size=18, bold=head or (not index and width == _WIDTHS[1]), after=20)
            for index, line in enumerate(lines)
        )
        + "</w:tc>"
        for width, lines in zip(_WIDTHS, columns, strict=True)
    )


def _paragraph(
    words: str,
    *,
    size: int,
    bold: bool = False,
    colour: str = "1B2733",
    before: int = 0,
    after: int = 80,
) -> str:
    weight = "<w:b/>" if bold else ""
    # A control character would make the whole file unreadable.
    safe = escape("".join(c for c in words if c >= " " or c == "\t"))
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="{after}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:eastAsia="SimSun"/>{weight}<w:color w:val="{colour}"/><w:sz w:val="{size}"/>'
        f'</w:rPr><w:t xml:space="preserve">{safe}</w:t></w:r></w:p>'
    )
