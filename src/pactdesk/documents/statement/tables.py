"""The tables of the first page: lines, levels, rights, earlier statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.counting import raw_text
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.level import ratio_text, value_of_level
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, fen_text
from pactdesk.messages.catalogue import text


def lines_table(statement: Plain, explained: Sequence[Explanation], names: Names) -> dict[str, Any]:
    """Number, item, clause, short formula, amount."""
    rows = [
        {
            "number": str(line["number"]),
            "item": names.item(line),
            "days": names.days(line),
            "clause": names.clause_number(line["clause"]),
            "short": why.short,
            "amount": fen_text(line["amount_fen"]),
            "is_zero": line["amount_fen"] == 0,
        }
        for line, why in zip(statement["lines"], explained, strict=True)
    ]
    return {
        "title": _say(names, "lines.title"),
        "columns": _columns(names, "lines", ("number", "item", "clause", "short", "amount")),
        "rows": rows,
        "total_label": _say(names, "lines.total"),
        "total": fen_text(statement["total_fen"]),
    }


def assessment_table(statement: Plain, names: Names) -> dict[str, Any]:
    """Level, target, measured, counted, verdict, misses in a row."""
    rows = []
    for level, judged in zip(statement["levels"], statement["assessment"], strict=True):
        run = judged["misses_in_a_row"]
        rows.append(
            {
                "level": names.level(judged["clause"]),
                "note": _note(level, judged, names),
                "clause": names.clause_number(judged["clause"]),
                "target": names.target(judged["clause"], exact_value(judged["target"])),
                "value": value_of_level(level, names, 2),
                "ratio": ratio_text(level, names) if level["denominator"] else "—",
                "verdict": names.say(f"verdict.{judged['verdict']}"),
                "state": judged["verdict"],
                "run": _say(names, "assessment.months", count=run) if run else "—",
            }
        )
    columns = ("level", "clause", "target", "value", "ratio", "verdict", "run")
    return {
        "title": _say(names, "assessment.title"),
        "columns": _columns(names, "assessment", columns),
        "rows": rows,
        "note": _say(names, "assessment.note"),
    }


def _note(level: Plain, judged: Plain, names: Names) -> str:
    """The days that the level is for, and what it would be if nothing had been excluded."""
    raw = raw_text(level, names) if "raw" in level else ""
    return " ".join(filter(None, (names.days(judged), raw)))


def rights(statement: Plain, names: Names) -> dict[str, Any]:
    """What a party may now do, in plain words. Nothing happens by itself."""
    return {
        "title": _say(names, "rights.title"),
        "items": [_right(each, names) for each in _grouped(statement, names)],
        "none": _say(names, "rights.none"),
    }


def _grouped(statement: Plain, names: Names) -> list[dict[str, Any]]:
    """Rights that differ only in the level that gave them are one sentence."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for right in statement["rights"]:
        because, told = right["because"], _of_misses(right, statement)
        if right["kind"] != "suspension":
            because = _say(names, "rights.level", level=names.level(because))
        key = (told, *(right[field] for field in ("clause", "count", "since")))
        if key in found and right["kind"] != "suspension":
            found[key]["because"].append(because)
        else:
            name = (*key, len(found)) if key in found else key
            found[name] = {**right, "because": [because], "told": told}
    return list(found.values())


def _of_misses(right: Plain, statement: Plain) -> str:
    """Which sentence tells of it: months in a row, or so many within twelve, are two."""
    runs = {
        each["misses_in_a_row"]
        for each in statement["assessment"]
        if each["clause"] == right["because"]
    }
    in_year = right["kind"] == "termination" and right["count"] not in runs
    return "termination_in_year" if in_year else str(right["kind"])


def _right(right: Plain, names: Names) -> str:
    rule = names.contract.optional(Assessment)
    remedy = names.duration(rule.remediation) if rule is not None else ""
    return _say(
        names,
        f"rights.{right['told']}",
        because=right["because"],
        count=right["count"],
        since=right["since"],
        place=names.clause_number(right["clause"]),
        remedy=remedy,
    )


def ledger_table(statement: Plain, names: Names) -> dict[str, Any]:
    """Earlier statements at the end of the month: owed, paid, unpaid, due, days overdue."""
    last_day = Period.month(statement["period"]).last_day
    columns = ("statement", "total", "paid", "unpaid", "due", "overdue")
    return {
        "title": _say(names, "ledger.title", day=last_day.isoformat()),
        "columns": _columns(names, "ledger", columns),
        "rows": [_entry(each, last_day, names) for each in statement["ledger"]],
    }


def _entry(entry: Plain, last_day: date, names: Names) -> dict[str, str]:
    paid = sum(each["fen"] for each in entry["paid"])
    unpaid = max(0, entry["total_fen"] - paid)
    due = entry["due_on"]
    # The day of payment itself plays no part here: this is the position when the month ended.
    overdue = (last_day - date.fromisoformat(due)).days if due and unpaid else 0
    days = _say(names, "ledger.days", count=overdue) if overdue > 0 else "—"
    return {
        "statement": entry["statement"],
        "total": fen_text(entry["total_fen"]),
        "paid": fen_text(paid),
        "unpaid": fen_text(unpaid),
        "due": due or _say(names, "ledger.not_due"),
        "overdue": days,
    }


def _columns(names: Names, table: str, columns: Sequence[str]) -> list[str]:
    return [_say(names, f"{table}.column.{column}") for column in columns]


def _say(names: Names, key: str, **values: object) -> str:
    return text("statement", key, names.language, **values)
