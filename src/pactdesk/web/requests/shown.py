"""Requests as pages show them: how each stands, until when, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.parties.queries import people_visible_to
from pactdesk.apps.requests.kinds import OTHER, Clock, Ending, Kind, State, Step
from pactdesk.apps.requests.models import Delivery, Entry, File, Request
from pactdesk.apps.requests.queries import deliveries_of, entries_of, files_of
from pactdesk.apps.requests.values import body_of, lost_time, name_of, subject_of, words_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import Instant, iso_text, local_day, local_time, zone_named
from pactdesk.gateways.vault.data_keys import ContractKeys
from pactdesk.web.requests.said import length_text, say, side

_ICONS = {
    Step.ANSWERED: ("check", "good"),
    Step.CLOSED: ("check", "good"),
    Step.RECEIVED: ("check", "good"),
    Step.REOPENED: ("bell", "bad"),
    Step.MISSING: ("bell", "bad"),
    Step.DELIVERED: ("paper", "info"),
    Step.WITHDRAWN: ("close", ""),
}


@dataclass(frozen=True, slots=True)
class Due:
    """Until when: in words, with what is to be thought of it."""

    at: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One request of a list."""

    code: str
    url: str
    subject: str
    kind: str
    state: str
    stands: str
    tone: str
    due: Due
    asked: str
    contract: str


@dataclass(frozen=True, slots=True)
class SaidShown:
    """One step of the thread; `key` is the kind of step."""

    key: str
    step: str
    icon: str
    tone: str
    who: str
    side: str
    at: str
    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file, to be downloaded."""

    name: str
    url: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DeliveryShown:
    """What was handed over: when, by whom, and what the receiver said to it."""

    title: str
    by: str
    at: str
    giver: str
    received_at: str
    receiver: str
    words: str
    digest: str
    files: tuple[FileShown, ...]
    answer: str
    tone: str


def moment(at_ms: int | None, zone: ZoneInfo) -> str:
    """2026-11-24 14:03, on the contract's clocks; empty for never."""
    return "" if at_ms is None else f"{local_time(Instant(at_ms), zone):%Y-%m-%d %H:%M}"


def row_of(
    asked: Request,
    contract: Contract,
    keys: ContractKeys,
    now: Instant,
    mine: Party | None = None,
) -> Row:
    """The request in a list; `now` decides what is late, `mine` is the reader's side."""
    zone = zone_named(contract.zone)
    return Row(
        code=asked.code,
        url=reverse("requests:request", args=[contract.pk, asked.code]),
        subject=subject_of(asked, keys),
        kind=say(f"kind.{asked.kind}"),
        state=asked.state,
        stands=stands(asked, mine),
        tone=tone_of(asked, now, zone),
        due=due_of(asked, zone, now),
        asked=moment(asked.asked_at_ms, zone)[:10],
        contract=contract.title,
    )


def is_open(asked: Request) -> bool:
    """Whether anything is still to come of it, but giving data back."""
    return State(asked.state) in (State.OPEN, State.ANSWERED)


def awaits(asked: Request, party: Party) -> bool:
    """Whether it is the turn of `party`."""
    return is_open(asked) and asked.awaits == party.value


def is_overdue(asked: Request, now: Instant) -> bool:
    """Whether an answer, or data, should have come by now."""
    is_late = asked.due_at_ms is not None and now > asked.due_at_ms
    return is_late and State(asked.state) is State.OPEN


def stands(asked: Request, mine: Party | None = None) -> str:
    """How it stands, and whose turn it is; the reader's own side, if it is told, is "you"."""
    asker = Party(asked.asked_by)

    def called(party: Party) -> str:
        return say("side.you") if party is mine else side(party)

    is_data = asked.kind == Kind.DATA.value
    if asked.state == State.CLOSED.value and asked.awaits is not None:
        ending = say(f"ending.{asked.ending}")
        return say("state.return_due", day=asked.ends_on, ending=ending)
    if is_data and asked.state == State.ANSWERED.value:
        return say("state.answered_data", who=called(asker))
    suffix = "_data" if is_data and asked.state != State.WITHDRAWN.value else ""
    return say(f"state.{asked.state}{suffix}", who=called(OTHER[asker]))


def tone_of(asked: Request, now: Instant, zone: ZoneInfo) -> str:
    """bad: overdue; warn: little time left; good: done."""
    if asked.state == State.OPEN.value:
        if is_overdue(asked, now):
            return "bad"
        soon = asked.warn_at_ms is not None and now >= asked.warn_at_ms
        return "warn" if soon else "info"
    if asked.state == State.CLOSED.value and asked.awaits is not None and asked.ends_on:
        return "bad" if local_day(now, zone) > asked.ends_on else "warn"
    return "" if asked.state == State.WITHDRAWN.value else "good"


