"""The document as Markdown, for a mail or a repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any


def markdown(view: dict[str, Any]) -> str:
    """Headings, one table a section, and the lines to sign on."""
    return "\n".join(_lines(view)) + "\n"


def _lines(view: dict[str, Any]) -> Iterator[str]:
    yield from (f"# {view['title']}", "", f"**{_cell(view['contract'])}**", "")
    yield from (f"- {label}: {_cell(value)}" for label, value in view["meta"])
    yield from ("", view["note"], "")
    for section in view["sections"]:
        yield from (f"## {section['title']}", "")
        if not section["points"]:
            yield from (view["none"], "")
            continue
        yield "| " + " | ".join(view["columns"]) + " |"
        yield "|---" * len(view["columns"]) + "|"
        for point in section["points"]:
            yield "| " + " | ".join(_row(point, view)) + " |"
        yield ""
    yield from (view["effect"], "")
    for side in view["sides"]:
        yield f"{side['role']} {_cell(side['name'])}"
        yield from ("", f"{view['signature']}: ____________  {view['date']}: ____________", "")


def _row(point: dict[str, Any], view: dict[str, Any]) -> list[str]:
    asked = " ".join(part for part in (point["place"], point["question"]) if part)
    printed = f"<br>{_cell(point['printed'])}" if point["printed"] else ""
    others = f" {view['or']} " + " / ".join(point["choices"]) if point["choices"] else ""
    return [point["number"], _cell(asked) + printed, _cell(point["proposal"] + others), "____"]


def _cell(words: str) -> str:
    """What Markdown or HTML would read as markup is said as it stands."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_\[\]|#])", r"\\\1", plain).replace("\n", "<br>")
