"""What is done about a request, and the files of its deliveries."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pactdesk.apps.audit.actions import record
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.requests import actions
from pactdesk.apps.requests.delivering import HandedOver, check_sizes
from pactdesk.apps.requests.excusing import excused
from pactdesk.apps.requests.kinds import Kind, Step
from pactdesk.apps.requests.queries import file_of, request_of
from pactdesk.apps.requests.values import content_of, name_of, subject_of
from pactdesk.apps.statements.actions import tell_event
from pactdesk.core.units.instants import Instant, instant_of, zone_named
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.files import attachment
from pactdesk.web.portal.vaults import vault
from pactdesk.web.requests.access import dealt_with, for_dealing, for_managing
from pactdesk.web.requests.said import say
from pactdesk.web.requests.shown import moment

_SAYING = {
    "answer": (actions.answer, Step.ANSWERED),
    "reply": (actions.reply, Step.REPLIED),
    "reopen": (actions.reopen, Step.REOPENED),
    "withdraw": (actions.withdraw, Step.WITHDRAWN),
    "miss": (actions.miss, Step.MISSING),
    "return": (actions.give_back, Step.RETURNED),
}
_SILENT = {
    "close": (actions.close, Step.CLOSED),
    "receive": (actions.receive, Step.RECEIVED),
}


@require_POST
@for_dealing
def act(request: PersonRequest, contract: UUID, asked: str, deed: str) -> HttpResponse:
    """Reply, answer, open again, close, withdraw, receive, say what is missing, give back."""
    dealt_with(request.scope, contract)
    by, at, keys = request.user.pk, instant_of(timezone.now()), vault()
    if deed in _SAYING:
        say_it, step = _SAYING[deed]
        words = request.POST.get("words", "")
        say_it(by, contract=contract, code=asked, words=words, at=at, vault=keys)
    elif deed in _SILENT:
        do_it, step = _SILENT[deed]
        do_it(by, contract=contract, code=asked, at=at, vault=keys)
    else:
        raise Http404
    return _back(contract, asked, step.value)


@require_POST
@for_managing
def deliver(request: PersonRequest, contract: UUID, asked: str) -> HttpResponse:
    """Files, or words about where the data were handed over."""
    dealt_with(request.scope, contract, Kind.DATA)
    sent = request.FILES.getlist("files")
    check_sizes([each.size or 0 for each in sent])
    files = [(each.name or "file", each.read()) for each in sent]
    words, digest = request.POST.get("words", ""), request.POST.get("digest", "")
    given = HandedOver(words=words, files=files, digest=digest)
    at = instant_of(timezone.now())
    actions.deliver(
        request.user.pk, contract=contract, code=asked, given=given, at=at, vault=vault()
    )
    return _back(contract, asked, Step.DELIVERED.value)


@require_POST
@for_managing
def excuse(request: PersonRequest, contract: UUID, asked: str) -> HttpResponse:
    """Propose to leave the time out that a late answer of the client cost; it has to agree."""
    found, _ = dealt_with(request.scope, contract)
    one = request_of(request.scope, contract, asked)
    exclusion, zone = excused(one), zone_named(found.zone)
    subject = subject_of(one, content_keys(contract, vault()))
    note = say(
        "excuse.note",
        code=one.code,
        subject=subject,
        asked=moment(one.runs_from_ms, zone),
        due=moment(one.due_at_ms, zone),
        answered=moment(one.answered_at_ms, zone),
    )
    tell_event(
        request.user.pk,
        contract=contract,
        event=one.round_id,
        told=exclusion,
        occurred_at=Instant(exclusion.start),
        at=timezone.now(),
        note=note,
    )
    return _back(contract, asked, "excused")


@require_safe
@for_managing
def file(request: PersonRequest, contract: UUID, asked: str, handed: UUID) -> HttpResponse:
    """One file, to be kept; no browser takes it for a page of ours."""
    dealt_with(request.scope, contract, Kind.DATA)
    one = request_of(request.scope, contract, asked)
    found, keys = file_of(one, handed), content_keys(contract, vault())
    record(request.scope, "requests.read_file", subject=found.id, contract=contract)
    return attachment(content_of(found, keys), name_of(found, keys), found.media_type)


def _back(contract: UUID, code: str, done: str) -> HttpResponse:
    url = reverse("requests:request", args=[contract, code])
    return HttpResponseRedirect(f"{url}?done={done}")
