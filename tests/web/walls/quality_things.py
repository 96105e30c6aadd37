"""One of everything that quality has, of 白塔's contract, put in past all actions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import psycopg

from pactdesk.apps.walls.identifiers import new_id
from tests.support.cast import Cast

FOUND = "白塔的质检意见"

_PLAN = """
INSERT INTO quality_plan (id, contract_id, party, cycle, number, each_agent, double_percent,
    pass_percent, made_by_id, made_at) VALUES (%s, %s, 'provider', 'month', 1, false, 0, 80, %s, %s)
"""
_SAMPLE = """
INSERT INTO quality_sample (id, contract_id, plan_id, party, period, seed, sealed_on, population)
VALUES (%s, %s, %s, 'provider', '2026-10', '', '2026-10-31', 2)
"""
_PICK = """
INSERT INTO quality_pick (id, contract_id, sample_id, conversation_id, code, agent_id, rank, double)
VALUES (%s, %s, %s, %s, 'b-1', %s, %s, true)
"""
_REVIEW = """
INSERT INTO quality_review (id, contract_id, pick_id, party, reviewer_id, agent_id, items, marks,
    crossed, pass_percent, note, at) VALUES (%s, %s, %s, 'provider', %s, %s,
    '[{"key": "accuracy", "most": 5}]',
    '[{"item": "accuracy", "points": 4, "reason": "r", "quote": null}]', '[]', 80, %s, %s)
"""
_CONTEST = """
INSERT INTO quality_contest (id, contract_id, review_id, agent_id, item, reason, by_id, party, at,
    answer) VALUES (%s, %s, %s, %s, 'accuracy', %s, %s, 'provider', %s, '')
"""
_EVALUATION = """
INSERT INTO quality_evaluation (id, contract_id, period, items, marks, note, clause, by_id, at,
    answer) VALUES (%s, %s, '2026-10', '[]', '[]', %s, '', %s, %s, '')
"""


def inspected(
    connection: psycopg.Connection, cast: Cast, conversation: UUID, at: datetime
) -> dict[str, str]:
    """Their ids, by the names that addresses use; a pick that waits, and one that is reviewed."""
    contract, agent, lead = cast.contract_baita, cast["agent"], cast["lead"]
    plan, sample, pick, reviewed, review, contest = (new_id() for _ in range(6))
    connection.execute(_PLAN, [plan, contract, lead, at])
    connection.execute(_SAMPLE, [sample, contract, plan])
    connection.execute(_PICK, [pick, contract, sample, conversation, agent, 1])
    connection.execute(_PICK, [reviewed, contract, sample, new_id(), agent, 2])
    for number, person in ((review, "lead"), (new_id(), "finance")):
        values = [number, contract, reviewed, cast[person], agent, FOUND, at]
        connection.execute(_REVIEW, values)
    connection.execute(_CONTEST, [contest, contract, review, agent, FOUND, agent, at])
    manager = cast["manager_of_baita"]
    connection.execute(_EVALUATION, [new_id(), contract, FOUND, manager, at])
    ids = {"sample": sample, "pick": pick, "review": review, "contest": contest}
    return {name: str(one) for name, one in ids.items()}
