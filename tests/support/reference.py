"""What stands on a page of the reference: its YAML blocks and its tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pactdesk.core.terms.text import plain_yaml

_LINES = Path(__file__).resolve().parents[2] / "docs/reference/lines"


def page_of(kind: str) -> str:
    """The page of a kind of line."""
    return (_LINES / f"{kind}.md").read_text("utf-8")


def terms_on(page: str, block: int = 0) -> list[dict[str, Any]]:
    """The clauses of a page's YAML block."""
    found: Any = plain_yaml(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[block], "page")
    return list(found)


def rows_under(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    below = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in below.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
