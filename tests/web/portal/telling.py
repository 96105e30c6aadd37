"""Telling events of 白塔's contract through its pages, for tests of what they come to."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from django.test import Client

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from tests.support.cast import Cast
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase
from tests.support.logs import worker_process
from tests.support.running_desk import aside
from tests.support.visitors import logged_in
from tests.web.portal.reading import Reading, read

OCTOBER = date(2026, 10, 1)
AT = "2026-10-15T10:00"
PROVIDER, CLIENT = "finance", "manager_of_baita"


@cache
def eventful() -> Contract:
    """白塔's terms, with clauses that only people's words can move."""
    plain = contract_to_plain(service_terms())
    [assessed] = [each for each in plain["clauses"] if each["kind"] == "assessment"]
    assessed["remediation"] = {"n": 10, "unit": "day"}
    plain["clauses"] += [
        {
            "id": "event-1",
            "kind": "deduction_event",
            "what": "data_leak",
            "price": {"kind": "amount", "amount": "500.00"},
        },
        {"id": "unserved-1", "kind": "deduction_unserved", "item": "month"},
        {
            "id": "penalty-1",
            "kind": "breach_penalty",
            "party": "client",
            "what": "no_data",
            "price": {"kind": "amount", "amount": "300.00"},
        },
        {"id": "loss-1", "kind": "compensation", "claimant": "client"},
        {
            "id": "score-1",
            "kind": "score_sheet",
            "items": [{"kind": "given", "item": "service", "weight": "100"}],
            "bands": [{"score": "0", "payable": "0.90"}, {"score": "90", "payable": "1"}],
        },
        {
            "id": "expenses-1",
            "kind": "expenses",
            "needs_receipt": True,
            "reimbursed": [{"category": "travel", "cap_per_month": "1000.00"}],
        },
        {
            "id": "deposit-1",
            "kind": "deposit",
            "amount": "5000.00",
            "paid_by": "client",
            "returned_after": {"n": 7, "unit": "day"},
        },
    ]
    return contract_from_plain(plain)


class Page:
    """The events of 白塔's contract, as one person sees them."""

    def __init__(self, cast: Cast, person: str) -> None:
        self.client: Client = logged_in(person)
        self.at = f"/contracts/{cast.contract_baita}/events/"

    def read(self, query: str = "") -> Reading:
        answer = self.client.get(f"{self.at}{query}")
        assert answer.status_code == 200
        return read(answer)

    def tell(self, kind: str, **fields: Any) -> Any:
        told = {"id": str(uuid4()), "at": AT, **fields}
        return self.client.post(f"{self.at}tell/{kind}/", told)

    def told(self, kind: str, **fields: Any) -> str:
        """The key of what was told just now."""
        answer = self.tell(kind, **fields)
        assert answer.status_code == 302, answer.content.decode()
        return self.read().values("data-event")[0]

    def answer(self, event: str, said: str, reason: str = "", **more: str) -> int:
        told = {"event": event, "answer": said, "reason": reason, **more}
        return int(self.client.post(f"{self.at}answer/", told).status_code)

    def states(self) -> list[str]:
        return self.read().values("data-state")


def amounts(cast: Cast, month: date = OCTOBER) -> dict[str, int]:
    """Clause → fen of the month so far; days after the term have lines of their own."""
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.standing import refresh_standing

    def measured() -> dict[str, int]:
        with scoped(cast["lead"]) as scope:
            standing = refresh_standing(scope, cast.contract_baita, month)
        assert standing.withheld("zh") == ""
        found: Counter[str] = Counter()
        for each in standing.plain["lines"]:
            found[each["clause"]] += each["amount_fen"]
        return found

    found: dict[str, int] = aside(measured)
    return found


def do_errands(desk: TestDatabase) -> None:
    """What waits in the outbox and is no letter."""
    from pactdesk.jobs import errands, letters

    letters.load()

    def work() -> None:
        with worker_process(desk):
            errands.do_errands()

    aside(work)
