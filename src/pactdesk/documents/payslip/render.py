"""The pay slip as PDF/A-3, with its JSON inside: the same input, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.measure.legal_hours import PartTimeLimits
from pactdesk.core.settle.pay_warnings import Warned
from pactdesk.core.settle.payslip import PaySlip
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.payslip.view import pay_slip_view
from pactdesk.documents.typeset import typeset
from pactdesk.messages.catalogue import Language


def render_pay_slip(
    slip: PaySlip,
    contract: Contract,
    warnings: Sequence[Warned],
    limits: PartTimeLimits,
    *,
    language: Language = "zh",
    sealed: str | None = None,
) -> bytes:
    """One page.

    sealed  the last sealed day of the facts, or None when none is
    raises  FontsMissing
    """
    view = pay_slip_view(slip, contract, warnings, limits, language=language, sealed=sealed)
    day = slip.run.last_day
    return typeset(
        __package__,
        at=datetime(day.year, day.month, day.day, tzinfo=UTC),
        view=json.dumps(view, ensure_ascii=False),
        payslip=canonical_json(slip.to_plain()).decode(),
    )
