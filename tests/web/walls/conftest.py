"""白塔's contract with one of everything in it, for the question of who gets at what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import pytest
from PIL import Image

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.units.instants import instant_of
from pactdesk.gateways.pictures.cleaning import clean_picture
from tests.support.cast import Cast
from tests.support.chats import VAULT, Chats
from tests.support.database import TestDatabase
from tests.web.portal.conftest import MONTH
from tests.web.portal.conftest import cast as cast
from tests.web.portal.conftest import keys_given as keys_given
from tests.web.portal.conftest import log as log
from tests.web.portal.conftest import statement as statement
from tests.web.portal.conftest import trusted as trusted
from tests.web.walls.quality_things import FOUND, inspected
from tests.web.walls.workforce_things import CORRECTED, RULED, worked

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.evidence.factlog import PostgresFactLog

SAID = "白塔的顾客悄悄说的话"
WROTE = "白塔收到的异议"
PAPER = "白塔的合同原件"
WANTED = "白塔要交的数据"
HANDED = "白塔交出的文件"


def drawn() -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(made, "PNG")
    return made.getvalue()


@dataclass(frozen=True)
class Things:
    """What 白塔 has, by the names that addresses use; `secrets` must show nowhere else."""

    filled: dict[str, str]
    secrets: tuple[str, ...]


@pytest.fixture
def things(
    desk: TestDatabase, cast: Cast, log: PostgresFactLog, statement: UUID, keys_given: object
) -> Things:
    """One of everything."""
    from pactdesk.apps.conversations.hands import CUSTOMER
    from pactdesk.apps.conversations.pictures import post_picture
    from pactdesk.apps.conversations.sites import add_site
    from pactdesk.apps.statements.actions import object_to_line, open_dispute

    chats, at = Chats(cast), datetime.now(UTC)
    conversation = chats.opened("baita", instant_of(at) - 1000, SAID)
    shown = post_picture(
        conversation,
        CUSTOMER,
        clean_picture(drawn()),
        key="picture",
        at=instant_of(at),
        means=chats.means("baita"),
    )
    assert shown.picture
    objection = object_to_line(
        cast["manager_of_baita"], statement=statement, line=1, reason=WROTE, at=at
    )
    dispute = open_dispute(
        cast["manager_of_baita"], statement=statement, amounts={2: 0}, text=WROTE, at=at
    )
    site = add_site(cast["operator"], cast.contract_baita, "白塔文具", ["https://shop.test"])
    paper = new_id()
    with psycopg.connect(desk.address("pactdesk_admin")) as connection:
        connection.execute(
            "INSERT INTO contracts_sourcedocument"
            " (id, contract_id, name, sha256, media_type, content) VALUES (%s, %s, %s, %s, %s, %s)",
            [paper, cast.contract_baita, PAPER, "0" * 64, "text/plain", PAPER.encode()],
        )
        quality = inspected(connection, cast, conversation, at)
        [(number,)] = connection.execute("SELECT number FROM statements_statement").fetchall()
    filled = {
        **asked_for(cast, at),
        **quality,
        **worked(cast, at),
        "contract": str(cast.contract_baita),
        "document": str(paper),
        "clause": "level-1",
        "code": "c-00",
        "period": MONTH,
        "statement": str(statement),
        "line": "1",
        "objection": str(objection),
        "dispute": str(dispute),
        "conversation": str(conversation),
        "verb": "resolve",
        "number": str(shown.picture.id),
        "public_key": site.public_key,
        "site": str(site.pk),
        "secret": "no-such-secret",
        "session": str(new_id()),
        "person": str(cast["manager_of_baita"]),
        "deed": "end",
        "kind": "contract",
    }
    return Things(
        filled, (SAID, RULED, CORRECTED, WROTE, PAPER, FOUND, WANTED, HANDED, number, "c-00")
    )


def asked_for(cast: Cast, at: datetime) -> dict[str, str]:
    """Data that the provider asked 白塔 for, and one file of them."""
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.requests.actions import ask_data, deliver
    from pactdesk.apps.requests.asking import WantedData
    from pactdesk.apps.requests.delivering import HandedOver
    from pactdesk.apps.requests.kinds import Ending, Ground
    from pactdesk.apps.requests.queries import files_of, request_of

    contract, now, ground = cast.contract_baita, instant_of(at), Ground.NO_PERSONAL_DATA
    day = at.date() + timedelta(days=2)
    wanted = WantedData(WANTED, WANTED, WANTED, ground, day, Ending.KEEP)
    code = ask_data(cast["lead"], contract=contract, wanted=wanted, at=now, vault=VAULT)
    given = HandedOver(words=HANDED, files=[(f"{HANDED}.txt", HANDED.encode())])
    client = cast["manager_of_baita"]
    deliver(client, contract=contract, code=code, given=given, at=now, vault=VAULT)
    with scoped(client) as scope:
        [file] = files_of(request_of(scope, contract, code))
    return {"asked": code, "handed": str(file.id)}
