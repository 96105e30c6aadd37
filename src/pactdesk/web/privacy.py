"""Personal data in what is shown: hidden from those who need not know it, and told of in the
audit when it is shown to those who do.

Agents and leads of a contract talk to its customers and see what they wrote. To everybody else
telephone numbers, e-mail addresses, identity and bank card numbers are masked, wherever they
stand in a text.
"""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from unicodedata import normalize
from uuid import UUID

from pactdesk.apps.audit.actions import record_each_once, record_once
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.scope import Scope

SHOWN = "conversations.personal_data_shown"
INBOX_SHOWN = "conversations.inbox_shown"
"""What customers write is shown as it comes, of all conversations of a contract."""
WHO_TALKS_TO_CUSTOMERS = frozenset({Role.AGENT.value, Role.LEAD.value})

_HOUR_MS = 60 * 60 * 1000

# `\d` is any decimal digit, full-width ones too. Longer numbers come first: a mobile number
# must not be looked for inside a card's.
_IDENTITY = re.compile(r"(?<!\d)\d{15}(?:\d{2}[\dXxＸｘ])?(?![\dXxＸｘ])")
_BIRTHDAY = re.compile(r".{6}(?:(?:18|19|20)?\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]).{3}.?")
_BANK_CARD = re.compile(r"(?<!\d)(\d{4})(?:[ -]?\d){8,11}[ -]?(\d{4})(?!\d)")
_MOBILE = re.compile(
    r"(?<!\d)((?:(?:[+＋]|00)?[8８][6６][ -]?)?[1１][3-9３-９]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)"
)
_LANDLINE = re.compile(
    r"(?<!\d)([0０]\d{2,3}[ -]?|[(（][0０]\d{2,3}[)）] ?)\d{3,4}[ -]?(\d{4})(?!\d)"
)
_EMAIL = re.compile(
    r"([^\s@＠<>（）()，。：:；;、\"'“”\[\]]{1,64})[@＠]((?:[\w-]+\.)+[A-Za-z]{2,})"
)


def sees_personal_data(scope: Scope, contract: UUID) -> bool:
    """Whether the person talks to the customers of this contract."""
    return bool(scope.roles(contract) & WHO_TALKS_TO_CUSTOMERS)


def mask(scope: Scope, contract: UUID, words: str) -> str:
    """`words` as this person may read them."""
    return words if sees_personal_data(scope, contract) else masked(words)


def masked(words: str) -> str:
    """`words` with every number and address of a person hidden but for what tells them apart.

    >>> masked("打13812345678，或写 zhang.san@qq.com")
    '打138****5678，或写 z***@qq.com'
    >>> masked("身份证110101199003078515，尾号X也算：11010119900307851X")
    '身份证110***********8515，尾号X也算：110***********851X'
    """
    hidden = _IDENTITY.sub(_identity, words)
    hidden = _BANK_CARD.sub(_bank_card, hidden)
    hidden = _MOBILE.sub(r"\1****\2", hidden)
    hidden = _LANDLINE.sub(r"\1****\2", hidden)
    return _EMAIL.sub(lambda found: f"{found[1][0]}***@{found[2]}", hidden)


def note_shown(scope: Scope, *, contract: UUID, conversation: UUID, at: datetime) -> None:
    """Tell the audit that the conversation's personal data was shown to the scope's person.

    Once for each person, conversation and hour, however often the page is made anew.
    """
    entry = entry_of(SHOWN, scope.person, conversation, int(at.timestamp() * 1000))
    record_once(scope, SHOWN, entry=entry, subject=conversation, contract=contract)


def note_inbox(scope: Scope, at: datetime) -> None:
    """Tell the audit that the scope's person saw their customers' words in the inbox; likewise."""
    record_each_once(scope, INBOX_SHOWN, inbox_entries(scope, int(at.timestamp() * 1000)))


def inbox_entries(scope: Scope, at_ms: int) -> dict[UUID, UUID]:
    """Entry → contract, of each contract whose customers the scope's person talks to."""
    return {
        entry_of(INBOX_SHOWN, scope.person, contract, at_ms): contract
        for contract in scope.contracts
        if sees_personal_data(scope, contract)
    }


def _identity(found: re.Match[str]) -> str:
    """Masked if a day of birth stands where it must; else it is some other number."""
    whole = found[0]
    if not _BIRTHDAY.fullmatch(normalize("NFKC", whole)):
        return whole
    return whole[:3] + "*" * (len(whole) - 7) + whole[-4:]


def _bank_card(found: re.Match[str]) -> str:
    """Masked if its check digit is right (ISO/IEC 7812-1, Luhn): orders have long numbers too."""
    digits = [int(one) for one in found[0] if one.isdecimal()]
    doubled = [2 * one - 9 * (one > 4) for one in digits[-2::-2]]
    is_card = (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    return f"{found[1]}********{found[2]}" if is_card else found[0]


def entry_of(verb: str, person: UUID | None, subject: UUID, at_ms: int) -> UUID:
    """The audit entry of that hour: a UUIDv7, the same for the same person and subject."""
    hour_ms = at_ms // _HOUR_MS * _HOUR_MS
    said = f"{verb}\n{person}\n{subject}\n{hour_ms}".encode()
    random = int.from_bytes(sha256(said).digest()[:10], "big")
    low = random & ((1 << 62) - 1)
    return UUID(int=hour_ms << 80 | 7 << 76 | (random >> 62 & 0xFFF) << 64 | 0b10 << 62 | low)
