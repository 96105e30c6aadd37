"""Looking a desk over: one line for each thing that can be wrong, and how to mend it.

Needs Django ready as the role of jobs. Nothing is changed.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import LiteralString

from django.db import Error as DatabaseError
from django.db.models import Q
from django.utils import timezone

from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.evidence.queries import last_sealed, recorded_from_to
from pactdesk.apps.outbox.models import Errand
from pactdesk.apps.walls.scope import within
from pactdesk.config import refusals
from pactdesk.config.backup.taking import reading_everything
from pactdesk.config.errors import (
    AddressFails,
    CertificateEnds,
    ClockDiffers,
    DatabaseUnreachable,
    DiskFull,
    ErrandsStuck,
    SealingKeyForDemo,
    SealsBehind,
    TablesWithoutWalls,
)
from pactdesk.config.inspection import Connection, connected
from pactdesk.config.reaching import days_of_certificate, smtp_answers, status_of
from pactdesk.config.upgrading import check_standing, standing
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import local_day
from pactdesk.gateways.keys import SigningKey
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.jobs.contracts import every_contract

WITHOUT_WALLS = frozenset({"django_migrations"})
"""Tables of no organisation; those of the queue are the worker's alone."""
_QUEUE = "procrastinate_"

SLOW_CLOCK_S, WRONG_CLOCK_S = 2, 30
FULL, NEARLY_FULL = 0.03, 0.1
STUCK = timedelta(minutes=15)
CERTIFICATE_DAYS = 14

