"""Role × address × answer: who gets at what, for every address there is, with no hole.

The table is written by hand and independently of what views say of themselves. A new address
fails here until somebody has decided who may open it. Everything in the addresses is 白塔's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connections
from django.http import HttpResponseBase
from django.test import Client

from pactdesk.apps.parties.kinds import Role
from tests.support.cast import PEOPLE, Cast
from tests.support.visitors import logged_in, visitor
from tests.web.walls.conftest import Things

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.walls.scope import Scope

pytestmark = pytest.mark.requirement("A26", "A37", "B35", "C10")

EVERYBODY = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
READERS = frozenset({"lead", "finance", "manager_of_qinghe", "manager_of_baita", "auditor"})
OF_BAITA = frozenset({"lead", "finance", "manager_of_baita"})
SERVING = frozenset({"lead", "agent", "agent_of_qinghe"})
SERVING_BAITA = frozenset({"lead", "agent"})
DEALING = (READERS | SERVING) - {"auditor"}
# Who has nothing to do with 白塔; the operator administers its people.
STRANGERS = EVERYBODY - OF_BAITA - SERVING_BAITA - {"operator"}
OPERATOR = frozenset({"operator"})
ADMINISTRATORS = frozenset({"operator", "administrator_of_qinghe"})


class Who(NamedTuple):
    """Whom an address admits, and who of them gets what it names (all, where it names nothing).

    refused  those who may know that it is there, but not do it
    """

    admitted: frozenset[str]
    inside: frozenset[str]
    refused: frozenset[str] = frozenset()


PUBLIC = None
ANYBODY = Who(EVERYBODY, EVERYBODY)
# One's own only, and what the addresses here name is nobody's.
OWN = Who(EVERYBODY, NOBODY)
A_PAPER = Who(READERS, OF_BAITA)
A_CHAT = Who(SERVING, SERVING_BAITA)
A_PERSON = Who(ADMINISTRATORS, frozenset({"operator"}))

TABLE: dict[str, Who | None] = {
    "home": ANYBODY,
    "ui:language": PUBLIC,
    "ui:theme": PUBLIC,
    "ui:styleguide": PUBLIC,
    "widget:script": PUBLIC,
    "widget:shop": PUBLIC,
    "account:login": PUBLIC,
    "account:second_step": PUBLIC,
    "account:reset": PUBLIC,
    "account:reset_sent": PUBLIC,
    "account:password_reset": PUBLIC,
    "account:invitation": PUBLIC,
    "account:logout": ANYBODY,
    "account:account": ANYBODY,
    "account:password": ANYBODY,
    "account:second_factor": ANYBODY,
    "account:confirm_second_factor": ANYBODY,
    "account:renew_codes": ANYBODY,
    "account:remove_second_factor": ANYBODY,
    "account:sessions": ANYBODY,
    "account:revoke_others": ANYBODY,
    "account:revoke_session": OWN,
    "people:people": Who(ADMINISTRATORS, ADMINISTRATORS),
    "people:invite": Who(ADMINISTRATORS, ADMINISTRATORS),
    "people:import": Who(ADMINISTRATORS, ADMINISTRATORS),
    "people:template": Who(ADMINISTRATORS, ADMINISTRATORS),
    # Only a client's own administrators do it; a GET of it is nothing.
    "people:leave": Who(ADMINISTRATORS, frozenset({"administrator_of_qinghe"}), refused=OPERATOR),
    "people:audit": Who(ADMINISTRATORS, ADMINISTRATORS),
    "people:organisations": Who(frozenset({"operator"}), frozenset({"operator"})),
    "people:require": Who(frozenset({"operator"}), frozenset({"operator"})),
    "people:person": A_PERSON,
    "people:set_role": A_PERSON,
    "people:revoke_role": A_PERSON,
    "people:do": A_PERSON,
    "clients:contracts": Who(OPERATOR, OPERATOR),
    "clients:add": Who(OPERATOR, OPERATOR),
    "clients:contract": Who(OPERATOR, OPERATOR),
    "clients:fill": Who(OPERATOR, OPERATOR),
    "clients:replace": Who(OPERATOR, OPERATOR),
    "clients:terms": Who(OPERATOR, OPERATOR),
    "clients:sites": Who(ADMINISTRATORS | {"lead"}, ADMINISTRATORS | {"lead"}),
    "clients:site": Who(ADMINISTRATORS | {"lead"}, OPERATOR | {"lead"}),
    "desk:inbox": Who(SERVING, SERVING),
    "desk:ticket": Who(SERVING, SERVING),
    "desk:levels": Who(frozenset({"lead"}), frozenset({"lead"})),
    "desk:conversation": A_CHAT,
    "desk:post": A_CHAT,
    "desk:act": A_CHAT,
    "files:picture": Who(
        SERVING | {"qa", "manager_of_qinghe", "manager_of_baita"},
        SERVING_BAITA | {"manager_of_baita"},
    ),
    "portal:contracts": Who(READERS, READERS),
    "portal:statements": Who(READERS, READERS),
}
for each in (
    *("contract", "document", "levels", "level_plot", "interactions", "interactions_csv"),
    *("interaction", "evidence", "checkpoint", "keys", "issue", "statement", "statement_plot"),
    *("statement_pdf", "statement_bundle", "confirm", "answer", "withdraw"),
):
    TABLE[f"portal:{each}"] = A_PAPER
for each in ("obligations", "obligations_ics", "statement_xlsx"):
    TABLE[f"portal:{each}"] = A_PAPER
TABLE["portal:fulfil"] = A_PAPER
# What moves money between two parties is nobody else's to read.
BETWEEN_PARTIES = Who(READERS - {"auditor"}, OF_BAITA)
for each in (
    *("events", "tell", "answer_event"),
    *("dispute_open", "dispute", "dispute_act", "dispute_file"),
):
    TABLE[f"portal:{each}"] = BETWEEN_PARTIES
# Who answers customers asks for help as well, and sees nothing of data.
for each in ("requests", "ask"):
    TABLE[f"requests:{each}"] = Who(DEALING, OF_BAITA | {"agent"})
for each in ("request", "act"):
    TABLE[f"requests:{each}"] = Who(DEALING, OF_BAITA)
for each in ("ask_data", "ledger", "ledger_csv", "ledger_pdf", "deliver", "excuse", "file"):
    TABLE[f"requests:{each}"] = BETWEEN_PARTIES
TABLE["requests:inbox"] = Who(DEALING, DEALING)
# What reviews find: both parties, and agents what is about themselves.
INSPECTING = frozenset({"lead", "finance", "qa", "manager_of_qinghe", "manager_of_baita"})
for each in ("sample", "recheck", "decide", "contract", "draw", "score", "evaluation", "answer"):
    TABLE[f"quality:{each}"] = Who(INSPECTING, OF_BAITA)
for each in ("review", "contest"):
    TABLE[f"quality:{each}"] = Who(INSPECTING | SERVING, OF_BAITA | {"agent"})
TABLE["quality:mine"] = Who(
    (INSPECTING | SERVING) - {"finance"}, (INSPECTING | SERVING) - {"finance"}
)
TABLE["quality:plan"] = Who(INSPECTING, OF_BAITA - {"finance"}, refused=frozenset({"finance"}))
TABLE["quality:mark"] = Who(
    INSPECTING, frozenset({"lead"}), refused=frozenset({"finance", "manager_of_baita"})
)
# Their own work, and that of whoever they lead; the parties read the sums.
LEADING = frozenset({"lead", "planner"})
ONE_LEAD = Who(frozenset({"lead"}), frozenset({"lead"}))
for each in ("mine", "clock", "times"):
    TABLE[f"workforce:{each}"] = Who(SERVING, SERVING)
for each in ("rule", "ask"):
    TABLE[f"workforce:{each}"] = A_CHAT
TABLE["workforce:said"] = Who(SERVING, frozenset({"agent"}))
TABLE["workforce:shift"] = Who(SERVING | LEADING, SERVING_BAITA)
for each in ("team", "roster", "rules"):
    TABLE[f"workforce:{each}"] = Who(LEADING, LEADING)
TABLE["workforce:offer"] = Who(LEADING, frozenset({"lead"}))
for each in ("correct", "add", "publish", "devices", "decide", "ask_devices"):
    TABLE[f"workforce:{each}"] = ONE_LEAD
TABLE["workforce:attendance"] = A_PAPER
# Whoever put it in looks it through, too.
TABLE["portal:review"] = Who(READERS | OPERATOR, OF_BAITA | OPERATOR)
# The provider reads the paper, but only the client objects to it.
TABLE["portal:object"] = Who(READERS, frozenset({"manager_of_baita"}), refused=OF_BAITA)


class Address(NamedTuple):
    """An address of the URLconf, its places filled in."""

    name: str
    path: str


def addresses(things: Things) -> list[Address]:
    """Every address there is; one that names what `things` does not have fails."""
    from django.urls import get_resolver, reverse
    from django.urls.resolvers import URLResolver

    def walk(resolver: URLResolver, space: str = "") -> Iterator[Address]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from walk(one, f"{one.namespace}:" if one.namespace else space)
                continue
            name = f"{space}{one.name}"
            told = {key: things.filled[key] for key in one.pattern.converters}
            yield Address(name, reverse(name, kwargs=told))

    return list(walk(get_resolver()))


def answered(response: HttpResponseBase) -> str:
    """In words: in, 403, 404, 405, or "log in"."""
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    if response.status_code == 302 and response["Location"].startswith("/account/login/"):
        return "log in"
    assert response.status_code < 500, response
    return "in"


def expected(name: str, person: str) -> str:
    """What the table says."""
    who = TABLE[name]
    if who is PUBLIC or person in who.inside:
        return "in"
    return "404" if person in who.admitted - who.refused else "403"


def test_the_table_has_every_address(things: Things) -> None:
    assert {each.name for each in addresses(things)} == set(TABLE)


def test_every_view_says_who_may_open_it() -> None:
    from django.urls import get_resolver
    from django.urls.resolvers import URLPattern, URLResolver

    def views(resolver: URLResolver) -> Iterator[URLPattern]:
        for one in resolver.url_patterns:
            yield from views(one) if isinstance(one, URLResolver) else [one]

    silent = [str(one.pattern) for one in views(get_resolver()) if not _access(one)]
    assert silent == []


def test_everybody_gets_at_exactly_what_is_theirs(things: Things) -> None:
    assert list(_differing(addresses(things))) == []


def test_who_is_not_logged_in_is_asked_to(things: Things) -> None:
    client = visitor()
    for address in addresses(things):
        if TABLE[address.name] is not PUBLIC:
            assert answered(client.get(address.path)) in ("log in", "405"), address
            assert answered(client.post(address.path)) in ("log in", "405"), address


def test_nobody_does_to_others_what_they_may_not_see(things: Things) -> None:
    wrong = []
    for person in sorted(PEOPLE):
        client = logged_in(person)
        for address in addresses(things):
            told = expected(address.name, person)
            if told != "in":
                found = answered(client.post(address.path))
                wrong += [] if found in (told, "405") else [f"{person} {address}: {found}, {told}"]
    assert wrong == []


def test_without_the_filters_the_database_still_shows_nothing(
    things: Things, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pactdesk.apps.parties import scoping
    from pactdesk.apps.walls.scope import scope_from

    everything = dict.fromkeys(
        (cast.contract_qinghe, cast.contract_baita), frozenset(role.value for role in Role)
    )

    def lying(told: str) -> Scope:
        # What the pages believe; the database was told the truth, and keeps to it.
        return replace(scope_from(told), contracts=everything, operator=True, administrator=True)

    clients = {person: logged_in(person) for person in sorted(STRANGERS)}
    monkeypatch.setattr(scoping, "scope_from", lying)
    assert list(_shown_to(clients, things)) == []


def test_without_the_database_wall_the_filters_still_show_nothing(
    things: Things, no_wall: None
) -> None:
    assert list(_differing(addresses(things), STRANGERS)) == []
    clients = {person: logged_in(person) for person in sorted(STRANGERS)}
    assert list(_shown_to(clients, things)) == []


@pytest.fixture
def no_wall(things: Things) -> Iterator[None]:
    """Django connects as a role that no policy binds."""
    before = dict(connections.settings["default"])
    connections["default"].close()
    superuser = connections.settings["unwalled"]
    connections.settings["default"].update(USER=superuser["USER"], PASSWORD=superuser["PASSWORD"])
    del connections["default"]
    yield
    connections["default"].close()
    connections.settings["default"].clear()
    connections.settings["default"].update(before)
    del connections["default"]


def _differing(all_of_them: list[Address], people: Iterable[str] = EVERYBODY) -> Iterator[str]:
    for person in sorted(people):
        client = logged_in(person)
        for address in all_of_them:
            if address.name == "account:logout":
                continue
            found, told = answered(client.get(address.path)), expected(address.name, person)
            # Of an open page there is nothing to be let into; one for POST alone is asked below.
            if TABLE[address.name] is not PUBLIC and found not in (told, "405"):
                yield f"{person} {address.path} ({address.name}): {found}, not {told}"


def _shown_to(clients: dict[str, Client], things: Things) -> Iterator[str]:
    for person, client in clients.items():
        for address in addresses(things):
            response = client.get(address.path)
            content = b"".join(response) if response.streaming else response.content
            for secret in things.secrets:
                if shows(content, secret):
                    yield f"{person} reads {secret} in {address.path} ({address.name})"


def shows(content: bytes, secret: str) -> bool:
    """Whether it stands there by itself; the end of one part of a random id may look like it."""
    found = rb"(?<![0-9a-z])" + re.escape(secret.encode()) + rb"(?![0-9a-z])"
    return re.search(found, content) is not None


def _access(one: object) -> object:
    return getattr(getattr(one, "callback", None), "access", None)
