"""Who may see and write which rows of the workforce: also the database asks for the role.

One sees what is one's own. Who leads or plans sees all times of their own company's people: an
hour can be worked only once, and part-time law counts the hours of all contracts together. The
parties of a contract see its own rows, which are also facts that they have; no other's.
"""

from __future__ import annotations

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.rowsecurity import CONTRACTS, ORG, PERSON, WORKER, Rule
from pactdesk.apps.workforce.kinds import CLOCKING, LEADING


def _listed(*roles: Role) -> str:
    return ", ".join(f"'{role.value}'" for role in roles)


def _has(*roles: Role) -> str:
    """The scope's person has one of the roles in the row's contract."""
    return (
        "coalesce((SELECT pactdesk.scope()) -> 'contracts' -> contract_id::text"
        f" ?| ARRAY[{_listed(*roles)}], false)"
    )


_OF_PARTIES = (
    Role.LEAD,
    Role.PLANNER,
    Role.CLIENT_MANAGER,
    Role.FINANCE,
    Role.CONTRACT_OFFICER,
    Role.THIRD_PARTY,
)
_IN_SCOPE = f"contract_id = ANY ({CONTRACTS}::uuid[])"
_JOB = f"(current_user = '{WORKER}' AND {_IN_SCOPE})"
_LEADS_SOMEWHERE = (
    "(SELECT jsonb_path_exists(pactdesk.scope() -> 'contracts',"
    ' \'$.*[*] ? (@ == "lead" || @ == "planner")\'))'
)
_COLLEAGUES = f"(org_id = {ORG} AND {_LEADS_SOMEWHERE})"
_OWN_PERSON = f"person_id = {PERSON} AND org_id = {ORG}"
_LEADS = f"(org_id = {ORG} AND {_IN_SCOPE} AND {_has(*LEADING)})"
_OWN = f"(person_id = {PERSON} AND org_id = {ORG} AND {_IN_SCOPE} AND {_has(*CLOCKING)})"

STINTS = Rule(
    see=(
        f"person_id = {PERSON} OR {_COLLEAGUES} OR {_JOB} OR ({_IN_SCOPE} AND {_has(*_OF_PARTIES)})"
    ),
    change=f"{_OWN} OR {_LEADS} OR {_JOB}",
)
# Nobody corrects in another's name.
CORRECTIONS = Rule(
    see=f"person_id = {PERSON} OR {_JOB} OR ({_IN_SCOPE} AND {_has(*_OF_PARTIES)})",
    write=f"{_LEADS} AND by_id = {PERSON}",
)

SHIFTS = Rule(see=STINTS.see, change=STINTS.change)
AVAILABILITY = Rule(see=f"person_id = {PERSON} OR {_COLLEAGUES}", change=_OWN_PERSON)
DEVICES = Rule(
    see=f"person_id = {PERSON} OR {_COLLEAGUES} OR current_user = '{WORKER}'",
    change=f"({_OWN_PERSON}) OR {_COLLEAGUES}",
)
OFF_PLATFORM = Rule(
    see=f"person_id = {PERSON} OR {_JOB} OR ({_IN_SCOPE} AND {_has(*_OF_PARTIES)})",
    write=f"{_OWN_PERSON} AND {_IN_SCOPE}",
)
WORK_TERMS = Rule(see=_IN_SCOPE, change=_LEADS)
# Everybody in the contract reads its rules; its leads publish, in their own name.
RULES = Rule(
    see=_IN_SCOPE,
    change=_JOB,
    write=f"({_LEADS} AND published_by_id = {PERSON}) OR {_JOB}",
)
SIGNATURES = Rule(
    see=f"person_id = {PERSON} OR {_JOB} OR ({_IN_SCOPE} AND {_has(*_OF_PARTIES)})",
    write=_OWN,
)
