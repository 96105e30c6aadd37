"""Work through the pages: the clock, the roster, rules that are signed, devices."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.contracts import agreement, headcount_fee, service_terms
from tests.support.database import TestDatabase
from tests.support.visitors import give_password, logged_in

HOUR = 3_600_000
# 2026-11-16 09:00 in Shanghai, a Monday.
NINE = Instant(1_794_790_800_000)
MONDAY = date(2026, 11, 16)


def seats() -> Contract:
    """Two people at 35 yuan an hour, from Monday to Friday."""
    return agreement(headcount_fee(2, "35.00"))


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """青禾 pays by heads and hours."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk, {"qinghe": seats, "baita": service_terms})
    give_password(desk, made, *PEOPLE)
    return made


class Time:
    """What time the pages think it is."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.set(0)

    def set(self, hours: float) -> None:
        """So many hours after Monday nine o'clock."""
        at = Instant(NINE + int(hours * HOUR))
        for page in (
            "views_clock",
            "views_team",
            "views_roster",
            "views_rules",
            "views_attendance",
        ):
            self.patch.setattr(f"pactdesk.web.workforce.{page}.now", lambda: at)
        self.patch.setattr("pactdesk.web.workforce.platform.now", lambda: at)
        self.patch.setattr("pactdesk.web.desk.views.now", lambda: at)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Monday, nine o'clock."""
    return Time(monkeypatch)


