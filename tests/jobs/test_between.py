"""Mails about what waits between the parties: the first at once, the rest once each morning."""

from __future__ import annotations

import json
from email.message import EmailMessage
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import override_settings

from pactdesk.jobs import letters
from pactdesk.jobs.errands import do_errands
from pactdesk.jobs.letters.between import leave_digests
from tests.support.cast import Cast
from tests.support.smtp import Postbox, postbox

letters.load()


def left(
    database: psycopg.Connection, contract: UUID, what: str, hours_ago: int, to: str = "client"
) -> None:
    """An event was told, or answered, so many hours ago."""
    database.execute(
        "INSERT INTO outbox_errand (id, contract_id, kind, payload, recorded_at)"
        " VALUES (%s, %s, 'statements.tell_event', %s, now() - make_interval(hours => %s))",
        [uuid4(), contract, json.dumps({"kind": "incident", "what": what, "to": to}), hours_ago],
    )


def delivered(box: Postbox) -> list[EmailMessage]:
    with override_settings(SMTP_URL=box.plain_address):
        do_errands()
    return box.received


def test_the_first_that_waits_is_told_at_once_and_the_rest_in_the_morning(
    worker: None, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    as_superuser.execute(
        "UPDATE parties_person SET language = 'en' WHERE name = 'manager_of_baita'"
    )
    for what, hours in (("waits", 20), ("waits", 10), ("waits", 3), ("agreed", 2), ("refused", 1)):
        left(as_superuser, cast.contract_baita, what, hours)
    left(as_superuser, cast.contract_baita, "agreed", 60)  # told in an earlier letter
    with postbox() as box:
        [at_once] = delivered(box)
        assert at_once["To"] == "manager_of_baita@example.test"
        # In the language that they chose, and no amount.
        assert at_once["Subject"] == "“客服服务协议”: something waits for your answer"
        assert f"/contracts/{cast.contract_baita}/events/" in at_once.get_content()
        assert [leave_digests(), leave_digests()] == [1, 1]
        [_, morning] = delivered(box)
    assert "2 new waiting for your answer, 2 answered" in morning.get_content()


def test_nothing_new_gives_no_letter(
    worker: None, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    left(as_superuser, cast.contract_baita, "waits", 5)  # written of at once
    assert leave_digests() == 0


@pytest.mark.requirement("A57")
def test_every_step_of_a_dispute_is_told_to_the_other_party(
    worker: None, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    for deed in ("opened", "proposed"):
        told = {"dispute": str(uuid4()), "deed": deed, "party": "client", "to": "provider"}
        as_superuser.execute(
            "INSERT INTO outbox_errand (id, contract_id, kind, payload)"
            " VALUES (%s, %s, 'statements.tell_dispute', %s)",
            [uuid4(), cast.contract_baita, json.dumps(told)],
        )
    with postbox() as box:
        letters_sent = delivered(box)
    assert sorted(each["To"].partition("@")[0] for each in letters_sent) == [
        *("finance", "finance", "lead", "lead"),
    ]
    assert all(each["Subject"] == "《客服服务协议》的争议有新进展" for each in letters_sent)
