"""The published schema of the terms file is the one that the code holds."""

from __future__ import annotations

import json
from pathlib import Path

from pactdesk.core.terms.text import json_schema

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/terms.schema.json"


def test_the_published_schema_is_current() -> None:
    """If this fails, write it again: see the module docstring of `scripts/write_schema.py`."""
    assert json.loads(PAGE.read_text("utf-8")) == json_schema()
