"""The dispute file (卷宗): everything that a court or an arbitration body asks for, in one ZIP."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC
from io import BytesIO
from typing import Any

from pactdesk.apps.statements.disputes import Case
from pactdesk.apps.statements.papers import bundle_name, bundle_of, statement_pdf
from pactdesk.apps.statements.queries import terms_behind
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.documents.dispute.render import render_dispute
from pactdesk.documents.workbook.book import workbook
from pactdesk.gateways.keys import TrustedKeys
from pactdesk.messages.catalogue import Language, text

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The oldest day that a ZIP can tell: the same dispute always gives the same bytes."""


def dispute_file(
    scope: Scope, case: Case, told: Mapping[str, Any], keys: TrustedKeys, language: Language
) -> bytes:
    """Thread, statement, working as spreadsheet, evidence and the public keys that it was sealed
    with.

    told    the thread in words, as `documents.dispute` places them
    keys    the public keys that signed its seals
    raises  FontsMissing
    """
    statement = case.dispute.statement
    at = case.entries[-1].at.astimezone(UTC)
    thread = text("disputes", "file.thread", language)
    inside = {
        f"{statement.number}-{thread}-{case.dispute.number}.pdf": render_dispute(told, at=at),
        f"{statement.number}.pdf": statement_pdf(scope, statement, language),
        f"{statement.number}.xlsx": workbook(
            to_plain(statement), terms_behind(scope, statement), language
        ),
        bundle_name(statement.period): bundle_of(
            scope, statement.contract_id, statement.period, keys
        ),
        "keys.json": json.dumps({"keys": [asdict(key) for key in keys.keys]}, indent=2).encode(),
    }
    words = text("disputes", "file.contents", language, names=list(inside))
    inside[text("disputes", "file.read", language) + ".txt"] = words.encode()
    return _zipped(inside)


def _zipped(inside: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in inside.items():
            file.writestr(zipfile.ZipInfo(name, _FIRST), content)
    return made.getvalue()
