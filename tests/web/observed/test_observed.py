"""Whoever runs the desk sees what it does, and never whose words pass through it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory

from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT, VaultKeys
from pactdesk.web.observed.json_logs import JsonFormatter
from pactdesk.web.observed.probes import METRICS_TOKEN, may_see_metrics
from pactdesk.web.observed.request_ids import HEADER
from tests.support.database import TestDatabase

ANYWHERE = {"HTTP_HOST": "10.9.8.7:8000"}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the root logger writes, as in production."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def told(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_request_keeps_the_id_that_the_proxy_gave_it(lines: io.StringIO) -> None:
    answer = Client().get("/health/live", headers={HEADER: "proxy-0017"})
    assert answer.headers[HEADER] == "proxy-0017"
    [line] = [each for each in told(lines) if each["logger"] == "pactdesk.request"]
    assert (line["request"], line["status"], line["method"]) == ("proxy-0017", 200, "GET")


@pytest.mark.parametrize("given", ["", "short", 'x"}\n{"forged": 1', "ü" * 20, "a" * 65])
def test_an_id_that_is_none_is_replaced(given: str) -> None:
    headers = {HEADER: given} if given.isprintable() else {}
    answered = Client().get("/health/live", headers=headers).headers[HEADER]
    assert len(answered) == 32
    assert answered != given


def test_a_log_line_has_the_route_and_not_the_path(lines: io.StringIO) -> None:
    Client().get("/nowhere/a-secret-token/")
    assert told(lines)
    assert "a-secret-token" not in lines.getvalue()


def test_an_exception_is_logged_without_what_it_says(lines: io.StringIO) -> None:
    try:
        raise ValueError("Key (email)=(li@example.test) already exists")
    except ValueError:
        logging.getLogger("pactdesk").exception("not stored")
    [line] = told(lines)
    assert line["exception"]["kind"] == "builtins.ValueError"
    assert "test_an_exception_is_logged" in line["exception"]["at"][-1]
    assert "li@example.test" not in lines.getvalue()


def test_alive_needs_no_host_name_no_tls_and_no_database() -> None:
    assert Client().get("/health/live", **ANYWHERE).json() == {"live": True}  # type: ignore[arg-type]


def test_ready_is_when_database_migrations_and_keys_are_there(
    desk: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(IN_ENVIRONMENT, raising=False)
    lacking = Client().get("/health/ready")
    assert lacking.status_code == 503
    assert lacking.json()["vault_keys"] is False
    monkeypatch.setenv(IN_ENVIRONMENT, VaultKeys.generate().to_text())
    answer = Client().get("/health/ready")
    assert answer.json() == {
        "ready": True,
        "database": True,
        "migrations": True,
        "vault_keys": True,
    }


def test_it_is_not_ready_while_a_migration_is_missing(
    desk: TestDatabase, monkeypatch: pytest.MonkeyPatch, as_superuser: Any
) -> None:
    monkeypatch.setenv(IN_ENVIRONMENT, VaultKeys.generate().to_text())
    lost = as_superuser.execute(
        "DELETE FROM django_migrations WHERE app = 'audit' RETURNING app, name, applied"
    ).fetchall()
    try:
        answer = Client().get("/health/ready")
    finally:
        for row in lost:
            as_superuser.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row
            )
    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


def test_metrics_count_by_route() -> None:
    Client().get("/health/live")
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    assert b"pactdesk_requests_total{" in answer.content


@pytest.mark.parametrize(
    ("address", "headers", "seen"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("192.0.2.7", {}, False),
        ("", {}, False),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, False),
        ("192.0.2.7", {"Authorization": "Bearer t0ken"}, True),
        ("192.0.2.7", {"Authorization": "Bearer other"}, False),
    ],
)
def test_metrics_are_for_this_machine_or_whoever_has_the_token(
    address: str, headers: dict[str, str], seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(METRICS_TOKEN, "t0ken")
    request = RequestFactory().get("/metrics", headers=headers, REMOTE_ADDR=address)
    assert may_see_metrics(request) is seen
