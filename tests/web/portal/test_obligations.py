"""What each side owes, on a page: who may say that it was done, and days for one's calendar."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from icalendar import Calendar

from tests.support.cast import Cast
from tests.support.visitors import logged_in
from tests.web.portal.reading import read

DAY = "?on=2026-12-15"


@pytest.mark.requirement("A20", "B20", "E20")
def test_both_sides_read_what_presses_and_by_when(cast: Cast, statement: UUID) -> None:
    at = f"/contracts/{cast.contract_baita}/obligations/"
    for person in ("manager_of_baita", "finance", "lead"):
        page = read(logged_in(person).get(f"{at}{DAY}"))
        duties = page.values("data-duty")
        assert any("/pay_statement/" in duty for duty in duties)
        assert page.values("data-group")[0] == "pressing"
    assert logged_in("manager_of_qinghe").get(at).status_code == 404


def test_days_that_press_go_into_ones_own_calendar(cast: Cast, statement: UUID) -> None:
    address = f"/contracts/{cast.contract_baita}/obligations.ics{DAY}"
    answer = logged_in("finance").get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert all("@pactdesk" in str(each["uid"]) for each in events)


def test_a_day_that_is_none_is_said_to_be_none(cast: Cast, statement: UUID) -> None:
    address = f"/contracts/{cast.contract_baita}/obligations/?on=tomorrow"
    answer = logged_in("finance").get(address)
    assert answer.status_code == 409
    assert "tomorrow" in answer.content.decode()


@pytest.mark.requirement("E20", "E21")
def test_only_the_provider_says_that_a_report_was_delivered(cast: Cast) -> None:
    at = f"/contracts/{cast.contract_qinghe}/obligations/"
    lead = logged_in("lead")
    [*_, report] = [each for each in rows_of(lead, at) if "deliver_report" in each]
    told = {"duty": report}
    assert logged_in("manager_of_qinghe").post(f"{at}fulfil/", told).status_code == 403
    assert lead.post(f"{at}fulfil/", told).status_code == 302
    assert rows_of(lead, at).index(report) > rows_of(lead, at).index(
        next(each for each in rows_of(lead, at) if "standing_duty" in each)
    )
    assert lead.post(f"{at}fulfil/", told).status_code == 409  # it is done


def rows_of(client: Client, at: str) -> list[str]:
    return read(client.get(at)).values("data-duty")
