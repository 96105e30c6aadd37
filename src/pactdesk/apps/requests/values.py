"""Rows to values: texts that are locked for their row alone, instants, rounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from pactdesk.apps.requests.errors import RequestTooLong, RequestWordsMissing
from pactdesk.apps.requests.kinds import Kind
from pactdesk.apps.requests.models import Delivery, Entry, File, Request
from pactdesk.core.units.instants import Instant, day_start, local_day
from pactdesk.gateways.vault.data_keys import ContractKeys, Place

SUBJECT, PURPOSE, BODY = "subject_ciphertext", "purpose_ciphertext", "body_ciphertext"
WORDS, NAME, CONTENT = "words_ciphertext", "name_ciphertext", "content_ciphertext"
LONGEST_SUBJECT = 120
LONGEST_WORDS = 4_000


def said(words: str, longest: int = LONGEST_WORDS) -> str:
    """Words that have to be there.

    raises  RequestWordsMissing, RequestTooLong
    """
    told = said_or_nothing(words, longest)
    if not told:
        raise RequestWordsMissing()
    return told


def said_or_nothing(words: str, longest: int = LONGEST_WORDS) -> str:
    """Words as they are kept, with the line breaks of one kind; raises RequestTooLong."""
    told = words.replace("\r\n", "\n").strip()
    if len(told) > longest:
        raise RequestTooLong(length=len(told), longest=longest)
    return told


def locked(words: str, keys: ContractKeys, row: UUID, column: str) -> bytes:
    """A text that opens only in this row."""
    return keys.encrypt(words.encode(), Place(row, column))


def subject_of(asked: Request, keys: ContractKeys) -> str:
    """What it is about, in a line."""
    return keys.decrypt(bytes(asked.subject_ciphertext), Place(asked.id, SUBJECT)).decode()


def purpose_of(asked: Request, keys: ContractKeys) -> str:
    """What the data are for; empty of other requests."""
    if asked.purpose_ciphertext is None:
        return ""
    return keys.decrypt(bytes(asked.purpose_ciphertext), Place(asked.id, PURPOSE)).decode()


def body_of(entry: Entry, keys: ContractKeys) -> str:
    """What was said with a step; empty if nothing was."""
    if entry.body_ciphertext is None:
        return ""
    return keys.decrypt(bytes(entry.body_ciphertext), Place(entry.id, BODY)).decode()


def words_of(delivery: Delivery, keys: ContractKeys) -> str:
    """What was handed over, and where."""
    return keys.decrypt(bytes(delivery.words_ciphertext), Place(delivery.id, WORDS)).decode()


def name_of(file: File, keys: ContractKeys) -> str:
    """The file's own name."""
    return keys.decrypt(bytes(file.name_ciphertext), Place(file.id, NAME)).decode()


def content_of(file: File, keys: ContractKeys) -> bytes:
    """The file."""
    return keys.decrypt(bytes(file.content_ciphertext), Place(file.id, CONTENT))


def digest_of(files: Iterable[tuple[str, str]]) -> str:
    """SHA-256 of the list that `sha256sum` prints for (digest, name), sorted: the order in which
    files were chosen changes nothing.

    >>> digest_of([("ab" * 32, "b.csv"), ("cd" * 32, "a.csv")])[:12]
    '95fda60e9ea8'
    """
    lines = sorted(f"{digest}  {name}\n" for digest, name in files)
    return sha256("".join(lines).encode()).hexdigest()


def code_of(kind: Kind, number: int) -> str:
    """R-7 of help, a decision or access; D-3 of data."""
    return f"{'D' if kind is Kind.DATA else 'R'}-{number}"


def instance_code(asked: Request) -> str:
    """What facts call this round of it: R-7, and R-7.2 once it was opened again.

    Data that came in parts are one performance, due once.
    """
    if asked.round == 1 or asked.kind == Kind.DATA.value:
        return asked.code
    return f"{asked.code}.{asked.round}"


def due_on(asked: Request, zone: ZoneInfo) -> date | None:
    """The day in which it is due."""
    return None if asked.due_at_ms is None else local_day(Instant(asked.due_at_ms), zone)


def end_of(day: date, zone: ZoneInfo) -> Instant:
    """The last instant of a day."""
    return Instant(day_start(day + timedelta(days=1), zone) - 1)


@dataclass(frozen=True, slots=True)
class Lost:
    """The time by which an answer came too late: `start` included, `end` excluded."""

    start: Instant
    end: Instant


def lost_time(asked: Request) -> Lost | None:
    """From the last instant in time to the answer; none if it came in time, or not yet."""
    if asked.due_at_ms is None or asked.answered_at_ms is None:
        return None
    start, end = Instant(asked.due_at_ms + 1), Instant(asked.answered_at_ms)
    return Lost(start, end) if start < end else None
