"""One record of the log: its fields and what each kind measures (evidence-format.md, 3, 4)."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from pactverify import canonical
from pactverify.canonical import Refused

_RECORD = {
    "contract_id": "text", "event_id": "text", "source": "text", "format": "pactdesk.fact/1",
    "kind": "text", "measured": "object", "occurred_at": "whole", "personal": "{}hash",
    "recorded_at": "whole",
}  # fmt: skip
_OF_ONE = {"statement": "text"}
# Words with | are a choice; ? after a form allows null; [] is a list without
# repetition and {} an object with values of the form that follows.
_MEASURED: Mapping[str, Mapping[str, str]] = {
    "interaction.opened": {
        "interaction": "text", "channel": "chat|phone|email|ticket",
        "case_type": "consult|complaint|suggestion?", "customer": "text?",
    },
    "interaction.closed": {"interaction": "text"}, "interaction.abandoned": {"interaction": "text"},
    "clock": {
        "interaction": "text", "metric": "first_response|resolution|answer",
        "event": "activate|pause|resume|fulfil|breach", "reason": "text?",
        "actor": "customer|agent|system|third_party?", "proof": "text?",
    },
    "rating": {"interaction": "text", "score": "whole", "scale": "positive"},
    "attendance": {"agent": "text", "event": "clock_in|clock_out"},
    "assignment": {"agent": "text", "share": "share"},
    "probe": {"target": "text", "up": "flag", "covers_ms": "positive"},
    "exclusion": {"start": "whole", "end": "whole", "clauses": "[]text", "cause": "text",
                  "approved_by": "[]provider|client"},
    "statement.issued": {**_OF_ONE, "period": "month", "total_fen": "whole",
                         "verdicts": "{}met|missed|undetermined"},
    "statement.received": _OF_ONE, "statement.confirmed": _OF_ONE, "invoice.received": _OF_ONE,
    "statement.accepted": {**_OF_ONE, "party": "provider|client", "content": "hash"},
    "statement.objected": {**_OF_ONE, "objection": "text", "line": "positive"},
    "statement.answered": {**_OF_ONE, "objection": "text",
                           "outcome": "accepted|rejected|withdrawn"},
    "statement.made": {**_OF_ONE, "evidence_day": "day", "rules_version": "positive"},
    "payment": {**_OF_ONE, "amount_fen": "positive"},
}  # fmt: skip
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
    if kind == "rating" and not 0 <= told["score"] <= told["scale"]:
        return "score"
    return "end" if kind == "exclusion" and told["start"] >= told["end"] else None


def _holds(value: Any, form: str) -> bool:
    if form.endswith("?"):
        return value is None or _holds(value, form[:-1])
    match form, value:
        case "flag", bool():
            return True
        case (("whole" | "positive"), int()) if not isinstance(value, bool):
            return form == "whole" or value > 0
        case "text", str():
            return value != ""
        case "share", str() if re.fullmatch(_TEXTS[form], value):
            return Fraction(value) <= 1 and str(Fraction(value)) == value
        case (("month" | "hash"), str()):
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
