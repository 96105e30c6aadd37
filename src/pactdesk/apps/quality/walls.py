"""Who may see and write which rows of quality.

Both parties see what either of them found; an agent sees what was found about themselves.
"""

from __future__ import annotations

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.rowsecurity import CONTRACTS, PERSON, WORKER, Rule

READING = frozenset(
    role.value
    for role in (Role.LEAD, Role.QA, Role.CLIENT_MANAGER, Role.FINANCE, Role.CONTRACT_OFFICER)
)
"""Roles that see samples, reviews and evaluations of a contract."""

_ROLES = ", ".join(f"'{role}'" for role in sorted(READING))
_MINE = f"contract_id = ANY ({CONTRACTS}::uuid[])"
_READER = (
    f"(current_user = '{WORKER}'"
    f" OR (SELECT pactdesk.scope()) -> 'contracts' -> contract_id::text ?| ARRAY[{_ROLES}])"
)
_AGENT = (
    "coalesce((SELECT pactdesk.scope()) -> 'contracts' -> contract_id::text"
    f" ? '{Role.AGENT.value}', false)"
)
_IN_SCOPE = f"{_MINE} AND {_READER}"
_OR_ABOUT_ME = f"{_MINE} AND ({_READER} OR agent_id = {PERSON})"
_PARTY = (
    "(SELECT CASE (SELECT pactdesk.scope_org())"
    " WHEN provider_org_id THEN 'provider' WHEN client_org_id THEN 'client' END"
    " FROM contracts_contract WHERE contracts_contract.id = contract_id)"
)


def _belongs(table: str, to: str, column: str) -> str:
    return (
        f"EXISTS (SELECT FROM {to} AS above WHERE above.id = {table}.{column}"
        f" AND above.contract_id = {table}.contract_id"
        f" AND above.agent_id IS NOT DISTINCT FROM {table}.agent_id)"
    )


# Nobody speaks in another's name, nor for a party that is not theirs; what has ended stays.
PLANS = Rule(
    see=_IN_SCOPE,
    change=f"{_IN_SCOPE} AND ended_at IS NULL AND party = {_PARTY}",
    write=f"{_IN_SCOPE} AND party = {_PARTY}",
)
# Whoever reads their own review reads which month it was drawn from.
SAMPLES = Rule(see=f"{_MINE} AND ({_READER} OR {_AGENT})", write=_IN_SCOPE)
PICKS = Rule(see=_OR_ABOUT_ME, write=_IN_SCOPE)
# A review is of a pick of its own contract, a contest of a review, and about the same agent.
REVIEWS = Rule(
    see=_OR_ABOUT_ME,
    write=(
        f"{_IN_SCOPE} AND reviewer_id = {PERSON} AND party = {_PARTY}"
        f" AND {_belongs('quality_review', 'quality_pick', 'pick_id')}"
    ),
)
CONTESTS = Rule(
    see=_OR_ABOUT_ME,
    change=f"{_IN_SCOPE} AND outcome IS NULL",
    write=(
        f"{_OR_ABOUT_ME} AND {PERSON} IN (by_id, answered_by_id)"
        f" AND {_belongs('quality_contest', 'quality_review', 'review_id')}"
    ),
)
EVALUATIONS = Rule(
    see=_IN_SCOPE,
    change=f"{_IN_SCOPE} AND answered_at IS NULL AND {_PARTY} = 'provider'",
    write=(
        f"{_IN_SCOPE} AND CASE {_PARTY} WHEN 'client' THEN by_id = {PERSON} AND answer = ''"
        f" WHEN 'provider' THEN answered_by_id = {PERSON} ELSE false END"
    ),
)
REMINDERS = Rule(see=_IN_SCOPE)
