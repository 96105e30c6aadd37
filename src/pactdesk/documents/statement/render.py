"""The statement as PDF/A-3, with `statement.json` inside: the same input, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from pactdesk.core.settle.excess import Excess
from pactdesk.core.terms.contract import Contract
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.documents.explain.held import as_signed, held_in
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain
from pactdesk.documents.statement.confirmations import Confirmed
from pactdesk.documents.statement.pictures import pictures
from pactdesk.documents.statement.view import Recheck, statement_bytes, statement_view
from pactdesk.documents.typeset import typeset
from pactdesk.messages.catalogue import Language


def render_statement(
    statement: Plain,
    contract: Contract,
    *,
    language: Language = "zh",
    demo: bool,
    recheck: Recheck,
    calendar: WorkCalendar | None = None,
    confirmed: Sequence[Confirmed] = (),
    excess: Sequence[Excess] = (),
) -> bytes:
    """The PDF of a statement.

    statement  in the plain form that is stored, as from a bundle
    demo       whether it was sealed with demo keys; every page then says so
    recheck    key and file names for the other party
    calendar   names holidays and make-up days in the figure; tells a due day that needs it
    confirmed  who has confirmed it; a party that has not finds room to sign by hand
    excess     penalties far above the loss that was shown, to be warned of
    raises     FontsMissing
    """
    view = statement_view(
        statement,
        contract,
        language=language,
        demo=demo,
        recheck=recheck,
        calendar=calendar,
        confirmed=confirmed,
        excess=excess,
    )
    names = Names(held_in(as_signed(contract, statement), statement["period"]), language)
    view["figures"] = pictures(statement, names, calendar)
    return typeset(
        __package__,
        at=_moment(statement),
        view=json.dumps(view, ensure_ascii=False),
        statement=statement_bytes(statement).decode(),
    )


def _moment(statement: Plain) -> datetime:
    """The day of the evidence."""
    day = datetime.fromisoformat(statement["pins"]["evidence"]["day"])
    return day.replace(tzinfo=UTC)
