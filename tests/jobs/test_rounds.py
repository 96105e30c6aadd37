"""Days are sealed when they are over, and the client can keep what it is sent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import override_settings

from pactdesk.apps.evidence.actions import seal_days
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.queries import checkpoints_of, database_time
from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.statements.models import Standing
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.chain import DayChanged
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Probe
from pactdesk.core.units.instants import Instant, Milliseconds
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactdesk.jobs import letters, sealing
from pactdesk.jobs.contracts import Job, every_contract
from pactdesk.jobs.errands import do_errands
from pactdesk.jobs.rounds import refresh_standings
from pactdesk.jobs.sealing import seal_all
from pactverify import witness
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.smtp import Postbox, postbox

DAY_MS = 24 * 3_600_000
PATIENCE_S = 60

letters.load()


def record_days_ago(job: Job, days: int) -> None:
    """One fact, recorded so many days ago."""
    with within(job.scope):
        at = Instant(database_time() - days * DAY_MS)
        fact = Fact.of(
            Probe("desk", up=True, covers_ms=Milliseconds(1)),
            contract_id=job.code,
            source="probe",
            event_id=f"{days} days ago",
            occurred_at=at,
        )
        job.log.append([fact], at)


def attachments(letter: EmailMessage) -> dict[str, bytes]:
    return {str(one.get_filename()): one.get_content() for one in letter.iter_attachments()}


def test_every_day_that_is_over_is_sealed_once_and_today_is_not(
    worker: None, cast: Cast, key_file: Path
) -> None:
    one, other = every_contract()
    record_days_ago(one, 3)
    record_days_ago(other, 0)
    with override_settings(SEALING_KEY_FILE=str(key_file)):
        assert seal_all() == 3
        assert seal_all() == 0
    with within(one.scope):
        days = [each.body.day for each in checkpoints_of(one.contract)]
    assert days == [one.yesterday - timedelta(days=back) for back in (2, 1, 0)]


def test_without_a_key_nothing_is_sealed(worker: None, cast: Cast) -> None:
    record_days_ago(every_contract()[0], 3)
    assert seal_all() == 0


def test_trouble_with_one_contract_keeps_no_other_from_being_sealed(
    worker: None, cast: Cast, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = every_contract()
    for job in (one, other):
        record_days_ago(job, 2)

    def refuse(scope: Scope, log: PostgresFactLog, *more: Any) -> Any:
        if log.contract == one.contract:
            raise DayChanged(day="2026-11-01")
        return seal_days(scope, log, *more)

    monkeypatch.setattr(sealing, "seal_days", refuse)
    with override_settings(SEALING_KEY_FILE=str(key_file)), pytest.raises(DayChanged):
        seal_all()
    with within(other.scope):
        assert len(checkpoints_of(other.contract)) == 2


def test_the_client_gets_each_checkpoint_by_mail_and_its_witness_keeps_them(
    worker: None, cast: Cast, key_file: Path, tmp_path: Path
) -> None:
    qinghe = next(job for job in every_contract() if job.contract == cast.contract_qinghe)
    record_days_ago(qinghe, 3)
    with postbox() as box:
        _seal_and_send(box, key_file)
    [letter] = box.received
    assert letter["To"] == "manager_of_qinghe@example.test"
    assert "封存凭证" in letter["Subject"]
    mail = tmp_path / "mail"
    mail.mkdir()
    for name, content in attachments(letter).items():
        (mail / name).write_bytes(content)
    TrustedKeys([SigningKey.load(key_file).public]).save(tmp_path / "keys.json")
    received = [str(path) for path in sorted(mail.iterdir())]
    assert len(received) == 3
    assert witness(tmp_path / "kept", received, tmp_path / "keys.json").exit_code == 0


def test_with_nobody_to_show_it_to_the_errand_waits_and_says_so(
    worker: None, cast: Cast, key_file: Path, as_superuser: psycopg.Connection
) -> None:
    as_superuser.execute("UPDATE parties_contractrole SET ends_at = now()")
    record_days_ago(every_contract()[0], 2)
    with postbox() as box:
        _seal_and_send(box, key_file)
    assert box.received == []
    assert "没有可以接收" in Errand.objects.get().problem


def test_the_standing_of_every_contract_is_kept_for_the_pages(worker: None, cast: Cast) -> None:
    refresh_standings()
    kept = {}
    for job in every_contract():
        with within(job.scope):
            kept[job.contract] = Standing.objects.count()
    assert kept == {cast.contract_qinghe: 1, cast.contract_baita: 1}


@pytest.mark.xdist_group("worker")
def test_the_worker_process_does_what_was_left_and_stops_when_asked(
    desk: TestDatabase, cast: Cast, key_file: Path, as_superuser: psycopg.Connection
) -> None:
    as_superuser.execute(
        "INSERT INTO outbox_errand (id, kind, payload) VALUES (gen_random_uuid(), %s, %s)",
        ["parties.send_invitation", f'{{"person": "{cast["lead"]}"}}'],
    )
    with postbox() as box:
        settings = {"SMTP_URL": box.plain_address, "PACTDESK_SEALING_KEY_FILE": str(key_file)}
        environ = {**os.environ, **desk.environment(), **settings}
        process = subprocess.Popen([sys.executable, "-m", "pactdesk.jobs"], env=environ)
        try:
            until = time.monotonic() + PATIENCE_S
            done = "SELECT count(*) FROM outbox_errand WHERE done_at IS NOT NULL"
            while as_superuser.execute(done).fetchone() != (1,):
                assert process.poll() is None
                assert time.monotonic() < until, "the errand is still to be done"
                time.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0
        finally:
            process.kill()
            process.wait()
    [letter] = box.received
    assert letter["To"] == "lead@example.test"


def _seal_and_send(box: Postbox, key_file: Path) -> None:
    with override_settings(SEALING_KEY_FILE=str(key_file), SMTP_URL=box.plain_address):
        seal_all()
        do_errands()
