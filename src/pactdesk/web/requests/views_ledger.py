"""The ledger of data that went from one party to the other: page, table, paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.requests.kinds import OTHER, Kind, Step
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.queries import requests_of
from pactdesk.apps.requests.values import purpose_of, subject_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import Instant, instant_of, local_day, zone_named
from pactdesk.documents.ledger.render import Handed, Ledger, Transfer, render_ledger
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.files import attachment
from pactdesk.web.portal.vaults import vault
from pactdesk.web.requests.access import dealt_with, for_managing
from pactdesk.web.requests.said import say, side
from pactdesk.web.requests.shown import (
    DeliveryShown,
    SaidShown,
    Whole,
    due_of,
    ending_text,
    is_open,
    moment,
    row_of,
    stands,
    whole_of,
)
from pactdesk.web.requests.views import frame
from pactdesk.web.ui.words import page_language

COLUMNS = (
    *("code", "subject", "purpose", "ground", "from", "to", "asked", "until", "delivered", "by"),
    *("files", "digest", "received", "receiver", "ending", "ended", "state"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@for_managing
def ledger(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Every request for data, the newest first."""
    found, _ = dealt_with(request.scope, contract, Kind.DATA)
    now, keys = instant_of(timezone.now()), content_keys(contract, vault())
    every = _data(request.scope, contract)
    groups = {
        "open": [each for each in every if is_open(each)],
        "held": [each for each in every if not is_open(each) and each.awaits],
        "over": [each for each in every if not is_open(each) and not each.awaits],
    }
    wanted = request.GET.get("show", "")
    shown = {
        "contract": found,
        **frame(request.scope, found),
        "all": len(every),
        "show": wanted if wanted in groups else "",
        "filters": [
            (name, say(f"ledger_page.show.{name}"), len(some), name == wanted)
            for name, some in groups.items()
            if some or name == wanted
        ],
        "rows": [
            (row_of(each, found, keys, now), _ways(each), ending_text(each, zone_named(found.zone)))
            for each in groups.get(wanted, every)
        ],
    }
    return render(request, "requests/ledger.html", shown)


@require_GET
@for_managing
def ledger_csv(request: PersonRequest, contract: UUID) -> HttpResponse:
    """One row for each delivery, and for each request that has none yet."""
    found, _ = dealt_with(request.scope, contract, Kind.DATA)
    record(request.scope, "requests.export_ledger", contract=contract)
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([say(f"ledger_page.column.{column}") for column in COLUMNS])
    for whole in _wholes(request.scope, found):
        for cells in _lines(whole):
            # No cell begins as a formula: a spreadsheet would run it.
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    content = kept.getvalue().encode("utf-8-sig")
    return attachment(content, f"{found.code}-data.csv", "text/csv; charset=utf-8")


@require_GET
@for_managing
def ledger_pdf(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The record on paper, in the page's language; `?code=` of one request alone."""
    found, _ = dealt_with(request.scope, contract, Kind.DATA)
    record(request.scope, "requests.export_ledger", contract=contract)
    code = request.GET.get("code", "")
    wholes = [each for each in _wholes(request.scope, found) if code in ("", each.asked.code)]
    now = instant_of(timezone.now())
    zone = zone_named(found.zone)
    paper = Ledger(
        title=say("ledger_page.title"),
        subtitle=f"{found.title} · {found.code}",
        meta=(
            (side(Party.PROVIDER), found.provider_org.name),
            (side(Party.CLIENT), found.client_org.name),
            (say("ledger_page.on"), moment(now, zone)),
        ),
        transfers=tuple(_transfer(each, now) for each in wholes),
        none=say("ledger_page.none.title"),
    )
    content = render_ledger(paper, local_day(now, zone), page_language())
    name = f"{found.code}-{code or 'data'}.pdf"
    return attachment(content, name, "application/pdf")


def _data(scope: Scope, contract: UUID) -> list[Request]:
    return list(requests_of(scope, contract).filter(kind=Kind.DATA.value))


def _wholes(scope: Scope, contract: Contract) -> list[Whole]:
    keys = content_keys(contract.pk, vault())
    return [whole_of(scope, each, contract, keys) for each in _data(scope, contract.pk)]


def _ways(asked: Request) -> str:
    """委托方 → 服务方."""
    asker = Party(asked.asked_by)
    return f"{side(OTHER[asker])} → {side(asker)}"


def _lines(whole: Whole) -> Iterator[list[str]]:
    for each in whole.deliveries or (None,):
        yield _cells(whole, each)


def _cells(whole: Whole, delivery: DeliveryShown | None) -> list[str]:
    asked, zone = whole.asked, whole.zone
    asker = Party(asked.asked_by)
    files = [f"{one.name} ({one.size}) {one.sha256}" for one in delivery.files] if delivery else []
    return [
        asked.code,
        subject_of(asked, whole.keys),
        purpose_of(asked, whole.keys),
        say(f"ground.{asked.ground}"),
        side(OTHER[asker]),
        side(asker),
        moment(asked.asked_at_ms, zone),
        moment(asked.due_at_ms, zone)[:10],
        delivery.at if delivery else "",
        delivery.giver if delivery else "",
        "\n".join(files) or (delivery.words if delivery else ""),
        delivery.digest if delivery else "",
        delivery.received_at if delivery else "",
        delivery.receiver if delivery else "",
        ending_text(asked, zone),
        moment(asked.returned_at_ms, zone),
        stands(asked),
    ]


def _transfer(whole: Whole, now: Instant) -> Transfer:
    asked, zone = whole.asked, whole.zone
    due = due_of(asked, zone, now)
    who, name = side(asked.asked_by), whole.names.get(asked.asker_id, "")
    facts = (
        (say("ledger_page.way"), _ways(asked)),
        (say("step.asked"), f"{moment(asked.asked_at_ms, zone)} · {who} {name}"),
        (say("data.until"), f"{due.at} {due.words}".strip()),
        (say("data.purpose"), purpose_of(asked, whole.keys)),
        (say("data.ground"), say(f"ground.{asked.ground}")),
        (say("data.ending"), ending_text(asked, zone)),
        *((each.step, f"{each.at} · {each.who} {each.words}".strip()) for each in _ended(whole)),
    )
    return Transfer(
        heading=f"{asked.code} {subject_of(asked, whole.keys)}",
        stands=stands(asked),
        facts=facts,
        deliveries=tuple(_handed(each) for each in whole.deliveries),
    )


def _ended(whole: Whole) -> list[SaidShown]:
    return [each for each in whole.thread if each.key == Step.RETURNED.value]


def _handed(each: DeliveryShown) -> Handed:
    lines = [each.by, each.words, each.answer]
    if each.digest:
        lines.append(f"{say('delivery.digest')} {each.digest}")
    return Handed(
        each.title,
        tuple(line for line in lines if line),
        tuple((one.name, one.size, one.sha256) for one in each.files),
    )
