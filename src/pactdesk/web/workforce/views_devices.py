"""The designated platform: devices that wait for the lead's word, and work from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.queries import people_visible_to
from pactdesk.apps.workforce.actions import ask_for_devices, decide_device
from pactdesk.apps.workforce.kinds import DeviceState
from pactdesk.apps.workforce.models import Device
from pactdesk.apps.workforce.queries import (
    asks_for_devices,
    devices_led_by,
    leads_somewhere,
    led_by,
    off_platform_in,
)
from pactdesk.core.units.instants import Instant, local_time
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.now import now
from pactdesk.web.moments import display_zone
from pactdesk.web.workforce.team import name_of
from pactdesk.web.workforce.words import say

_MOST = 100
_DONE = frozenset({"approved", "refused", "asked", "not_asked"})
_TONES = {DeviceState.WAITING: "warn", DeviceState.APPROVED: "good", DeviceState.REFUSED: "bad"}


@dataclass(frozen=True, slots=True)
class ShownDevice:
    """One device of one person."""

    device: UUID
    name: str
    label: str
    first: str
    last: str
    state: str
    tone: str
    is_approved: bool
    is_refused: bool


@require_GET
@for_roles(Role.LEAD)
def devices(request: PersonRequest) -> HttpResponse:
    """All devices of one's people, what waits first; and what was done from elsewhere."""
    names = {one.pk: one.name for one in people_visible_to(request.scope)}
    led = set(led_by(request.scope))
    contracts = {one.pk: one for one in contracts_visible_to(request.scope) if one.pk in led}
    told = request.GET.get("done", "")
    shown = {
        "leads": leads_somewhere(request.scope),
        "contracts": [
            (one, asks_for_devices(request.scope, one.pk))
            for one in contracts.values()
            if Role.LEAD.value in request.scope.roles(one.pk)
        ],
        "devices": [_shown(each, names) for each in devices_led_by(request.scope)[:_MOST]],
        "off": [
            (
                name_of(each.person_id, names),
                say(f"deed.{each.deed}"),
                each.device.label,
                contracts[each.contract_id].title,
                _moment(each.at_ms),
            )
            for each in off_platform_in(request.scope)[:_MOST]
        ],
        "done": say(f"done.{told}") if told in _DONE else "",
    }
    return render(request, "workforce/devices.html", shown)


@require_POST
@for_roles(Role.LEAD)
def decide(request: PersonRequest, device: UUID) -> HttpResponse:
    """Approve it, or not."""
    approves = request.POST.get("answer") == "yes"
    decide_device(request.user.pk, device=device, approves=approves, at=now())
    return _back("approved" if approves else "refused")


@require_POST
@for_roles(Role.LEAD)
def ask(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Whether the contract asks for approved devices."""
    designated = request.POST.get("designated") == "yes"
    ask_for_devices(request.user.pk, contract=contract, designated=designated)
    return _back("asked" if designated else "not_asked")


def _shown(device: Device, names: dict[UUID, str]) -> ShownDevice:
    state = DeviceState(device.state)
    return ShownDevice(
        device=device.pk,
        name=name_of(device.person_id, names),
        label=device.label,
        first=_moment(device.first_seen_ms),
        last=_moment(device.last_seen_ms),
        state=say(f"device.{state}"),
        tone=_TONES[state],
        is_approved=state is DeviceState.APPROVED,
        is_refused=state is DeviceState.REFUSED,
    )


def _moment(at: int) -> str:
    return f"{local_time(Instant(at), display_zone()):%Y-%m-%d %H:%M}"


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('workforce:devices')}?done={done}")
