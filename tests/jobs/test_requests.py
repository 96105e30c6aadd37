"""Letters about requests: to the other side, about every step, and when time is over."""

from __future__ import annotations

import psycopg
import pytest
from django.test import override_settings

from pactdesk.jobs import letters
from pactdesk.jobs.errands import do_errands
from pactdesk.jobs.rounds import remind_of_requests
from tests.apps.requests.conftest import Desk
from tests.apps.requests.conftest import baita as baita
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process
from tests.support.smtp import postbox

letters.load()


@pytest.mark.requirement("A22")
def test_the_other_side_is_written_to_and_both_when_time_is_over(
    desk: TestDatabase, cast: Cast, baita: Desk, as_superuser: psycopg.Connection
) -> None:
    code = baita.asks("agent", "2026-10-16 09:00", subject="退款权限", words="三位客服")
    with postbox() as box, worker_process(desk), override_settings(SMTP_URL=box.plain_address):
        assert do_errands()["done"] == 1
        [asked] = box.received
        remind_of_requests()
        remind_of_requests()  # once is enough
        assert do_errands()["done"] == 2
    assert asked["To"] == "manager_of_baita@example.test"
    assert f"《客服服务协议》{code}：对方提出了请求" in asked["Subject"]
    words = asked.get_content()
    assert f"/contracts/{cast.contract_baita}/requests/{code}/" in words
    # What was asked stays inside.
    assert "退款权限" not in words
    assert "三位客服" not in words
    _, *overdue = box.received
    # Whoever asked is told besides those whose work it is.
    assert sorted(each["To"].partition("@")[0] for each in overdue) == [
        *("agent", "lead", "manager_of_baita"),
    ]
    assert all("已逾期" in each["Subject"] for each in overdue)
