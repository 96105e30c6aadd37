"""`verify`: the steps of a verification, in order (recheck.md)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from pactverify import canonical, evidence
from pactverify.archive import Bundle
from pactverify.canonical import MISFORMED, Refused, Unusable
from pactverify.evidence import Checkpoint, Evidence, Key
from pactverify.late import RULES_VERSION, LateFacts
from pactverify.report import Failure, Report, Step
from pactverify.terms import Contract
from pactverify.trace import Replay
from pactverify.worktime import WorkCalendar, zone_named

_PARTS = {"levels": "levels", "seat_time": "seat_time", "ledger": "ledger",
          "verdicts": "assessment", "rights": "rights"}  # fmt: skip
Keys = Mapping[str, Key] | None
Plain = Mapping[str, Any]


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
        _check_statement(*_check_pins(bundle, log, report), report)
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
    except MISFORMED:  # only from reading what stands beside the bundle
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


def _check_pins(bundle: Bundle, log: Evidence, report: Report) -> tuple[Plain, Contract, LateFacts]:
    """What the statement claims to be made from."""
    with _step(report, "pins", needed=True) as step:
        names = ("terms.json", "calendar.json", "statement.json")
        plain, calendar, statement = (bundle.read_json(name) for name in names)
        contract = Contract(plain)
        agreed = [contract.contract_id, contract.zone.key]
        step.problems += differences(agreed, [log.contract_id, log.zone.key], "log.json")
        last = log.checkpoints[-1].fields
        pins = {
            "terms": sha256(canonical.write(plain)).hexdigest(),
            "calendar": sha256(canonical.write(calendar)).hexdigest(),
            "evidence": {name: last[name] for name in ("day", "log_size", "log_root")},
        }
        step.counted = f"SHA-256 {sha256(canonical.write(statement)).hexdigest()}"
        step.problems += differences(pins, statement["pins"], "pins")
        day = date.fromisoformat(last["day"])
        facts = LateFacts(contract, WorkCalendar(calendar), log.sealed_facts(), day)
    return statement, contract, facts


def _check_statement(
    statement: Plain, contract: Contract, facts: LateFacts, report: Report
) -> None:
    """Every part of the statement against the month settled anew."""
    with _step(report, "worktime", needed=True) as step:
        settlement = facts.settlement(statement["period"])
        measured = settlement.measured()
        step.counted = f"{statement['period']}, {measured['open_ms']} ms"
        step.problems += differences(measured["open_ms"], statement["open_ms"], "open_ms")
    for part, name in _PARTS.items():
        with _step(report, part) as step:
            step.counted = len(measured[name])
            step.problems += differences(measured[name], statement[name], name)
    with _step(report, "lines", needed=True) as step:
        late, given = list(facts.adjustments(settlement)), statement["lines"]
        lines = [*settlement.lines, *(line for _, line in late)]
        have = {each["clause"] for each in given}
        step.problems += [Refused("line_missing", clause=name)
                          for name in {line.clause for line in lines} - have]  # fmt: skip
        bare = [{name: each[name] for name in each if name != "trace"} for each in given]
        step.problems += differences([line.to_plain() for line in lines], bare, "lines")
        total = sum(each["amount_fen"] for each in given)
        step.counted = f"{len(lines)}, {'-' * (total < 0)}{abs(total) // 100}.{abs(total) % 100:02}"
        step.problems += differences(total, statement["total_fen"], "total_fen")
    with _step(report, "traces") as step:
        for line, each in zip(lines, given, strict=True):
            try:
                Replay(line).check(each["trace"])
            except Refused as refusal:
                step.problems.append(refusal)
    with _step(report, "form") as step:
        told = {"adjustments": [entry for entry, _ in late],
                "refused_facts": facts.refused_facts(statement["period"])}  # fmt: skip
        expected = {name: each for name, each in told.items() if each} | {
            "format": "pactdesk.statement/1", "currency": contract.currency,
            "rules_version": RULES_VERSION, "contract_id": contract.contract_id,
            "statement": f"{contract.contract_id}-{statement['period']}",
        }  # fmt: skip
        others = {"period", "pins", "lines", "total_fen", "open_ms", *_PARTS.values()}
        step.problems += differences(sorted({*expected, *others}), sorted(statement), "fields")
        held = {name: statement[name] for name in expected}
        step.problems += differences(expected, held, "statement")


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
    except MISFORMED as problem:
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
