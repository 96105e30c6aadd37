"""The settings: what is not said is safe, and what must be said is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pactdesk.config.database import connection_settings, databases
from pactdesk.config.errors import DatabaseAddressWrong, SettingMissing

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "postgresql://pactdesk_app:p%40ss@db.example.test:5433/pact?sslmode=verify-full"
REAL = {"SECRET_KEY": "k" * 50, "DATABASE_URL": ADDRESS, "ALLOWED_HOSTS": "desk.example.test"}


def django_says(command: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """One of Django's commands, in an environment of which nothing else is known."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", *command.split()],
        cwd=ROOT,
        env={"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "pactdesk.config.settings"} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "SettingMissing: name='SECRET_KEY'"),
        ({"SECRET_KEY": "short", "DATABASE_URL": ADDRESS}, "SettingWrong: name='SECRET_KEY'"),
        ({"SECRET_KEY": "k" * 50}, "SettingMissing: name='DATABASE_URL'"),
        (REAL | {"DATABASE_URL": "sqlite:///x"}, "DatabaseAddressWrong: name='DATABASE_URL'"),
        (REAL | {"PACTDESK_MODE": "debug"}, "SettingWrong: name='PACTDESK_MODE'"),
        (
            REAL | {"PACTDESK_PROCESS": "worker"},
            "SettingMissing: name='DATABASE_WORKER_URL'",
        ),
    ],
)
def test_it_does_not_start_without_what_it_needs(environ: dict[str, str], named: str) -> None:
    done = django_says("check", environ)
    assert done.returncode != 0
    assert named in done.stderr
    assert "short" not in done.stderr, "a secret is not repeated"


def test_a_real_desk_has_nothing_that_django_warns_of() -> None:
    done = django_says("check --deploy --fail-level WARNING", REAL | {"SECRET_KEY": SECRET})
    assert done.returncode == 0, done.stderr


SECRET = "".join(chr(97 + number * 7 % 26) + str(number) for number in range(30))


def test_the_pages_are_not_given_the_owner_nor_the_worker() -> None:
    found = databases(REAL | {"DATABASE_WORKER_URL": "postgresql://w:w@db/pact"})
    assert set(found) == {"default"}
    assert found["default"]["USER"] == "pactdesk_app"


def test_an_address_says_everything_that_a_connection_needs() -> None:
    found = connection_settings("DATABASE_URL", ADDRESS)
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.test", "5433", "pact")
    assert found["PASSWORD"] == "p@ss"  # noqa: S105  of nothing
    assert found["OPTIONS"] == {"sslmode": "verify-full"}


def test_an_address_may_be_a_socket() -> None:
    address = "postgresql:///pact?host=/run/postgresql&user=pactdesk_app"
    assert connection_settings("DATABASE_URL", address)["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("address", ["", "pact", "postgresql://db/pact", "mysql://a:b@c/d"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises((DatabaseAddressWrong, SettingMissing)):
        databases({"DATABASE_URL": address})
