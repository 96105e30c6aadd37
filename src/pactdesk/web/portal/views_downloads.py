"""What the parties take along: the PDF, the bundle, the public keys."""

from __future__ import annotations

import json
from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from pactdesk.apps.statements.papers import bundle_name, bundle_of, statement_pdf
from pactdesk.apps.statements.queries import statement_of, terms_behind
from pactdesk.apps.statements.values import to_plain
from pactdesk.documents.workbook.book import workbook
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.files import SPREADSHEET, attachment
from pactdesk.web.portal.rechecks import trusted_keys
from pactdesk.web.ui.words import page_language

KEYS_FILE = "keys.json"


@require_GET
@for_readers
def pdf(request: PersonRequest, statement: UUID) -> HttpResponse:
    """The statement on paper, in the page's language, with who confirmed it."""
    found = statement_of(request.scope, statement)
    content = statement_pdf(request.scope, found, page_language())
    return attachment(content, f"{found.number}.pdf", "application/pdf")


@require_GET
@for_readers
def xlsx(request: PersonRequest, statement: UUID) -> HttpResponse:
    """The statement as a spreadsheet of formulas."""
    found = statement_of(request.scope, statement)
    content = workbook(to_plain(found), terms_behind(request.scope, found), page_language())
    return attachment(content, f"{found.number}.xlsx", SPREADSHEET)


@require_GET
@for_readers
def bundle(request: PersonRequest, statement: UUID) -> HttpResponse:
    """The evidence behind the statement, for `pactverify`."""
    found = statement_of(request.scope, statement)
    content = bundle_of(request.scope, found.contract_id, found.period, trusted_keys())
    return attachment(content, bundle_name(found.period))


@require_GET
@for_readers
def keys(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The provider's public keys: kept at the first time, they tell a forged bundle."""
    contract_read_by(request.scope, contract)
    record = {"keys": [asdict(key) for key in trusted_keys().keys]}
    content = json.dumps(record, indent=2).encode() + b"\n"
    return attachment(content, KEYS_FILE, "application/json")
