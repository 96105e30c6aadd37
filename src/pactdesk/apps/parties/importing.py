"""Many people at once, from a table: name, e-mail, role, contract; one line for each role.

A trial does everything and takes it back, so that what it says is what the actions say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pactdesk.apps.parties.actions import invite_person, set_role
from pactdesk.apps.parties.errors import (
    ContractCodeNotFound,
    PeopleTableUnreadable,
    PersonNameMissing,
    RoleNameNotFound,
)
from pactdesk.apps.parties.kinds import Role
from pactdesk.core.units.errors import PactError

COLUMNS = 4
MOST_ROWS = 500
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; without a role somebody is only invited."""

    line: int
    name: str
    email: str
    role: str
    contract: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a row; no problem: it was written, or in a trial could be."""

    row: Row
    problem: PactError | None = None


class _TakenBack(Exception):
    """Ends a transaction that is not to stay."""


def decoded(content: bytes) -> str:
    """The table as text: UTF-8, or GB18030 as Excel in China writes it.

    raises  PeopleTableUnreadable
    """
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PeopleTableUnreadable(most=MOST_ROWS)


def read_rows(text: str) -> list[Row]:
    """The lines under the heading; empty ones are left out.

    raises  PeopleTableUnreadable: no lines, too many, or a heading of fewer columns
    """
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error:
        raise PeopleTableUnreadable(most=MOST_ROWS) from None
    rows = [
        Row(number, *(cell.strip() for cell in [*line, "", "", ""][:COLUMNS]))
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]
    if not rows or len(rows) > MOST_ROWS or len(lines[0]) < COLUMNS:
        raise PeopleTableUnreadable(most=MOST_ROWS)
    return rows


def try_people(
    by: UUID,
    rows: Sequence[Row],
    *,
    org: UUID,
    roles: Mapping[str, Role],
    contracts: Mapping[str, UUID],
    at: datetime,
) -> list[Tried]:
    """What an import would do; nothing stays."""
    tried: list[Tried] = []
    try:
        with transaction.atomic():
            tried = _each(by, rows, org, roles, contracts, at)
            raise _TakenBack
    except _TakenBack:
        return tried


def import_people(
    by: UUID,
    rows: Sequence[Row],
    *,
    org: UUID,
    roles: Mapping[str, Role],
    contracts: Mapping[str, UUID],
    at: datetime,
    only_good: bool,
) -> list[Tried]:
    """Invite them and give them their roles; nothing stays if a row is wrong, unless `only_good`.

    Inside a scope of `by`.
    """
    tried: list[Tried] = []
    try:
        with transaction.atomic():
            tried = _each(by, rows, org, roles, contracts, at)
            if not only_good and any(one.problem for one in tried):
                raise _TakenBack
    except _TakenBack:
        pass
    return tried


def _each(
    by: UUID,
    rows: Sequence[Row],
    org: UUID,
    roles: Mapping[str, Role],
    contracts: Mapping[str, UUID],
    at: datetime,
) -> list[Tried]:
    made: dict[str, UUID] = {}
    tried = []
    for row in rows:
        try:
            with transaction.atomic():
                person = _person(by, row, org, made, at)
                _role(by, row, person, roles, contracts, at)
        except PactError as problem:
            tried.append(Tried(row, problem))
        else:
            made[row.email.lower()] = person
            tried.append(Tried(row))
    return tried


def _person(by: UUID, row: Row, org: UUID, made: Mapping[str, UUID], at: datetime) -> UUID:
    if not row.name:
        raise PersonNameMissing()
    known = made.get(row.email.lower())
    return known or invite_person(by, org=org, email=row.email, name=row.name[:100], at=at)


def _role(
    by: UUID,
    row: Row,
    person: UUID,
    roles: Mapping[str, Role],
    contracts: Mapping[str, UUID],
    at: datetime,
) -> None:
    if not row.role and not row.contract:
        return
    role, contract = roles.get(row.role.lower()), contracts.get(row.contract)
    if role is None:
        raise RoleNameNotFound(role=row.role)
    if contract is None:
        raise ContractCodeNotFound(code=row.contract)
    set_role(by, person=person, contract=contract, role=role, at=at)
