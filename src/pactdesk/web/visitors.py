"""What a view says of its visitors, apart from `access.py`, so that saying it needs no rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.scope import Scope

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Access:
    """What a view says about its visitors; the tests read it from `view.access`.

    is_public      nobody has to log in
    roles          one of them, in any contract; empty: whoever is logged in
    administrator  of their own organisation
    operator       an administrator of the provider, besides whoever has one of the roles
    """

    is_public: bool = False
    roles: frozenset[Role] = frozenset()
    administrator: bool = False
    operator: bool = False

    def admits(self, scope: Scope) -> bool:
        """Whether somebody with this scope may open the page at all; rows are walled besides."""
        if self.operator and (scope.operator or not self.roles):
            return scope.operator
        if self.administrator and not (scope.administrator or scope.operator):
            return False
        held = frozenset[str]().union(*scope.contracts.values())
        return not self.roles or bool(held & {role.value for role in self.roles})


def public(view: View[P]) -> View[P]:
    """For everybody, also without a log-in; there is no scope, so nothing of anybody is visible."""
    view.access = Access(is_public=True)  # type: ignore[attr-defined]  # read by the tests
    return view
