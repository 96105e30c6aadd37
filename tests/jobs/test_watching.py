"""Whoever runs the desk sees whether the worker works."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.support.cast import Cast

pytestmark = pytest.mark.requirement("C10")


@pytest.fixture
def address(worker: None) -> Iterator[str]:
    """Where this process's worker is watched."""
    from pactdesk.jobs.watching import WATCH, watched

    WATCH.heard_at = time.monotonic()
    server = watched("127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def get(address: str, path: str, **headers: str) -> tuple[int, str]:
    answer = httpx.get(address + path, headers=headers)
    return answer.status_code, answer.text


def test_it_is_ready_while_it_goes_through_its_errands(address: str) -> None:
    from pactdesk.jobs.watching import LONGEST_SILENCE_S, WATCH

    assert get(address, "/health/live") == (200, '{"live": true}')
    assert get(address, "/health/ready")[0] == 200
    WATCH.heard_at -= LONGEST_SILENCE_S
    status, said = get(address, "/health/ready")
    assert (status, json.loads(said)) == (503, {"ready": False, "database": True, "works": False})
    with WATCH.round("do_errands"):
        pass
    assert get(address, "/health/ready")[0] == 200


def test_its_figures_tell_of_rounds_and_of_what_is_left_to_do(address: str, cast: Cast) -> None:
    from django.db import connections

    from pactdesk.jobs.watching import WATCH

    with connections["unwalled"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox_errand (id, kind, payload, attempts, problem, recorded_at, due_at)"
            " VALUES (gen_random_uuid(), 'x', '{}', 1, 'no', now() - interval '1 hour', now())"
        )
    with pytest.raises(ZeroDivisionError), WATCH.round("seal_days"):
        _ = 1 // 0
    WATCH.errands({"done": 2})
    told = get(address, "/metrics")[1]
    for line in (
        'pactdesk_jobs_rounds_total{outcome="failed",round="seal_days"} 1.0',
        "pactdesk_outbox_open 1.0",
        "pactdesk_outbox_trouble 1.0",
        "pactdesk_outbox_oldest_seconds 36",
    ):
        assert line in told
    assert get(address, "/metrics", **{"X-Forwarded-For": "192.0.2.1"})[0] == 404
    assert get(address, "/")[0] == 404
