"""Requests between 白塔 and its provider, under terms with duties to help and to supply data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import pytest

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.core.units.instants import Instant, instant_at
from tests.support.cast import TERMS, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase

DUTY = "duty-help"
SECRECY = "secrecy-1"


@cache
def dutiful() -> Contract:
    """白塔's terms: the client helps and supplies data, the provider keeps them secret."""
    plain = contract_to_plain(service_terms())
    plain["clauses"] += [
        {"id": DUTY, "kind": "duty", "by": "client", "topic": "client_input"},
        {
            "id": SECRECY,
            "kind": "confidentiality",
            "bound": "provider",
            "during_term": True,
            "after_years": 2,
        },
    ]
    return contract_from_plain(plain)


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """The cast, of whom 白塔 has duties to the provider."""
    return make_cast(desk, {**TERMS, "baita": dutiful})


def moment(text: str) -> Instant:
    """A minute in Shanghai, written 2026-10-15 10:00."""
    return instant_at(f"{text.replace(' ', 'T')}:00+08:00")


class Desk:
    """白塔's requests, step by step, by people of the cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.contract: UUID = cast.contract_baita

    def asks(self, person: str, at: str, **wanted: Any) -> str:
        """Help, unless told otherwise; the code."""
        from pactdesk.apps.requests.actions import ask
        from pactdesk.apps.requests.asking import Wanted
        from pactdesk.apps.requests.kinds import Kind

        told = {"kind": Kind.HELP, "subject": "赠品规则", "words": "以哪一版为准？", **wanted}
        return ask(
            self.cast[person],
            contract=self.contract,
            wanted=Wanted(**told),
            at=moment(at),
            vault=VAULT,
        )

    def asks_data(self, person: str, at: str, **wanted: Any) -> str:
        """The table of goods, to be destroyed in the end; the code."""
        from pactdesk.apps.requests.actions import ask_data
        from pactdesk.apps.requests.asking import WantedData
        from pactdesk.apps.requests.kinds import Ending, Ground

        told = {
            "subject": "在售商品表",
            "words": "编号、名称、规格",
            "purpose": "答复顾客的商品咨询",
            "ground": Ground.NO_PERSONAL_DATA,
            "until": date(2026, 10, 20),
            "ending": Ending.DESTROY,
            "ends_on": date(2026, 12, 31),
            "clause": DUTY,
            **wanted,
        }
        return ask_data(
            self.cast[person],
            contract=self.contract,
            wanted=WantedData(**told),
            at=moment(at),
            vault=VAULT,
        )

    def does(self, verb: str, person: str, code: str, at: str, **more: Any) -> None:
        """One of the actions."""
        from pactdesk.apps.requests import actions

        done: Callable[..., None] = getattr(actions, verb)
        told = {"contract": self.contract, "code": code, "at": moment(at), "vault": VAULT}
        done(self.cast[person], **told, **more)

    def row(self, code: str) -> Any:
        """The request as its provider's lead sees it."""
        from pactdesk.apps.parties.scoping import scoped
        from pactdesk.apps.requests.queries import request_of

        with scoped(self.cast["lead"]) as scope:
            return request_of(scope, self.contract, code)

    def owed(self, on: str) -> dict[str, tuple[str, str]]:
        """Instance → (who owes it, how it stands) of what was asked for, on a day."""
        from pactdesk.apps.parties.scoping import scoped
        from pactdesk.apps.statements.duties import obligations_on
        from pactdesk.core.settle.obligations.requests import instance_in

        with scoped(self.cast["lead"]) as scope:
            every = obligations_on(scope, self.contract, date.fromisoformat(on))
        asked = [each for each in every if instance_in(each.instance)]
        return {each.instance: (each.party, str(each.state)) for each in asked}


@pytest.fixture
def baita(cast: Cast) -> Desk:
    """白塔's requests."""
    return Desk(cast)
