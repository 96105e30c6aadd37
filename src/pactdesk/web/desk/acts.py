"""What can be done with a conversation from its page, each by a plain form."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_POST

from pactdesk.apps.conversations.actions import (
    Means,
    classify,
    close,
    end_wait,
    post_message,
    reopen,
    resolve,
    set_wait,
    tell_progress,
)
from pactdesk.apps.conversations.hands import Hand, agent
from pactdesk.apps.conversations.kinds import WaitReason
from pactdesk.apps.workforce.kinds import Deed
from pactdesk.core.facts.kinds import CaseType
from pactdesk.core.units.instants import Instant
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.conversation import page_of, served_conversation
from pactdesk.web.desk.inbox import SERVING, Wish
from pactdesk.web.desk.means import means_of
from pactdesk.web.desk.now import now
from pactdesk.web.workforce.platform import note_device

_PLAIN: dict[str, Callable[..., None]] = {
    "continue": end_wait,
    "resolve": resolve,
    "reopen": reopen,
    "close": close,
}


@for_roles(*SERVING)
@require_POST
def post(request: PersonRequest, conversation: UUID) -> HttpResponse:
    """Keep a message: without the live door, or without scripts. A key twice is one message."""
    means, hand = _at_work(request, conversation)
    # Browsers send line breaks as CR LF, whatever the person typed.
    body = request.POST.get("body", "").replace("\r\n", "\n")
    key = request.POST.get("key", "")
    at = now()
    note_device(request, Deed.REPLY, [means.contract])
    posted = post_message(conversation, hand, body, key=key, at=at, means=means)
    if request.accepts("text/html"):
        return _back(request, conversation)
    told = {"id": str(posted.id), "sequence": posted.sequence, "fresh": posted.fresh, "at_ms": at}
    return JsonResponse(told)


@for_roles(*SERVING)
@require_POST
def act(request: PersonRequest, conversation: UUID, verb: str) -> HttpResponse:
    """Say what it is about, wait, go on, tell of progress, resolve, reopen, close."""
    means, hand = _at_work(request, conversation)
    at: Instant = now()
    if verb == "wait":
        set_wait(conversation, hand, _reason(request), at=at, means=means)
    elif verb == "classify":
        classify(conversation, hand, _case_type(request), at=at, means=means)
    elif verb == "progress":
        found = served_conversation(request.scope, conversation)
        if not page_of(request.scope, found, at).may_tell_progress:
            raise Http404
        tell_progress(conversation, hand, at=at, means=means)
    elif verb in _PLAIN:
        _PLAIN[verb](conversation, hand, at=at, means=means)
    else:
        raise Http404
    return _back(request, conversation)


def _at_work(request: PersonRequest, conversation: UUID) -> tuple[Means, Hand]:
    found = served_conversation(request.scope, conversation)
    assert request.scope.person is not None  # noqa: S101 - somebody is logged in
    return means_of(request.scope, found.contract_id), agent(request.scope.person)


def _reason(request: PersonRequest) -> WaitReason:
    told = request.POST.get("reason", "")
    return WaitReason(told) if told in set(WaitReason) else WaitReason.CUSTOMER


def _case_type(request: PersonRequest) -> CaseType:
    told = request.POST.get("case_type", "")
    if told not in set(CaseType):
        raise Http404
    return CaseType(told)


def _back(request: PersonRequest, conversation: UUID) -> HttpResponse:
    address = Wish.of(request.GET.dict()).address("desk:conversation", conversation)
    return HttpResponseRedirect(address)
