"""A duty without a number: who, about what, in the paper's own words."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import ClauseBase


class Topic(StrEnum):
    """What the duty is about; the desk hangs its workflows on these."""

    SYSTEM_MAINTENANCE = "system_maintenance"  # E1
    TECHNICAL_SUPPORT = "technical_support"  # E2
    DATA_MANAGEMENT = "data_management"  # E3
    USER_TRAINING = "user_training"  # E4
    OVERTIME = "overtime"  # E6
    STAFFING = "staffing"  # E7
    AGENT_TRAINING = "agent_training"  # E8
    DISCIPLINE = "discipline"  # E9
    QUALITY = "quality"  # E15, E16
    INDICATORS = "indicators"  # E17
    SELF_MONITORING = "self_monitoring"  # E18
    REPORT = "report"  # E20, B14
    CLIENT_INPUT = "client_input"  # E48, B27
    SUPERVISION = "supervision"  # B24
    EVALUATION = "evaluation"  # C15
    CONTACT_PERSON = "contact_person"  # B28
    COMPENSATION = "compensation"  # E31, E32
    CHANGES = "changes"  # E40
    GOVERNING_LAW = "governing_law"  # E45
    OTHER = "other"


class Duty(ClauseBase):
    """`by` owes it; the words are the clause's source."""

    kind: Literal["duty"] = "duty"
    by: Literal["provider", "client", "both"]
    topic: Topic
