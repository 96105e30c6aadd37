"""Writes the published JSON Schema of the terms file, `docs/reference/terms.schema.json`.

.venv/bin/python scripts/write_schema.py
"""

from __future__ import annotations

import json
from pathlib import Path

from pactdesk.core.terms.text import json_schema

TARGET = Path(__file__).resolve().parents[1] / "docs/reference/terms.schema.json"


def main() -> None:
    """Overwrites the page with what the code says now."""
    page = json.dumps(json_schema(), ensure_ascii=False, indent=1, sort_keys=True)
    TARGET.write_text(page + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
