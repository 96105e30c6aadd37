"""`verify`: the steps of a verification, in order (recheck.md)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from pactverify import canonical, evidence
from pactverify.archive import Bundle
from pactverify.canonical import Refused, Unusable
from pactverify.evidence import Checkpoint, Evidence, Key
from pactverify.ledger import assess, ledger_of, rights_of
from pactverify.levels import Month, level_of, seat_time
from pactverify.lines import Found, lines_of
from pactverify.report import Failure, Report, Step
from pactverify.terms import MONEY_KINDS, Terms, exact
from pactverify.trace import Replay
from pactverify.worktime import ServiceTime, WorkCalendar, length, zone_named

_FIELDS = {
    "format", "statement", "contract_id", "period", "currency", "rules_version", "pins", "lines",
    "total_fen", "levels", "assessment", "rights", "seat_time", "open_ms", "ledger",
}  # fmt: skip
_MISFORMED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
Keys = Mapping[str, Key] | None


class _Stopped(Exception):
    """A step failed that all later ones need."""


def verify(
    path: str | Path, trust: str | Path | None = None, since: str | Path | None = None
) -> Report:
    """Recheck the bundle `path`; never raises for anything that the files hold.

    trust  the client's file of trusted keys; without it nothing is authentic
    since  the last checkpoint that the client holds, or its witness folder
    """
    with _reported(trust) as report:
        trusted = None if trust is None else evidence.keys_in(json.loads(Path(trust).read_bytes()))
        held = [] if since is None else evidence.checkpoints_at(Path(since))
        bundle = Bundle(Path(path))
        log = _check_evidence(bundle, trusted, held, report)
        statement, found = _check_facts(bundle, log, report)
        _check_money(statement, found, report)
    return report


def witness(folder: str | Path, received: Sequence[str], trust: str | Path | None = None) -> Report:
    """Keep received checkpoints in the client's folder, and compare all that it keeps.

    Two for one day stay both there: signed, they prove that two histories were told.
    """
    with _reported(trust) as report:
        trusted = None if trust is None else evidence.keys_in(json.loads(Path(trust).read_bytes()))
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        with _step(report, "received") as step:
            taken = [each for name in received for each in evidence.checkpoints_at(Path(name))]
            step.counted = len(taken)
            for each in taken:
                wrong = [] if trusted is None else list(evidence.check_signatures([each], trusted))
                step.problems += wrong
                if not wrong:
                    evidence.keep(each, place)
        with _step(report, "kept") as step:
            kept = evidence.checkpoints_at(place)
            step.counted = f"{kept[0].day} … {kept[-1].day}" if kept else 0
            told = [each for pair in pairwise(kept) for each in evidence.check_neighbours(*pair)]
            gaps = [each for each in told if each.key == "days_missing"]
            report.notes += [Failure("kept", gap.key, gap.facts) for gap in gaps]
            step.problems += [each for each in told if each not in gaps]
    return report


@contextmanager
def _reported(trust: str | Path | None) -> Iterator[Report]:
    """A report, in which whatever stops the checks is told."""
    report, unusable = Report(), None
    try:
        yield report
    except Refused as refusal:
        unusable = Failure("input", refusal.key, refusal.facts)
    except OSError as problem:
        unusable = Failure("input", "file_missing", {"path": problem.filename})
    except _MISFORMED:  # only from reading what stands beside the bundle
        unusable = Failure("input", "keys_malformed", {"where": trust})
    except _Stopped:
        report.steps.append(Step("rest", "skipped"))
    report.failures += [unusable] if unusable else []
    report.usable = unusable is None
    report.ok = report.usable and not report.failures
    report.authentic = report.ok and trust is not None


def _check_evidence(
    bundle: Bundle, trusted: Keys, since: list[Checkpoint], report: Report
) -> Evidence:
    with _step(report, "archive") as step:
        step.counted = len(bundle.names)
        step.problems += bundle.manifest_problems()
    with _step(report, "records", needed=True) as step:
        head = bundle.read_json("evidence/log.json")
        log = Evidence(head["contract_id"], zone_named(head["zone"]))
        form = {"contract_id": log.contract_id, "format": "pactdesk.log/1", "zone": log.zone.key}
        step.problems += differences(form, head, "log.json")
        step.problems += evidence.read_records(bundle, log)
        step.counted = sum(map(len, log.days.values()))
    with _step(report, "chain", needed=True) as step:
        step.problems += evidence.check_chain(bundle, log)
        step.counted = f"{log.checkpoints[0].day} … {log.checkpoints[-1].day}"
    with _step(report, "signatures") as step:
        step.counted = len(log.checkpoints)
        claimed = evidence.keys_in(bundle.read_json("keys.json"))
        step.problems += evidence.check_signatures(log.checkpoints, claimed)
    if trusted is not None:
        with _step(report, "trust") as step:
            step.counted = ", ".join(sorted({each.key_id for each in log.checkpoints}))
            step.problems += evidence.check_signatures(log.checkpoints, trusted)
    if since:
        with _step(report, "since") as step:
            step.counted = since[-1].day
            bodies = [each.body for each in log.checkpoints]
            # A witness may hold later days than an old bundle has.
            shared = [each for each in since if each.day <= log.checkpoints[-1].day] or since[:1]
            other = [each.day for each in shared if each.body not in bodies]
            step.problems += [Refused("not_a_continuation", day=day) for day in other]
    unsealed = sorted(set(log.trees) - {each.day for each in log.checkpoints})
    notes = [("day_unsealed", {"day": day}) for day in unsealed]
    notes += [("demo_keys", {})] if any(each.fields["demo"] for each in log.checkpoints) else []
    report.notes += [Failure("chain", *note) for note in notes]
    return log


def _check_facts(bundle: Bundle, log: Evidence, report: Report) -> tuple[Mapping[str, Any], Found]:
    """What the statement claims to be made from, and what the facts give."""
    with _step(report, "pins", needed=True) as step:
        names = ("terms.json", "calendar.json", "statement.json")
        plain, calendar, statement = (bundle.read_json(name) for name in names)
        terms, zone = Terms(plain), zone_named(plain["zone"])
        agreed = [terms.contract_id, zone.key]
        step.problems += differences(agreed, [log.contract_id, log.zone.key], "log.json")
        last = log.checkpoints[-1].fields
        pins = {
            "terms": sha256(canonical.write(plain)).hexdigest(),
            "calendar": sha256(canonical.write(calendar)).hexdigest(),
            "evidence": {name: last[name] for name in ("day", "log_size", "log_root")},
        }
        step.counted = f"SHA-256 {sha256(canonical.write(statement)).hexdigest()}"
        step.problems += differences(pins, statement["pins"], "pins")
    with _step(report, "worktime", needed=True) as step:
        service = ServiceTime(terms.one("service_hours"), zone, WorkCalendar(calendar))
        month = Month(terms, service, log.sealed_facts(), statement["period"])
        step.counted = f"{month.text}, {length(month.opened)} ms"
        step.problems += differences(length(month.opened), statement["open_ms"], "open_ms")
    with _step(report, "levels", needed=True) as step:
        levels = [level_of(clause, month) for clause in terms.of_kind("service_level")]
        step.counted = len(levels)
        step.problems += differences(levels, statement["levels"], "levels")
    with _step(report, "seat_time", needed=True) as step:
        seated = seat_time(month)
        seat_ms = sum(map(exact, seated["by_agent"].values()), Fraction(0))
        step.problems += differences(seated, statement["seat_time"], "seat_time")
    with _step(report, "ledger", needed=True) as step:
        ledger = ledger_of(month, WorkCalendar(calendar))
        entries = [entry.to_plain() for entry in ledger]
        step.problems += differences(entries, statement["ledger"], "ledger")
    with _step(report, "verdicts", needed=True) as step:
        assessed = assess(levels, month, ledger)
        step.counted = ", ".join(each["verdict"] for each in assessed)
        step.problems += differences(assessed, statement["assessment"], "assessment")
    return statement, Found(month, levels, assessed, seat_ms, ledger)


def _check_money(statement: Mapping[str, Any], found: Found, report: Report) -> None:
    terms, month = found.month.terms, found.month
    with _step(report, "rights") as step:
        rights = list(rights_of(found.assessed, month, found.ledger))
        step.problems += differences(rights, statement["rights"], "rights")
    with _step(report, "lines", needed=True) as step:
        lines, given = lines_of(found), statement["lines"]
        have = {each["clause"] for each in given}
        lacking = [each["id"] for each in terms.of_kind(*MONEY_KINDS) if each["id"] not in have]
        step.problems += [Refused("line_missing", clause=clause) for clause in lacking]
        bare = [{name: each[name] for name in each if name != "trace"} for each in given]
        step.problems += differences(
            [{**asdict(line), "exact": str(line.exact)} for line in lines], bare, "lines"
        )
        total = sum(each["amount_fen"] for each in given)
        step.counted = f"{len(lines)}, {'-' * (total < 0)}{abs(total) // 100}.{abs(total) % 100:02}"
        step.problems += differences(total, statement["total_fen"], "total_fen")
    with _step(report, "traces") as step:
        for line, each in zip(lines, given, strict=True):
            try:
                Replay(line, lines[: line.number - 1], found).check(each["trace"])
            except Refused as refusal:
                step.problems.append(refusal)
    with _step(report, "form") as step:
        step.problems += differences(sorted(_FIELDS), sorted(statement), "fields")
        expected = {
            "format": "pactdesk.statement/1", "statement": f"{terms.contract_id}-{month.text}",
            "contract_id": terms.contract_id, "currency": terms.currency, "rules_version": 1,
        }  # fmt: skip
        told = {name: statement[name] for name in expected}
        step.problems += differences(expected, told, "statement")
        period = terms.one("period")
        first, last = (date.fromisoformat(period[name]) for name in ("start", "end"))
        if month.first < first or month.last > last:
            step.problems += differences(f"{first} … {last}", month.text, "period")


@contextmanager
def _step(report: Report, name: str, *, needed: bool = False) -> Iterator[Step]:
    """One step of the report; what stops it is one more problem. `needed` by all later steps:
    when it was stopped half-way, nothing follows."""
    step, stopped = Step(name, "failed"), True
    report.steps.append(step)
    try:
        yield step
        stopped = False
    except Unusable:
        raise
    except Refused as refusal:
        step.problems.append(refusal)
    except _MISFORMED as problem:
        said = f"{type(problem).__name__}: {problem}"[:120]
        step.problems.append(Refused("misformed", problem=said))
    step.status = "failed" if step.problems else "ok"
    report.failures += [Failure(name, each.key, each.facts) for each in step.problems]
    if stopped and needed:
        raise _Stopped


def differences(expected: Any, found: Any, path: str) -> Iterator[Refused]:
    """Every place where the statement says something else than what was computed."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in sorted(set(expected) | set(found)):
            one, other = expected.get(name, "-"), found.get(name, "-")
            yield from differences(one, other, f"{path}.{name}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for at, (one, other) in enumerate(zip(expected, found, strict=True)):
            named = one.get("clause", one.get("statement")) if isinstance(one, dict) else None
            yield from differences(one, other, f"{path}.{at}" + (f" ({named})" if named else ""))
    elif type(expected) is not type(found) or expected != found:
        short = {"expected": str(expected)[:120], "found": str(found)[:120]}
        yield Refused("differs", path=path, **short)
