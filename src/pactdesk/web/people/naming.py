"""Names of roles and contracts, as these pages write and read them."""

from __future__ import annotations

from uuid import UUID

from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.parties.kinds import ROLES_OF, OrganisationKind, Role
from pactdesk.apps.walls.scope import Scope
from pactdesk.messages.catalogue import LANGUAGES, text
from pactdesk.web.ui.words import page_language


def role_text(role: str) -> str:
    """A role in the page's language."""
    return text("people", f"role.{role}", page_language())


def kind_text(kind: str) -> str:
    """What an organisation is, in the page's language."""
    return text("people", f"kind.{kind}", page_language())


def roles_by_name() -> dict[str, Role]:
    """Each role under its name in every language, and under its own."""
    named = {
        text("people", f"role.{role}", language).lower(): role
        for role in Role
        for language in LANGUAGES
    }
    return named | {role.value: role for role in Role}


def role_choices(kind: str) -> list[tuple[str, str]]:
    """The roles that people of such an organisation can have."""
    fitting = ROLES_OF[OrganisationKind(kind)]
    return [(role.value, role_text(role.value)) for role in Role if role in fitting]


def contract_names(scope: Scope) -> dict[UUID, str]:
    """Contract → code and title, of those that can be seen."""
    return {one.pk: f"{one.code} {one.title}".strip() for one in contracts_visible_to(scope)}


def contract_codes(scope: Scope) -> dict[str, UUID]:
    """Code → contract."""
    return {one.code: one.pk for one in contracts_visible_to(scope)}
