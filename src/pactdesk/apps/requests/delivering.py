"""Handing data over, receiving them or saying what is missing, and giving them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from re import fullmatch
from uuid import UUID

from django.db.models import Max

from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.requests.answering import begin_round
from pactdesk.apps.requests.errors import (
    DeliveryTooBig,
    DigestUnreadable,
    NothingDelivered,
    RequestNotInState,
    TooManyFiles,
)
from pactdesk.apps.requests.kinds import Ending, State, Step, Way
from pactdesk.apps.requests.models import Delivery, File, Request
from pactdesk.apps.requests.telling import (
    Hand,
    check,
    check_kind,
    held,
    leave,
    tell_duty,
    tell_return,
    write,
)
from pactdesk.apps.requests.values import (
    CONTENT,
    NAME,
    WORDS,
    digest_of,
    locked,
    said,
    said_or_nothing,
)
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.names import ContractEvent, DutyEvent, Party
from pactdesk.core.terms.clauses.confidentiality import Confidentiality
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.documents.explain.held import held_on
from pactdesk.gateways.files.sniffing import SniffedFile, sniffed
from pactdesk.gateways.vault.data_keys import Place
from pactdesk.gateways.vault.vault_keys import VaultKeys

MOST_FILES = 10
LARGEST_DELIVERY = 15 * 2**20
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What somebody hands over: files, or words that say where it was done otherwise.

    files   (name, content)
    digest  SHA-256 of what was handed over elsewhere, if its giver tells
    """

    words: str = ""
    files: Sequence[tuple[str, bytes]] = ()
    digest: str = ""


def deliver(
    by: UUID, *, contract: UUID, code: str, given: HandedOver, at: Instant, vault: VaultKeys
) -> None:
    """The other side hands the data over; whether they are whole, the asker says.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState, NothingDelivered,
            TooManyFiles, DeliveryTooBig, DigestUnreadable, RequestTooLong, and what `sniffed` does
    """
    check_sizes([len(content) for _, content in given.files])
    taken = [sniffed(name, content) for name, content in given.files]
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "deliver", at, vault)
        check_kind(asked, "deliver", is_data=True)
        check(asked, "deliver", hand.party, State.OPEN, by_asker=False)
        _keep(hand, asked, given, taken)
        asked.state, asked.awaits = State.ANSWERED.value, asked.asked_by
        asked.answered_at_ms = at
        asked.save()
        leave(hand, asked, Step.DELIVERED)


def receive(by: UUID, *, contract: UUID, code: str, at: Instant, vault: VaultKeys) -> None:
    """The asker has the data, whole: the ledger keeps who, when, and which digest.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "receive", at, vault)
        check_kind(asked, "receive", is_data=True)
        check(asked, "receive", hand.party, State.ANSWERED, by_asker=True)
        last = _answered(hand, asked, is_whole=True)
        has_to_end = asked.ending != Ending.KEEP.value
        asked.state, asked.ended_at_ms = State.CLOSED.value, at
        asked.awaits = hand.party.value if has_to_end else None
        asked.save()
        leave(hand, asked, Step.RECEIVED)
        # Done when it was handed over, however long the receiver took to look.
        then = replace(hand, at=Instant(last.at_ms))
        tell_duty(then, asked, DutyEvent.DONE)
        if hand.party is Party.PROVIDER:
            cause = f"{asked.code} sha256:{last.digest[:16]}" if last.digest else asked.code
            supplied = ContractStep(ContractEvent.DATA_SUPPLIED, Party.CLIENT, cause)
            write(then, asked, supplied, "supplied")
        clause = _returning_clause(hand, asked) if has_to_end else ""
        if clause:
            tell_return(hand, asked, clause, asked.ends_on, DutyEvent.ASKED)


def miss(by: UUID, *, contract: UUID, code: str, words: str, at: Instant, vault: VaultKeys) -> None:
    """The asker says what is missing; the request is open again.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState, RequestWordsMissing,
            RequestTooLong
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "miss", at, vault)
        check_kind(asked, "miss", is_data=True)
        check(asked, "miss", hand.party, State.ANSWERED, by_asker=True)
        _answered(hand, asked, is_whole=False)
        begin_round(hand, asked)
        leave(hand, asked, Step.MISSING, said(words))


