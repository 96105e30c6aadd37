"""When service is given, how well, and what a bad month costs."""

from __future__ import annotations

from pactdesk.documents.provisions.deductions.kinds import Deduction
from pactdesk.documents.provisions.levels.level import Level
from pactdesk.documents.summary.sheet import Read, Sheet


def write(sheet: Sheet, read: Read) -> None:
    """`service_hours`, `part_time`, `service_levels`, `deductions`, `assessment`."""
    provisions = read.provisions
    sheet.note("service_hours", provisions.service_hours)
    _part_time(sheet, read)
    sheet.put("service_levels", [_level(noted.value) for noted in provisions.levels])
    for number, noted in enumerate(provisions.levels):
        sheet.mark(f"service_levels[{number}]", noted)
    sheet.put("deductions", [_deduction(noted.value) for noted in provisions.deductions])
    for number, taken in enumerate(provisions.deductions):
        sheet.mark(f"deductions[{number}]", taken)
    cycle = provisions.assessment.cycle
    # Many things in a contract are monthly; that the assessment is one of them is rarely plain.
    sheet.note("assessment.cycle", cycle and cycle.less_sure())
    sheet.note("assessment.pass_score", provisions.assessment.pass_score)
    sheet.note("assessment.consecutive_failures_to_terminate", provisions.assessment.consecutive)


def _part_time(sheet: Sheet, read: Read) -> None:
    hours = read.provisions.part_time
    sheet.put("part_time", None)
    if hours is None or not read.part_time:
        return
    for name in ("min_hours_per_week", "max_hours_per_week", "max_hours_per_day"):
        sheet.note(f"part_time.{name}", getattr(hours, name))


def _level(level: Level) -> dict[str, object]:
    names = ("metric", "comparator", "threshold", "unit", "share", "scope")
    return {name: getattr(level, name) for name in names}


def _deduction(deduction: Deduction) -> dict[str, object]:
    names = ("metric", "trigger", "step", "step_unit", "amount", "amount_unit")
    values: dict[str, object] = {name: getattr(deduction, name) for name in names}
    cap = deduction.cap
    values["tiers"] = list(deduction.tiers) or None
    values["cap"] = {"value": cap[0], "unit": cap[1]} if cap else None
    return values
