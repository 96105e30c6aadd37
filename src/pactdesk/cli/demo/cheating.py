"""What a cheat would try: change one byte of evidence, or make up a whole better history."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import Actor, Clock, ClockEvent, ClockMetric
from pactdesk.core.units.instants import Instant

_MANIFEST = "manifest.json"
QUICK_REPLY_MS = 4_000


def with_one_byte_changed(bundle: Path, copy: Path) -> str:
    """A copy in which one digit of one reply time differs; returns the evidence file.

    The manifest of the copy is made anew, so that only the seal can notice.
    """
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = _busiest_day(files)
    files[name] = _one_digit_later(files[name])
    manifest = json.loads(files[_MANIFEST])
    manifest["files"][name] = sha256(files[name]).hexdigest()
    line = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    files[_MANIFEST] = line.encode()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in files.items():
            archive.writestr(each, content)
    return name


def embellished(facts: Iterable[RecordedFact]) -> tuple[RecordedFact, ...]:
    """The same history, but every first reply came within seconds."""
    kept = tuple(facts)
    asked = {
        detail.interaction: each.fact.occurred_at
        for each in kept
        if _is(detail := each.fact.detail, ClockEvent.ACTIVATE) and isinstance(detail, Clock)
    }
    return tuple(_sooner(each, asked) for each in kept)


def _sooner(each: RecordedFact, asked: dict[str, Instant]) -> RecordedFact:
    detail = each.fact.detail
    if not (isinstance(detail, Clock) and _is(detail, ClockEvent.FULFIL)):
        return each
    if detail.actor is not Actor.AGENT or detail.interaction not in asked:
        return each
    soon = Instant(asked[detail.interaction] + QUICK_REPLY_MS)
    at = min(each.fact.occurred_at, soon)
    return RecordedFact(replace(each.fact, occurred_at=at), each.recorded_at)


def _is(detail: object, event: ClockEvent) -> bool:
    first_response = ClockMetric.FIRST_RESPONSE
    return isinstance(detail, Clock) and detail.metric is first_response and detail.event is event


def _busiest_day(files: dict[str, bytes]) -> str:
    days = [name for name in files if name.startswith("evidence/facts/")]
    return max(days, key=lambda name: len(files[name]))


def _one_digit_later(lines: bytes) -> bytes:
    """The last digit but three of the first reply's `occurred_at`, raised by one."""
    for start in range(len(lines)):
        at = lines.find(b'"event":"fulfil"', start)
        if at < 0:
            break
        place = lines.index(b'"occurred_at":', at) + len(b'"occurred_at":')
        digit = place + 9
        if lines[digit : digit + 1] != b"9":
            changed = bytes([lines[digit] + 1])
            return lines[:digit] + changed + lines[digit + 1 :]
        start = at
    return lines
