"""Kinds of organisations, and the roles that people have in contracts."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is to this installation."""

    PROVIDER = "provider"
    CLIENT = "client"
    THIRD_PARTY = "third_party"


class TokenPurpose(StrEnum):
    """What a link in a mail is for."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105  a purpose, no password


class Role(StrEnum):
    """What somebody does in a contract."""

    AGENT = "agent"
    LEAD = "lead"
    QA = "qa"
    PLANNER = "planner"
    CLIENT_MANAGER = "client_manager"
    FINANCE = "finance"
    CONTRACT_OFFICER = "contract_officer"
    THIRD_PARTY = "third_party"
    ADMIN = "admin"


_OF_EITHER_PARTY = frozenset({Role.FINANCE, Role.CONTRACT_OFFICER, Role.ADMIN})

ROLES_OF: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.PROVIDER: _OF_EITHER_PARTY | {Role.AGENT, Role.LEAD, Role.QA, Role.PLANNER},
    OrganisationKind.CLIENT: _OF_EITHER_PARTY | {Role.CLIENT_MANAGER},
    OrganisationKind.THIRD_PARTY: frozenset({Role.THIRD_PARTY}),
}
"""Which roles the people of an organisation can have."""