def give_back(
    by: UUID, *, contract: UUID, code: str, words: str, at: Instant, vault: VaultKeys
) -> None:
    """The asker has given the data back, or destroyed them, and says how.

    raises  ContractUnknown, RequestUnknown, NotAllowed, RequestNotInState, RequestWordsMissing,
            RequestTooLong
    """
    with scoped(by) as scope:
        hand, asked = held(scope, by, contract, code, "return", at, vault)
        check(asked, "return", hand.party, State.CLOSED, by_asker=True)
        if asked.awaits is None:
            raise RequestNotInState(code=asked.code, state=asked.state, action="return")
        asked.awaits, asked.returned_at_ms = None, at
        asked.save()
        leave(hand, asked, Step.RETURNED, said(words))
        clause = _returning_clause(hand, asked)
        if clause:
            tell_return(hand, asked, clause, asked.ends_on, DutyEvent.DONE)


def check_sizes(sizes: Sequence[int]) -> None:
    """Raises TooManyFiles or DeliveryTooBig; can be asked before anything is read."""
    if len(sizes) > MOST_FILES:
        raise TooManyFiles(count=len(sizes), most=MOST_FILES)
    if sum(sizes) > LARGEST_DELIVERY:
        size = f"{sum(sizes) / _MEGABYTE:.1f}"
        raise DeliveryTooBig(size=size, largest=LARGEST_DELIVERY // _MEGABYTE)


def _keep(hand: Hand, asked: Request, given: HandedOver, taken: Sequence[SniffedFile]) -> None:
    words = said_or_nothing(given.words)
    if not taken and not words:
        raise NothingDelivered()
    told = given.digest.strip().lower()
    if told and not fullmatch(r"[0-9a-f]{64}", told):
        raise DigestUnreadable(digest=told[:80])
    digests = [sha256(each.content).hexdigest() for each in taken]
    named = zip(digests, (each.name for each in taken), strict=True)
    number = new_id()
    before = Delivery.objects.filter(request_id=asked.id).aggregate(last=Max("number"))["last"]
    Delivery.objects.create(
        id=number,
        contract_id=asked.contract_id,
        request_id=asked.id,
        number=(before or 0) + 1,
        way=(Way.FILES if taken else Way.ELSEWHERE).value,
        words_ciphertext=locked(words, hand.keys, number, WORDS),
        digest=digest_of(named) if taken else told,
        person_id=hand.person,
        at_ms=hand.at,
    )
    for each, digest in zip(taken, digests, strict=True):
        file = new_id()
        File.objects.create(
            id=file,
            contract_id=asked.contract_id,
            request_id=asked.id,
            delivery_id=number,
            name_ciphertext=locked(each.name, hand.keys, file, NAME),
            media_type=each.media_type,
            size=len(each.content),
            sha256=digest,
            content_ciphertext=hand.keys.encrypt(each.content, Place(file, CONTENT)),
        )


def _answered(hand: Hand, asked: Request, *, is_whole: bool) -> Delivery:
    """The last delivery, with the receiver's word."""
    rows = Delivery.objects.filter(request_id=asked.id, contract_id=asked.contract_id)
    last = rows.order_by("-number")[0]
    last.receiver_id, last.received_at_ms, last.is_whole = hand.person, hand.at, is_whole
    last.save(update_fields=["receiver_id", "received_at_ms", "is_whole"])
    return last


def _returning_clause(hand: Hand, asked: Request) -> str:
    """The clause under which data are given back: of secrecy, else the request's own."""
    received = Instant(asked.ended_at_ms or hand.at)
    day = local_day(received, zone_named(hand.contract.zone))
    terms = held_on(terms_of(hand.scope, hand.contract.pk, day), day)
    secrecy = terms.of_kind(Confidentiality)
    return secrecy[0].id if secrecy else asked.clause
