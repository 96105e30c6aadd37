"""Quality through its pages: planned, drawn, reviewed, contested, told, evaluated."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from pactdesk.apps.quality.sheets import LINES, USUAL_EVALUATION, USUAL_REVIEW
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process
from tests.support.visitors import logged_in
from tests.web.portal.reading import read

PLAN = {
    "cycle": "month",
    "how": "number",
    "size": "1",
    "double_percent": "0",
    "pass_percent": "80",
}


class Visit:
    """Somebody of the cast at the pages of 青禾's contract."""

    def __init__(self, cast: Cast, person: str) -> None:
        self.client: Client = logged_in(person)
        self.at = f"/contracts/{cast.contract_qinghe}/quality/"

    def text(self, address: str = "") -> str:
        answer = self.client.get(address or self.at)
        assert answer.status_code == 200, address
        return str(answer.content.decode())

    def values(self, attribute: str, address: str = "") -> list[str]:
        return read(self.client.get(address or self.at)).values(attribute)

    def links(self, marked: str, address: str = "") -> list[str]:
        found = read(self.client.get(address or self.at)).found
        return [given["href"] or "" for given, _ in found if marked in given and "href" in given]

    def post(self, address: str, **fields: Any) -> Any:
        return self.client.post(address, fields)


def form(*, accuracy: int = 25, reason: str = "", **more: Any) -> dict[str, Any]:
    """A filled form of the usual items."""
    told: dict[str, Any] = {"note": "", **more}
    for n, item in enumerate(USUAL_REVIEW):
        is_it = item.key == "accuracy"
        told[f"points_{n}"] = accuracy if is_it else item.most
        told[f"reason_{n}"] = reason if is_it else ""
        told[f"quote_{n}"] = "2" if is_it and reason else ""
    return told


def settled(cast: Cast) -> dict[str, int]:
    """Clause → fen of October so far."""
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.standing import refresh_standing

    with scoped(cast["lead"]) as scope:
        standing = refresh_standing(scope, cast.contract_qinghe, date(2026, 10, 1))
    assert standing.withheld("zh") == ""
    return {each["clause"]: each["amount_fen"] for each in standing.plain["lines"]}


@pytest.mark.requirement("A21")
def test_a_conversation_is_drawn_reviewed_contested_and_told_as_the_months_score(
    cast: Cast, talks: list[UUID]
) -> None:
    qa, lead, theirs = (Visit(cast, each) for each in ("qa", "lead", "manager_of_qinghe"))
    assert qa.post(f"{qa.at}plan/", **{**PLAN, "size": "0"}).status_code == 422
    assert qa.post(f"{qa.at}plan/", **PLAN).status_code == 302
    assert "每月 1 件" in theirs.text()
    [plan, *_] = read(qa.client.get(qa.at)).named("plan")
    drawn = qa.post(f"{qa.at}draw/", plan=plan, period="2026-10")
    assert drawn.status_code == 302, drawn.content.decode()
    sample = drawn["Location"]
    [mark] = qa.links("data-mark", sample)
    assert theirs.links("data-mark", sample) == []  # it is the provider's
    assert theirs.client.get(mark).status_code == 403

    page = qa.text(mark)
    assert "您好，已经发出，明天到。" in page
    assert qa.post(mark, **form(accuracy=20)).status_code == 422  # without a reason
    done = qa.post(mark, **form(accuracy=5, reason="没说承运的快递"))
    assert done.status_code == 302, done.content.decode()
    assert qa.client.get(mark).status_code == 409  # it is reviewed
    review = done["Location"].partition("?")[0]

    agent = next(Visit(cast, n) for n in ("agent", "agent_of_qinghe") if
                 Visit(cast, n).links("data-review", "/quality/"))  # fmt: skip
    assert agent.links("data-review", "/quality/") == [review]
    assert "没说承运的快递" in agent.text(review)
    refused = agent.post(f"{review}contest/", item="accuracy", reason=" ")
    assert refused.status_code == 422
    assert agent.post(f"{review}contest/", item="accuracy", reason="顾客没问").status_code == 302
    assert "1 项异议未决定" in lead.text(f"{lead.at}?month=2026-10")
    assert review in lead.text("/quality/")
    contest = read(lead.client.get(review)).values("action")
    [decide] = [each for each in contest if "/contests/" in each]
    told = {"outcome": "corrected", "points": "14", "reason": "同意，少扣一些"}
    assert theirs.post(decide, **told).status_code == 403
    assert lead.post(decide, **{**told, "points": "26"}).status_code == 422
    assert lead.post(decide, **told).status_code == 302
    assert "同意，少扣一些" in theirs.text(review)

    month = f"{lead.at}?month=2026-10"
    assert "89 / 100" in lead.text(month)
    assert lead.post(f"{lead.at}score/", month="2026-10").status_code == 302
    assert lead.post(f"{lead.at}score/", month="2026-10").status_code == 302  # told once
    events = f"/contracts/{cast.contract_qinghe}/events/"
    [event] = theirs.values("data-event", events)
    assert "等待对方认可" in lead.text(month)
    agreed = theirs.post(f"{events}answer/", event=event, answer="yes", reason="")
    assert agreed.status_code == 302
    assert "双方已认可" in lead.text(month)
    # 89 points pay 90 % of 18,000.00.
    assert settled(cast)["score-1"] == -180_000