_OPEN_TABLES: LiteralString = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
  AND (has_table_privilege('pactdesk_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
       OR has_table_privilege('pactdesk_worker', c.oid, 'SELECT, INSERT, UPDATE, DELETE'))
ORDER BY 1
"""


class State(StrEnum):
    """How it stands."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at.

    about    what was found
    problem  with a sentence that says how to mend it
    """

    key: str
    state: State
    about: str = ""
    problem: PactError | None = None


Look = Callable[[Mapping[str, str]], Iterator[Line]]


def look_over(environ: Mapping[str, str], folder: Path) -> Iterator[Line]:
    """Every line, whatever the others say."""
    looks: tuple[tuple[str, Look], ...] = (
        ("python", _python),
        ("settings", _settings),
        ("database", _database),
        ("migrations", _migrations),
        ("walls", _walls),
        ("clock", _clock),
        ("backup", _backup_role),
        ("vault", _vault),
        ("sealing", _sealing),
        ("seals", _seals),
        ("outbox", _outbox),
        ("smtp", _smtp),
        ("pages", lambda environ: _address("pages", "PAGES_URL", environ)),
        ("live", lambda environ: _address("live", "LIVE_URL", environ)),
        ("disk", lambda _: _disk(folder)),
    )
    for key, look in looks:
        try:
            yield from look(environ)
        except PactError as problem:
            yield Line(key, State.BAD, problem=problem)
        except DatabaseError as problem:
            said = str(problem).partition("\n")[0][:200]
            unreachable = DatabaseUnreachable(name="DATABASE_WORKER_URL", problem=said)
            yield Line(key, State.BAD, problem=unreachable)


def _python(_: Mapping[str, str]) -> Iterator[Line]:
    yield Line("python", State.OK, ".".join(map(str, sys.version_info[:3])))


def _settings(environ: Mapping[str, str]) -> Iterator[Line]:
    refusals.check_settings(environ)
    yield Line("settings", State.OK)


def _database(environ: Mapping[str, str]) -> Iterator[Line]:
    refusals.check_database(environ, private_allowed=True)
    with _worker(environ) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    yield Line("database", State.OK, f"PostgreSQL {row[0] if row else '?'}")


def _migrations(_: Mapping[str, str]) -> Iterator[Line]:
    check_standing(standing())
    yield Line("migrations", State.OK)


def _walls(environ: Mapping[str, str]) -> Iterator[Line]:
    with _worker(environ) as connection:
        names = [str(name) for (name,) in connection.execute(_OPEN_TABLES).fetchall()]
    tables = [each for each in names if each not in WITHOUT_WALLS and not each.startswith(_QUEUE)]
    if tables:
        raise TablesWithoutWalls(tables=tables)
    yield Line("walls", State.OK)


def _clock(environ: Mapping[str, str]) -> Iterator[Line]:
    with _worker(environ) as connection:
        before = time.time()
        row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
        here = (before + time.time()) / 2
    apart = abs(float(str(row[0])) - here) if row else 0.0
    problem = ClockDiffers(seconds=round(apart, 1)) if apart > SLOW_CLOCK_S else None
    state = State.OK if problem is None else State.BAD if apart > WRONG_CLOCK_S else State.WARN
    yield Line("clock", state, f"{apart:.3f} s", problem)


def _backup_role(environ: Mapping[str, str]) -> Iterator[Line]:
    """Only where the owner's address is known."""
    if environ.get("DATABASE_OWNER_URL"):
        with reading_everything(environ["DATABASE_OWNER_URL"]):
            yield Line("backup", State.OK)


def _vault(environ: Mapping[str, str]) -> Iterator[Line]:
    vault = VaultKeys.from_environment(environ)
    count = 0
    for job in every_contract():
        with within(job.scope):
            count += len(content_keys(job.contract, vault).keys)
    yield Line("vault", State.OK, f"{len(vault.keys)} → {count}")


def _sealing(environ: Mapping[str, str]) -> Iterator[Line]:
    path = environ.get("PACTDESK_SEALING_KEY_FILE", "")
    key = SigningKey.load(Path(path))
    if key.demo:
        raise SealingKeyForDemo(path=path)
    yield Line("sealing", State.OK, key.key_id)


def _seals(_: Mapping[str, str]) -> Iterator[Line]:
    """The worker seals each day soon after it ends; two days open is one too many."""
    jobs = every_contract()
    for job in jobs:
        with within(job.scope):
            times, sealed = recorded_from_to(job.contract), last_sealed(job.contract)
            due = job.yesterday - timedelta(days=1)
            begun = bool(times) and local_day(times[0], job.zone) <= due
        if begun and (sealed is None or sealed < due):
            problem = SealsBehind(contract_id=job.code, sealed=str(sealed or "-"))
            yield Line("seals", State.BAD, problem=problem)
    yield Line("seals", State.OK, str(len(jobs)))


def _outbox(_: Mapping[str, str]) -> Iterator[Line]:
    waiting = Q(done_at__isnull=True) & (
        Q(recorded_at__lt=timezone.now() - STUCK) | Q(given_up_at__isnull=False)
    )
    stuck = Errand.objects.filter(waiting).order_by("-recorded_at")
    count, last = stuck.count(), stuck.first()
    if last is None:
        yield Line("outbox", State.OK)
    else:
        problem = ErrandsStuck(count=count, problem=last.problem or "-")
        yield Line("outbox", State.WARN, problem=problem)


def _smtp(environ: Mapping[str, str]) -> Iterator[Line]:
    answered = smtp_answers(environ.get("SMTP_URL", ""))
    yield Line("smtp", State.OK, answered)


def _address(key: str, name: str, environ: Mapping[str, str]) -> Iterator[Line]:
    """Reached from here as a browser would: name, certificate, proxy, process."""
    url = environ.get(name, "")
    status = status_of(f"{url}/health/live")
    if isinstance(status, str) or status >= 500 or (key == "pages" and status != 200):
        raise AddressFails(name=name, problem=status)
    days = days_of_certificate(url)
    problem = CertificateEnds(name=name, days=days) if days < CERTIFICATE_DAYS else None
    yield Line(key, State.WARN if problem else State.OK, url, problem)


def _disk(folder: Path) -> Iterator[Line]:
    usage = shutil.disk_usage(folder if folder.exists() else Path("/"))
    share = usage.free / usage.total
    about = f"{usage.free // 2**20:,} MB"
    problem = DiskFull(folder=str(folder), free=about) if share < NEARLY_FULL else None
    state = State.OK if problem is None else State.BAD if share < FULL else State.WARN
    yield Line("disk", state, about, problem)


def _worker(environ: Mapping[str, str]) -> AbstractContextManager[Connection]:
    return connected("DATABASE_WORKER_URL", environ.get("DATABASE_WORKER_URL", ""))
