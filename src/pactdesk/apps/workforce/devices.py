"""The designated platform (指定平台): which devices people work from, and which are approved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from pactdesk.apps.audit.actions import record
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.errors import DeviceUnknown
from pactdesk.apps.workforce.holding import employer, hold_person, need_role
from pactdesk.apps.workforce.kinds import Deed, DeviceState
from pactdesk.apps.workforce.models import Device, WorkTerms
from pactdesk.apps.workforce.queries import agents_of, led_by, one_self, worked_by
from pactdesk.core.units.instants import Instant

TELL_OFF_PLATFORM = "workforce.off_platform"
SEEN_TO_MS = 10 * 60_000

# Of two requests at once one writes the row, and both go on.
_MEET = """
INSERT INTO workforce_device
    (id, org_id, person_id, device_hash, label, state, first_seen_ms, last_seen_ms)
VALUES (%s, %s, %s, %s, %s, 'waiting', %s, %s)
ON CONFLICT (person_id, device_hash) DO NOTHING
"""
_TELL = """
INSERT INTO workforce_offplatform
    (id, contract_id, org_id, person_id, device_id, deed, day, at_ms)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (contract_id, device_id, deed, day) DO NOTHING
"""


def device_hash(secret: str) -> str:
    """What is kept of a browser's own secret."""
    return sha256(b"pactdesk device\n" + secret.encode()).hexdigest()


def note_work(
    scope: Scope,
    *,
    secret: str,
    label: str,
    deed: Deed,
    at: Instant,
    contracts: Iterable[UUID] | None = None,
) -> bool:
    """Somebody works at the device with this secret; whether the lead has to approve it first.

    Work is never refused here: what was done from elsewhere is recorded and told.

    contracts  those that the deed concerns; all that the person works for, unless told
    """
    person = one_self(scope)
    device = _met(scope, person, device_hash(secret), label, at)
    if device.state == DeviceState.APPROVED:
        return False
    concerned = set(worked_by(scope) if contracts is None else contracts)
    asking = WorkTerms.objects.filter(contract_id__in=concerned, designated_devices=True)
    asked = sorted(asking.values_list("contract_id", flat=True))
    for contract in asked:
        _tell(scope, contract, device, deed, at)
    return bool(asked)


def decide_device(by: UUID, *, device: UUID, approves: bool, at: Instant) -> None:
    """A lead approves or refuses a device of somebody who works for a contract of theirs.

    raises  DeviceUnknown, NotAllowed
    """
    with scoped(by) as scope:
        found = Device.objects.filter(pk=device).first()
        led = [one for one in led_by(scope) if Role.LEAD.value in scope.roles(one)]
        if not led:
            raise NotAllowed(action="decide_device")
        if found is None or not any(found.person_id in agents_of(scope, one) for one in led):
            raise DeviceUnknown(device=device)
        hold_person(found.person_id)
        found.state = DeviceState.APPROVED if approves else DeviceState.REFUSED
        found.decided_by_id, found.decided_at_ms = by, at
        found.save(update_fields=["state", "decided_by_id", "decided_at_ms"])
        verb = "workforce.approve_device" if approves else "workforce.refuse_device"
        record(scope, verb, subject=found.pk, details={"person": str(found.person_id)})


def ask_for_devices(by: UUID, *, contract: UUID, designated: bool) -> None:
    """From now on the contract asks, or no longer asks, for approved devices.

    raises  ContractUnknown, NotAllowed
    """
    with scoped(by) as scope:
        need_role(scope, contract, "ask_for_devices", Role.LEAD)
        hold_person(contract)
        WorkTerms.objects.update_or_create(
            contract_id=contract,
            defaults={"designated_devices": designated},
            create_defaults={"org_id": employer(scope), "designated_devices": designated},
        )
        details = {"designated": designated}
        record(scope, "workforce.ask_for_devices", contract=contract, details=details)


def _met(scope: Scope, person: UUID, hashed: str, label: str, at: Instant) -> Device:
    known = Device.objects.filter(person_id=person, device_hash=hashed)
    found = known.first()
    if found is None:
        values: list[Any] = [new_id(), employer(scope), person, hashed, label[:100], at, at]
        with connection.cursor() as cursor:
            cursor.execute(_MEET, values)
        found = known.get()
        record(scope, "workforce.meet_device", subject=found.pk)
    elif at - found.last_seen_ms > SEEN_TO_MS:
        known.update(last_seen_ms=at)
    return found


def _tell(scope: Scope, contract: UUID, device: Device, deed: Deed, at: Instant) -> None:
    day = datetime.fromtimestamp(at / 1000, UTC).date()
    number = new_id()
    values: list[Any] = [
        number,
        contract,
        device.org_id,
        device.person_id,
        device.pk,
        deed.value,
        day,
        at,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TELL, values)
        is_new = cursor.rowcount == 1
    if is_new:
        details = {"deed": deed.value}
        record(
            scope, "workforce.off_platform", subject=device.pk, contract=contract, details=details
        )
        leave_errand(scope, TELL_OFF_PLATFORM, {"off_platform": str(number)}, contract=contract)
