"""One record of the log: its fields and what each kind measures (evidence-format.md, 3, 4)."""

import re
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from importlib.resources import files
from typing import Any, NamedTuple

from pactverify import canonical
from pactverify.canonical import LARGEST, Refused

_RECORD = {
    "contract_id": "text", "event_id": "text", "source": "text", "format": "pactdesk.fact/1",
    "kind": "text", "measured": "object", "occurred_at": "instant", "personal": "{}hash",
    "recorded_at": "instant",
}  # fmt: skip
_FORMS = files("pactverify").joinpath("facts.toml").read_text("utf-8")
_MEASURED: Mapping[str, Mapping[str, str]] = tomllib.loads(_FORMS)
_LEAST = {"whole": -LARGEST, "natural": 0, "positive": 1, "instant": -2_208_988_800_000}
_LAST_INSTANT = 32_503_679_999_999
_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_TEXTS = {"month": _MONTH, "day": _MONTH + "-(0[1-9]|[12][0-9]|3[01])", "hash": "[0-9a-f]{64}",
          "share": "0|1|[1-9][0-9]{0,15}/[1-9][0-9]{0,15}"}  # fmt: skip


class Fact(NamedTuple):
    """A record as the rules look at it; its first three fields are the order of facts."""

    at: int
    source: str
    event_id: str
    kind: str
    measured: Mapping[str, Any]
    recorded_at: int


def fact_of(line: bytes, where: str, contract_id: str) -> Fact:
    """The fact in one line of a facts file; refuses whatever is not exactly a record."""
    record = canonical.parse(line, where)
    wrong = _wrong_field(record, _RECORD)
    if wrong is None:
        told = record["measured"]
        wrong = _wrong_field(told, _MEASURED.get(record["kind"], {})) or _odd(record["kind"], told)
        where = f"{where} ({record['source']}, {record['event_id']})"
    if wrong is not None or record["contract_id"] != contract_id:
        raise Refused("record_malformed", where=where, field=wrong or "contract_id")
    names = ("occurred_at", "source", "event_id", "kind", "measured", "recorded_at")
    return Fact(*(record[name] for name in names))


def _wrong_field(held: Any, forms: Mapping[str, str]) -> str | None:
    if not isinstance(held, dict) or not forms or set(held) != set(forms):
        return "fields"
    return next((name for name, form in forms.items() if not _holds(held[name], form)), None)


def _odd(kind: str, told: Mapping[str, Any]) -> str | None:
    """What two fields together must not say."""
    if kind == "clock" and told["event"] == "pause" and told["reason"] is None:
        return "reason"
    low, high = {"rating": ("score", "scale"), "score": ("points", "of")}.get(
        kind, ("start", "end")
    )
    return high if low in told and told[low] > told[high] - (low == "start") else None


def _holds(value: Any, form: str) -> bool:
    if form.endswith("?"):
        return value is None or _holds(value, form[:-1])
    match form, value:
        case "flag", bool():
            return True
        case _, int() if form in _LEAST and not isinstance(value, bool):
            return value >= _LEAST[form] and (form != "instant" or value <= _LAST_INSTANT)
        case "text", str():
            return value != ""
        case "share", str() if re.fullmatch(_TEXTS[form], value):
            return Fraction(value) <= 1 and str(Fraction(value)) == value
        case (("month" | "day" | "hash"), str()):
            return bool(re.fullmatch(_TEXTS[form], value))
        case _, list() if form.startswith("[]"):
            return all(_holds(item, form[2:]) for item in value) and len(set(value)) == len(value)
        case _, dict() if form.startswith("{}"):
            return all(key and _holds(item, form[2:]) for key, item in value.items())
        case "object", dict():
            return True
        case _, str() if "|" in form or "/" in form:
            return value in form.split("|")
    return False
