"""A level as a statement holds it: kept, sent, verified."""

from __future__ import annotations

from typing import Any

from pactdesk.core.measure.level import Level, Raw
from pactdesk.core.settle.assessment import days_to_plain
from pactdesk.core.units.exact import exact_text


def level_to_plain(level: Level) -> dict[str, Any]:
    """Canonical-JSON-ready."""
    value = level.value
    return {
        "clause": level.clause_id,
        "metric": str(level.metric),
        "standing": str(level.standing),
        "numerator": level.numerator,
        "denominator": level.denominator,
        "value": None if value is None else exact_text(value),
        "unknown": level.unknown,
        "carried": level.carried,
        "excluded": dict(level.excluded),
        "histogram": {str(seconds): count for seconds, count in level.histogram.items()},
        "by_day": {day.isoformat(): list(ratio) for day, ratio in level.by_day.items()},
        "missed": list(level.missed),
        "reason": level.reason,
        "details": dict(level.details),
        **_raw_to_plain(level.raw),
        **days_to_plain(level.days, level.judged),
    }


def _raw_to_plain(raw: Raw | None) -> dict[str, Any]:
    if raw is None:
        return {}
    value = None if raw.value is None else exact_text(raw.value)
    told = {"numerator": raw.numerator, "denominator": raw.denominator, "unknown": raw.unknown}
    return {"raw": {**told, "value": value}}
