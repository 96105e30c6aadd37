"""What a restored database proves: counts, every seal, and that messages open.

Needs Django ready on the scratch database, as the role of jobs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.models import Message
from pactdesk.apps.conversations.values import BODY
from pactdesk.apps.walls.scope import within
from pactdesk.config.backup.manifest import Manifest
from pactdesk.config.errors import SealsEndElsewhere
from pactdesk.core.facts.chain import (
    Trust,
    check_chain,
    check_day,
    check_link,
)
from pactdesk.core.facts.checkpoints import Checkpoint
from pactdesk.core.units.errors import PactError
from pactdesk.gateways.vault.data_keys import Place
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.jobs.contracts import Job, every_contract

SAMPLE = 20
"""Messages opened for each contract: the latest."""


@dataclass(slots=True)
class Proof:
    """What held for one contract, and every problem."""

    contract: str
    days: int = 0
    facts: int = 0
    opened: int = 0
    problems: list[PactError] = field(default_factory=list)


def proofs(manifest: Manifest, trust: Trust | None, vault: VaultKeys | None) -> Iterator[Proof]:
    """One for each contract.

    trust  the provider's public keys; without, signatures are not looked at
    vault  without, no message is opened
    """
    missing = dict(manifest.seals)
    for job in every_contract():
        missing.pop(str(job.contract), None)
        yield _proof(job, manifest, trust, vault)
    for contract, expected in missing.items():
        lost = SealsEndElsewhere(contract_id=contract, expected=expected, found="-")
        yield Proof(contract, problems=[lost])


def count_problems(manifest: Manifest, found: dict[str, int]) -> list[str]:
    """Tables whose rows are not as many as the backup says."""
    names = sorted(manifest.tables.keys() | found.keys())
    return [name for name in names if manifest.tables.get(name) != found.get(name)]


def _proof(job: Job, manifest: Manifest, trust: Trust | None, vault: VaultKeys | None) -> Proof:
    proof = Proof(job.code)
    with within(job.scope):
        try:
            _check_seals(job, proof, trust)
            _check_last(job, manifest)
        except PactError as problem:
            proof.problems.append(problem)
        if vault is not None:
            try:
                proof.opened = _open_messages(job.contract, vault)
            except PactError as problem:
                proof.problems.append(problem)
    return proof


def _check_seals(job: Job, proof: Proof, trust: Trust | None) -> None:
    """Every tree of every day is made anew and compared."""
    log = job.log
    chain = log.checkpoints()
    if trust is not None:
        check_chain(job.code, chain, trust)
    last: Checkpoint | None = None
    days: list[bytes] = []
    for signed in chain:
        check_link(job.code, last, days, signed.body)
        records = log.day_records(signed.body.day)
        check_day(signed.body, records)
        last = signed.body
        days.append(last.day_seal.leaf)
        proof.days += 1
        proof.facts += len(records)


def _check_last(job: Job, manifest: Manifest) -> None:
    """The chain ends where it ended when the backup was taken."""
    chain = job.log.checkpoints()
    expected = manifest.seals.get(str(job.contract), "")
    found = chain[-1].body.digest if chain else ""
    if found != expected:
        raise SealsEndElsewhere(contract_id=job.code, expected=expected, found=found)


def _open_messages(contract: UUID, vault: VaultKeys) -> int:
    keys = content_keys(contract, vault)
    latest = Message.objects.filter(contract_id=contract).order_by("-recorded_at_ms")[:SAMPLE]
    opened = [keys.decrypt(bytes(one.body_ciphertext), Place(one.id, BODY)) for one in latest]
    return len(opened)
