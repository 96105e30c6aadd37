"""The document as PDF, Word or Markdown; the same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.core.units.errors import PactError
from pactdesk.documents.points.markdown import markdown
from pactdesk.documents.points.view import points_view
from pactdesk.documents.points.word import word
from pactdesk.documents.typeset import typeset
from pactdesk.messages.catalogue import Language

_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


class PointsFormUnknown(PactError):
    """The document is written as .pdf, .docx or .md, not as `ending`."""


def points_file(
    contract: Contract, findings: Sequence[Finding], ending: str, language: Language
) -> bytes:
    """The document in the form that the file's ending names.

    findings  those that nobody accepted
    raises    PointsFormUnknown, FontsMissing
    """
    view = points_view(contract, findings, language)
    match ending.lower():
        case ".pdf":
            return _pdf(view)
        case ".docx":
            return word(view)
        case ".md":
            return markdown(view).encode()
    raise PointsFormUnknown(ending=ending or "—")


def _pdf(view: dict[str, Any]) -> bytes:
    return typeset(__package__, at=_MOMENT, view=json.dumps(view, ensure_ascii=False))
