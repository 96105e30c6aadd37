"""All contracts, and the scope in which jobs work on one of them: without any person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.queries import database_time
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.instants import local_day


@dataclass(frozen=True, slots=True)
class Job:
    """What jobs need to know of a contract."""

    contract: UUID
    code: str
    title: str
    zone: ZoneInfo

    @property
    def scope(self) -> Scope:
        """The contract's rows, nobody's in particular."""
        return Scope(contracts={self.contract: frozenset()})

    @property
    def log(self) -> PostgresFactLog:
        """Its facts; to be used within the scope."""
        return PostgresFactLog(self.contract, self.code, self.zone)

    @property
    def yesterday(self) -> date:
        """The last day that is over in the contract's zone, by the database's clock."""
        return local_day(database_time(), self.zone) - timedelta(days=1)


def every_contract() -> list[Job]:
    """Every contract that has begun, ended ones too: their last days are sealed as well."""
    begun = Contract.objects.exclude(state=ContractState.DRAFT.value).order_by("code")
    return [_job(contract) for contract in begun]


def job_of(contract: UUID) -> Job:
    """The contract with this id."""
    return _job(Contract.objects.get(pk=contract))


def _job(contract: Contract) -> Job:
    return Job(contract.pk, contract.code, contract.title, ZoneInfo(contract.zone))
