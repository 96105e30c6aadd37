"""The outbox: every errand is done at least once, never by two at once, and trouble is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connection, connections
from django.db.models.functions import Now

from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.outbox.doing import LEASE, take_next, try_again
from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.outbox.queries import errands_in_trouble, open_errands
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.gateways.mail.errors import LetterDelayed, LetterRefused
from pactdesk.jobs import errands
from pactdesk.jobs.errands import do_errands

Register = Callable[[Callable[[Errand], None]], None]


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Register:
    """`handler(work)`: errands of the kind `test` are done so."""

    def register(work: Callable[[Errand], None]) -> None:
        monkeypatch.setitem(errands.HANDLERS, "test", work)

    return register


def leave(*names: str) -> None:
    with within(Scope()) as scope:
        for name in names:
            leave_errand(scope, "test", {"name": name})


def is_due_again() -> None:
    """Time passes: whatever was put off is due."""
    Errand.objects.update(due_at=Now() - timedelta(seconds=1))


def test_errands_are_done_once_and_oldest_first(worker: None, handler: Register) -> None:
    done: list[str] = []
    handler(lambda errand: done.append(errand.payload["name"]))
    leave("one")
    leave("two")
    assert do_errands() == {"done": 2}
    assert do_errands() == {}
    assert done == ["one", "two"]


def test_a_delay_is_tried_again_later_and_then_done(worker: None, handler: Register) -> None:
    leave("one")

    def delayed(errand: Errand) -> None:
        raise LetterDelayed(host="mail.example.test", answer="451 greylisted")

    handler(delayed)
    assert do_errands() == {"put_off": 1}
    assert do_errands() == {}, "not before its time"
    [waiting] = errands_in_trouble()
    assert "451 greylisted" in waiting.problem
    assert waiting.attempts == 1

    handler(lambda _: None)
    is_due_again()
    assert do_errands() == {"done": 1}
    assert Errand.objects.get().problem == ""
    assert not errands_in_trouble()


def test_a_refusal_is_given_up_kept_and_done_when_somebody_mended_it(
    worker: None, handler: Register
) -> None:
    leave("one")

    def refused(errand: Errand) -> None:
        raise LetterRefused(host="mail.example.test", answer="550 no such mailbox")

    handler(refused)
    assert do_errands() == {"given_up": 1}
    is_due_again()
    assert do_errands() == {}
    [failed] = errands_in_trouble()
    assert "550 no such mailbox" in failed.problem

    handler(lambda _: None)
    try_again(failed.pk)
    assert do_errands() == {"done": 1}


def test_trouble_with_one_keeps_no_other_from_being_done_nor_tells_personal_data(
    worker: None, handler: Register
) -> None:
    def work(errand: Errand) -> None:
        if errand.payload["name"] == "bad":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0 AS li_at_example_test")

    handler(work)
    leave("bad", "good")
    assert do_errands() == {"put_off": 1, "done": 1}
    [kept] = errands_in_trouble()
    assert kept.problem == "DataError"


def test_an_unknown_kind_waits_for_a_version_that_knows_it(worker: None) -> None:
    with within(Scope()) as scope:
        leave_errand(scope, "from.the.future", {})
    assert do_errands() == {"put_off": 1}
    assert "from.the.future" in errands_in_trouble().get().problem


def test_what_a_killed_worker_had_taken_comes_up_again(worker: None, handler: Register) -> None:
    leave("one")
    taken = take_next()
    assert taken is not None
    assert take_next() is None, "somebody works on it"
    Errand.objects.update(due_at=Now() - LEASE)
    again = take_next()
    assert again is not None
    assert (again.pk, again.attempts) == (taken.pk, 2)


def test_racing_workers_share_the_errands_and_double_none(worker: None, handler: Register) -> None:
    done: list[str] = []
    handler(lambda errand: done.append(errand.payload["name"]))
    names = [str(number) for number in range(40)]
    leave(*names)
    start = Barrier(4)

    def race() -> None:
        start.wait()
        do_errands()
        connections.close_all()

    racers = [Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(done) == sorted(names)
    assert not open_errands()


def test_the_pages_see_no_job_and_call_no_function_of_the_queue(
    as_app: psycopg.Connection,
) -> None:
    for statement in (
        "SELECT * FROM procrastinate_jobs",
        "SELECT * FROM procrastinate_workers",
        "SELECT procrastinate_register_worker_v1()",
        "SELECT nextval('procrastinate_jobs_id_seq')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_app.execute(statement)
        as_app.rollback()
