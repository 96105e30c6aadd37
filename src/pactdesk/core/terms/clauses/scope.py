"""What the provider does: channels, case types, languages (服务内容)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase


class Channel(StrEnum):
    """How a customer comes in."""

    CHAT = "chat"
    PHONE = "phone"
    EMAIL = "email"
    TICKET = "ticket"


class CaseType(StrEnum):
    """What a customer comes for: 咨询, 投诉, 建议."""

    CONSULT = "consult"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"


class Scope(ClauseBase):
    """The service in scope; `description` is the paper's own wording."""

    kind: Literal["scope"] = "scope"
    channels: tuple[Channel, ...] | Blank
    case_types: tuple[CaseType, ...] | Blank
    languages: tuple[str, ...] | Blank | None = None
    description: str | Blank | None = None
