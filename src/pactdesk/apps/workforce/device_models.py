"""The designated platform: devices that people work from, and work from others."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.workforce.kinds import Deed, DeviceState


class Device(models.Model):
    """A browser that a person came in with.

    device_hash  of the browser's own secret, which its signed cookie holds
    label        browser and system, for people to recognise
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org_id = models.UUIDField()
    person_id = models.UUIDField()
    device_hash = models.CharField(max_length=64)
    label = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=[(one.value, one.name) for one in DeviceState])
    first_seen_ms = models.BigIntegerField()
    last_seen_ms = models.BigIntegerField()
    decided_by_id = models.UUIDField(null=True)
    decided_at_ms = models.BigIntegerField(null=True)

    class Meta:
        """A browser is one device of each person who uses it."""

        db_table = "workforce_device"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person_id", "device_hash"], name="device_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in DeviceState]),
                name="device_state_known",
            ),
        ]


class OffPlatform(models.Model):
    """Work for a contract from a device that nobody approved: once a device, deed and day (UTC)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    org_id = models.UUIDField()
    person_id = models.UUIDField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    deed = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Deed])
    day = models.DateField()
    at_ms = models.BigIntegerField()

    class Meta:
        """What racing requests cannot break."""

        db_table = "workforce_offplatform"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contract_id", "device", "deed", "day"], name="off_platform_once"
            ),
        ]


class WorkTerms(models.Model):
    """What a contract asks of how its people work.

    designated_devices  work from a device that is not approved is recorded and told (指定平台)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField(unique=True)
    org_id = models.UUIDField()
    designated_devices = models.BooleanField()

    class Meta:
        """One for each contract; none: nothing is asked."""

        db_table = "workforce_workterms"
