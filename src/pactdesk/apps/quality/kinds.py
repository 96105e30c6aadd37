"""The closed choices of quality."""

from __future__ import annotations

from enum import StrEnum


class Cycle(StrEnum):
    """How often a sample is drawn."""

    WEEK = "week"
    MONTH = "month"


class Outcome(StrEnum):
    """How a contested mark ended."""

    CORRECTED = "corrected"
    KEPT = "kept"


class RedLine(StrEnum):
    """What makes a whole conversation fail, whatever else was good (PRACTICE 2: 红线)."""

    ABUSE = "abuse"  # 辱骂顾客
    LEAK = "leak"  # 泄露顾客信息
    DIVERSION = "diversion"  # 引导私下交易 (飞单)
    FALSE_PROMISE = "false_promise"  # 虚假承诺
