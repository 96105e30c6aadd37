"""Reading statements: each query limits itself to the scope, as the database does once more."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.statements.errors import ObjectionUnknown, StatementUnknown
from pactdesk.apps.statements.models import Confirmation, Objection, Statement
from pactdesk.apps.statements.values import period_of
from pactdesk.apps.statements.walls import READING
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.terms.contract import Contract as CoreContract


def readable(scope: Scope) -> list[UUID]:
    """A job's contracts all; a person's only where a role has to do with money."""
    return [
        contract
        for contract, roles in scope.contracts.items()
        if scope.person is None or roles & READING
    ]


def statements_visible_to(scope: Scope) -> QuerySet[Statement]:
    """The newest month first; their bytes only when they are asked for."""
    statements = Statement.objects.filter(contract_id__in=readable(scope))
    statements = statements.select_related("contract", "issued_by").defer("plain")
    return statements.order_by("-period", "contract__code")


def statement_of(scope: Scope, statement: UUID) -> Statement:
    """One of them; raises StatementUnknown."""
    found = statements_visible_to(scope).filter(id=statement).first()
    if found is None:
        raise StatementUnknown(statement=statement)
    return found


def statement_for(scope: Scope, contract: UUID, period: str) -> Statement | None:
    """The statement of a month, if it was issued."""
    return statements_visible_to(scope).filter(contract_id=contract, period=period).first()


def terms_behind(scope: Scope, statement: Statement) -> CoreContract:
    """The terms that it was made from."""
    return terms_of(scope, statement.contract_id, period_of(statement).last_day)


def confirmations_of(scope: Scope, statement: UUID) -> QuerySet[Confirmation]:
    """Who confirmed it, in order."""
    found = Confirmation.objects.filter(statement_id=statement, contract_id__in=readable(scope))
    return found.select_related("person").order_by("at", "id")


def objections_of(scope: Scope, statement: UUID) -> QuerySet[Objection]:
    """What was objected to, in order, with how it ended."""
    found = Objection.objects.filter(statement_id=statement, contract_id__in=readable(scope))
    return found.select_related("by", "answered_by").order_by("at", "id")


def objection_of(scope: Scope, objection: UUID) -> Objection:
    """One of them, with its statement; raises ObjectionUnknown."""
    visible = Objection.objects.filter(contract_id__in=readable(scope))
    found = visible.select_related("statement__contract").filter(id=objection).first()
    if found is None:
        raise ObjectionUnknown(objection=objection)
    return found