def read(client: Client, address: str) -> str:
    """The page; it is there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def told(client: Client, address: str, **fields: str) -> Client:
    """A form was sent, and taken."""
    answer = client.post(address, fields)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client


@pytest.mark.requirement("A25")
def test_hours_clocked_at_the_desk_are_what_the_client_pays(cast: Cast, time: Time) -> None:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.standing import standing_of

    agent, contract = logged_in("agent"), str(cast.contract_qinghe)
    assert 'data-clock="out"' in read(agent, "/work/")
    told(agent, "/work/clock/", do="in", contract=contract)
    told(agent, "/work/clock/", do="in", contract=contract)  # a double click
    assert 'data-clock="in"' in read(agent, "/work/")
    assert "在岗 1 / 3 人" in read(logged_in("lead"), "/team/")
    time.set(4)
    told(agent, "/work/clock/", do="out")
    # Four hours clocked, of which noon is no service time: three at 35 yuan.
    page = read(logged_in("manager_of_qinghe"), f"/contracts/{contract}/attendance/?month=2026-11")
    assert "4<small>小时</small>" in page
    assert "3<small>小时</small>" in page
    with scoped(cast["lead"]) as scope:
        standing = standing_of(scope, cast.contract_qinghe, MONDAY)
    assert standing.fee_fen == 105_00


@pytest.mark.requirement("A25")
def test_a_forgotten_clock_out_is_told_said_and_mended_with_a_reason_that_the_client_sees(
    cast: Cast, time: Time, as_superuser: psycopg.Connection
) -> None:
    agent, lead, contract = logged_in("agent"), logged_in("lead"), str(cast.contract_qinghe)
    told(agent, "/work/clock/", do="in", contract=contract)
    time.set(23)
    assert "忘了下班打卡" in read(agent, "/work/")
    [(stint,)] = as_superuser.execute("SELECT id FROM workforce_stint").fetchall()
    told(agent, f"/work/said/{stint}/", ended="2026-11-16T18:00")
    assert "本人说 18:00 离开" in read(lead, "/team/?day=2026-11-17")
    form = read(lead, f"/team/stints/{stint}/")
    assert 'value="2026-11-16T18:00"' in form
    fields = {"start": "2026-11-16T09:00", "end": "2026-11-16T18:00"}
    refused = lead.post(f"/team/stints/{stint}/", {**fields, "reason": " "})
    assert refused.status_code == 422
    assert "必须写明理由" in refused.content.decode()
    told(lead, f"/team/stints/{stint}/", **fields, reason="与门禁记录一致")
    page = read(logged_in("manager_of_qinghe"), f"/contracts/{contract}/attendance/?month=2026-11")
    assert "与门禁记录一致" in page
    assert "9<small>小时</small>" in page


@pytest.mark.requirement("D7", "A25")
def test_a_shift_goes_from_the_leads_week_to_the_agents_yes_and_beside_the_clock(
    cast: Cast, time: Time, as_superuser: psycopg.Connection
) -> None:
    agent, lead, contract = logged_in("agent"), logged_in("lead"), str(cast.contract_qinghe)
    told(agent, "/work/times/", **{"start-0-0": "09:00", "end-0-0": "13:00"})
    week = f"/team/roster/?contract={contract}&week=2026-11-16"
    page = read(lead, week)
    assert "09:00–13:00" in page
    assert "0/2" in page
    shift = {"person": str(cast["agent"]), "day": "2026-11-16", "start": "09:00", "end": "13:00"}
    told(lead, f"/team/roster/{contract}/offer/", **shift, week="2026-11-16")
    twice = lead.post(f"/team/roster/{contract}/offer/", {**shift, "week": "2026-11-16"})
    assert twice.status_code == 422
    assert "已有班次" in twice.content.decode()
    [(number,)] = as_superuser.execute("SELECT id FROM workforce_shift").fetchall()
    assert "等您确认" in read(agent, "/work/")
    told(agent, f"/work/shifts/{number}/agree/")
    assert "1/2" in read(lead, week)
    time.set(0.25)
    assert "还没有上班打卡" in read(agent, "/desk/")
    told(agent, "/work/clock/", do="in", contract=contract)
    assert "还没有上班打卡" not in read(agent, "/desk/")
    assert "迟到，晚 15 分钟" in read(lead, week)
    time.set(4.5)
    told(agent, "/work/clock/", do="out")
    page = read(logged_in("finance"), f"/contracts/{contract}/attendance/?month=2026-11")
    assert "约定班次 4 小时" in page
    assert "4.25 / 4" in page


@pytest.mark.requirement("D5")
def test_rules_are_published_read_and_signed_and_the_lead_sees_who_has_not(
    cast: Cast, time: Time, as_superuser: psycopg.Connection
) -> None:
    agent, lead, contract = logged_in("agent"), logged_in("lead"), str(cast.contract_qinghe)
    told(
        lead,
        f"/team/rules/{contract}/publish/",
        name="行为规范",
        body="语言文明。\r\n\r\n<b>不</b>承诺",
        red_lines="不得泄露客户信息\n不得私下交易",
        due=(MONDAY + timedelta(days=7)).isoformat(),
    )
    [(rule, content)] = as_superuser.execute(
        "SELECT id, sha256 FROM workforce_ruledocument"
    ).fetchall()
    assert "阅读并签署" in read(agent, "/work/")
    page = read(agent, f"/work/rules/{rule}/")
    assert "不得私下交易" in page
    assert "&lt;b&gt;" in page
    told(agent, f"/work/rules/{rule}/", read=content)
    assert "阅读并签署" not in read(agent, "/work/")
    page = read(lead, "/team/rules/")
    assert "已签 1 / 3 人" in page
    assert "agent_of_qinghe" in page
    told(lead, f"/team/rules/{contract}/publish/", name="行为规范", body="新", due="2026-11-30")
    assert agent.post(f"/work/rules/{rule}/", {"read": content}).status_code == 409
    assert "第 2 版" in read(agent, "/work/")


@pytest.mark.requirement("D8")
def test_work_from_a_device_that_nobody_approved_shows_until_the_lead_says_yes(
    cast: Cast, time: Time, as_superuser: psycopg.Connection
) -> None:
    agent, lead, contract = logged_in("agent"), logged_in("lead"), cast.contract_qinghe
    assert "尚未批准" not in read(agent, "/work/")
    told(lead, f"/team/devices/contracts/{contract}/", designated="yes")
    told(agent, "/work/clock/", do="in", contract=str(contract))
    assert "尚未批准" in read(agent, "/work/")
    page = read(lead, "/team/devices/")
    assert "打卡" in page
    device = _device_of(as_superuser, cast["agent"])
    told(lead, f"/team/devices/{device}/", answer="yes")
    assert "尚未批准" not in read(agent, "/work/")
    # Another browser of the same person is another device.
    assert "尚未批准" in read(logged_in("agent"), "/work/")


def _device_of(database: psycopg.Connection, person: UUID) -> UUID:
    found = database.execute("SELECT id FROM workforce_device WHERE person_id = %s", [person])
    [(device,)] = found.fetchall()
    return UUID(str(device))


@pytest.mark.parametrize(
    "address",
    ["/team/?day=x", "/team/roster/?week=2026-13-01", "/contracts/{contract}/attendance/?month=x"],
)
def test_a_day_that_is_none_is_said(cast: Cast, address: str) -> None:
    answer = logged_in("lead").get(address.format(contract=cast.contract_qinghe))
    assert answer.status_code == 409
    assert "不是日期" in answer.content.decode()


def test_a_planner_plans_and_is_shown_no_way_that_is_shut(cast: Cast) -> None:
    planner = logged_in("planner")
    for address in ("/team/", "/team/roster/", "/team/rules/"):
        page = read(planner, address)
        assert "/team/devices/" not in page
        assert "/publish/" not in page
        assert "/add/" not in page
    assert "/team/devices/" in read(logged_in("lead"), "/team/")