def due_of(asked: Request, zone: ZoneInfo, now: Instant) -> Due:
    """The last moment, and what became of it."""
    at = moment(asked.due_at_ms, zone)
    if asked.due_at_ms is None:
        return Due("", say("clock.unknown"), "")
    suffix = ""
    if asked.kind == Kind.DATA.value:
        at, suffix = at[:10], "_data"
    if asked.answered_at_ms is not None:
        lost = lost_time(asked)
        if lost is None:
            return Due(at, say(f"clock.in_time{suffix}"), "good")
        length = length_text(lost.end - lost.start)
        return Due(at, say(f"clock.late{suffix}", length=length), "bad")
    if asked.state != State.OPEN.value:
        return Due(at, "", "")
    if now > asked.due_at_ms:
        return Due(at, say("clock.overdue"), "bad")
    if asked.warn_at_ms is not None and now >= asked.warn_at_ms:
        return Due(at, say("clock.warn"), "warn")
    return Due(at, "", "")


def counted(asked: Request) -> str:
    """Which time counts."""
    return say(f"clock.{Clock(asked.clock)}")


def names_of(scope: Scope, ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Person → name, of those that can be seen."""
    wanted = {each for each in ids if each}
    return dict(people_visible_to(scope).filter(id__in=wanted).values_list("id", "name"))


def thread_of(
    entries: Iterable[Entry], keys: ContractKeys, names: Mapping[UUID, str], zone: ZoneInfo
) -> list[SaidShown]:
    """What was said and done, in order."""
    shown = []
    for each in entries:
        icon, tone = _ICONS.get(Step(each.step), ("chat", ""))
        shown.append(
            SaidShown(
                key=each.step,
                step=say(f"step.{each.step}"),
                icon=icon,
                tone=tone,
                who=names.get(each.person_id, ""),
                side=side(each.party),
                at=moment(each.at_ms, zone),
                iso=iso_text(Instant(each.at_ms)),
                words=body_of(each, keys),
            )
        )
    return shown


@dataclass(frozen=True, slots=True)
class Whole:
    """A request with everything of it, as its page and its record show it."""

    asked: Request
    contract: Contract
    keys: ContractKeys
    zone: ZoneInfo
    names: Mapping[UUID, str]
    thread: tuple[SaidShown, ...]
    deliveries: tuple[DeliveryShown, ...]


def whole_of(scope: Scope, asked: Request, contract: Contract, keys: ContractKeys) -> Whole:
    """Read with as few questions as there are tables."""
    zone = zone_named(contract.zone)
    entries, handed = list(entries_of(asked)), list(deliveries_of(asked))
    people = [asked.asker_id, *(each.person_id for each in entries)]
    people += [one for each in handed for one in (each.person_id, each.receiver_id) if one]
    names = names_of(scope, people)
    files = list(files_of(asked)) if handed else []
    return Whole(
        asked,
        contract,
        keys,
        zone,
        names,
        tuple(thread_of(entries, keys, names, zone)),
        tuple(
            _delivery(
                each, [one for one in files if one.delivery_id == each.id], asked, keys, names, zone
            )
            for each in handed
        ),
    )


def _delivery(
    each: Delivery,
    files: list[File],
    asked: Request,
    keys: ContractKeys,
    names: Mapping[UUID, str],
    zone: ZoneInfo,
) -> DeliveryShown:
    answer, tone = say("delivery.waiting"), ""
    if each.receiver_id is not None:
        key, tone = ("received", "good") if each.is_whole else ("missing", "bad")
        who, seen = names.get(each.receiver_id, ""), moment(each.received_at_ms, zone)
        answer = say(f"delivery.{key}", name=who, at=seen)
    by = names.get(each.person_id, "")
    at = moment(each.at_ms, zone)
    return DeliveryShown(
        title=say("delivery.title", n=each.number),
        by=say("delivery.by", name=by, at=at),
        at=at,
        giver=by,
        received_at=moment(each.received_at_ms, zone) if each.is_whole else "",
        receiver=names.get(each.receiver_id, "") if each.receiver_id and each.is_whole else "",
        words=words_of(each, keys),
        digest=each.digest,
        files=tuple(_file(one, asked, keys) for one in files),
        answer=answer,
        tone=tone,
    )


def _file(file: File, asked: Request, keys: ContractKeys) -> FileShown:
    return FileShown(
        name=name_of(file, keys),
        url=reverse("requests:file", args=[asked.contract_id, asked.code, file.id]),
        size=size_text(file.size),
        sha256=file.sha256,
    )


def size_text(size: int) -> str:
    """Bytes in the largest fitting unit.

    >>> size_text(999), size_text(1_500_000)
    ('999 B', '1.4 MB')
    """
    if size < 1024:
        return f"{size} B"
    if size < 1024**2:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024**2:.1f} MB"


def ending_text(asked: Request, zone: ZoneInfo) -> str:
    """What becomes of the data, by when, or when it was done."""
    ending = say(f"ending.{asked.ending}")
    if asked.returned_at_ms is not None:
        return say("data.returned", at=moment(asked.returned_at_ms, zone)[:10], ending=ending)
    if asked.ending == Ending.KEEP.value or asked.ends_on is None:
        return ending
    return say("data.ends", ending=ending, day=asked.ends_on)