@pytest.mark.requirement("A21")
def test_the_other_party_can_reckon_the_sample_itself_and_sees_no_agents_name(
    cast: Cast, talks: list[UUID]
) -> None:
    from pactdesk.core.measure.sampling import place_of

    theirs = Visit(cast, "manager_of_qinghe")
    assert theirs.post(f"{theirs.at}plan/", **{**PLAN, "each_agent": "on"}).status_code == 302
    [plan, *_] = read(theirs.client.get(theirs.at)).named("plan")
    sample = theirs.post(f"{theirs.at}draw/", plan=plan, period="2026-10")["Location"]
    shown = theirs.text(sample)
    assert "agent_of_qinghe" not in shown
    assert "agent_of_qinghe" in Visit(cast, "lead").text(sample)
    # Who reviews nothing has no page of their own: no way leads there.
    for person, way in (("lead", True), ("finance", False)):
        assert ('href="/quality/"' in Visit(cast, person).text(sample)) is way
    table = theirs.client.get(f"{sample}recheck.csv").content.decode("utf-8-sig")
    [_, *rows] = [line.split(",") for line in table.splitlines()]
    seed = next(each for each in shown.split("<dd>")[1:])[:64]
    assert [row[3] for row in rows] == sorted(place_of(seed, str(each)) for each in talks)
    # Three conversations of two agents: the first, and the first of the other agent.
    assert sum(int(row[4]) for row in rows) == 2


@pytest.mark.requirement("C15")
def test_the_client_evaluates_a_month_with_reasons_and_the_provider_answers(
    cast: Cast, desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    theirs, lead = Visit(cast, "manager_of_qinghe"), Visit(cast, "lead")
    duties = f"/contracts/{cast.contract_qinghe}/obligations/"
    owed = "duty-1/evaluate/2026-10"
    assert owed in theirs.values("data-duty", duties)
    assert f"{theirs.at}#evaluations" in theirs.text(duties)
    assert "2026-11-06（默认）" in theirs.text(duties)
    assert "2026-10/" in "".join(theirs.links("data-evaluate"))
    address = f"{theirs.at}evaluations/2026-10/"
    assert lead.client.get(address).status_code == 403  # it is the client's
    # The score sheet has one item, of a hundred points.
    told = {"points_0": "90", "reason_0": "", "note": "总体不错"}
    assert "要求委托方给予评价" in theirs.text(address)
    assert theirs.post(address, **told).status_code == 422
    assert theirs.post(address, **{**told, "reason_0": "活动当天回复慢"}).status_code == 302
    assert theirs.post(address, **{**told, "reason_0": "再说一次"}).status_code == 409
    said = lead.text(address)
    assert "活动当天回复慢" in said
    assert lead.post(f"{address}answer/", reason="已增派两人").status_code == 302
    assert "已增派两人" in theirs.text(address)
    group = theirs.text(duties).partition('data-group="over"')[2]
    assert owed in group
    [fact] = as_superuser.execute(
        "SELECT convert_from(content, 'UTF8') FROM evidence_fact WHERE kind = 'duty'"
    ).fetchall()
    assert '"instance":"2026-10"' in fact[0]
    kinds = as_superuser.execute("SELECT kind FROM outbox_errand ORDER BY recorded_at, id")
    assert [kind for (kind,) in kinds.fetchall()] == [
        "quality.tell_evaluated",
        "quality.tell_evaluation_answered",
    ]


@pytest.mark.requirement("C15")
def test_a_late_evaluation_is_reminded_of_once(
    cast: Cast, desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.contracts.queries import contract_of
    from pactdesk.apps.quality.actions import remind_due
    from pactdesk.apps.walls.scope import within
    from tests.support.evidence import of

    with worker_process(desk), within(of(cast.contract_qinghe)) as scope:
        contract = contract_of(scope, cast.contract_qinghe)
        # October's is due on Friday 6 November; September's is long late.
        left = [remind_due(scope, contract, date(2026, 11, day)) for day in (3, 4, 4)]
    assert left == [1, 1, 0]
    asked = as_superuser.execute("SELECT payload ->> 'due' FROM outbox_errand ORDER BY 1")
    assert asked.fetchall() == [("2026-10-13",), ("2026-11-06",)]


def test_the_usual_forms_and_red_lines_have_words() -> None:
    from pactdesk.messages.catalogue import LANGUAGES, has_text

    for language in LANGUAGES:
        for item in (*USUAL_REVIEW, *USUAL_EVALUATION):
            assert has_text("quality", f"item.{item.key}", language)
        for line in LINES:
            assert has_text("quality", f"line.{line}", language)
