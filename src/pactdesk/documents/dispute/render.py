"""What was said in a dispute as PDF/A-3: the same input, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pactdesk.documents.typeset import typeset


def render_dispute(view: Mapping[str, Any], *, at: datetime) -> bytes:
    """`view` holds every word that `template.typ` places.

    at      when the last of it was said
    raises  FontsMissing
    """
    return typeset(__package__, at=at, view=json.dumps(view, ensure_ascii=False))
