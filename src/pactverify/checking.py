"""`verify`: the steps of a verification, in order.

Source: docs/reference/recheck.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pactverify import canonical, evidence
from pactverify.archive import Bundle
from pactverify.evidence import Checkpoint, Evidence, Key
from pactverify.levels import Month, level_of, seat_time
from pactverify.money.ledger import ledger_of
from pactverify.money.lines import Found, lines_of
from pactverify.money.trace import Replay
from pactverify.money.verdicts import assess, rights_of
from pactverify.refusals import Refused, Unusable
from pactverify.report import Failure, Report, Step
from pactverify.terms import MONEY_KINDS, Terms
from pactverify.worktime import ServiceTime, WorkCalendar, zone_named

_STEPS = (
    "archive", "records", "chain", "signatures", "trust", "since", "pins", "worktime", "levels",
    "seat_time", "ledger", "verdicts", "rights", "lines", "traces", "total", "form",
)  # fmt: skip
_FIELDS = {
    "format", "statement", "contract_id", "period", "currency", "rules_version", "pins", "lines",
    "total_fen", "levels", "assessment", "rights", "seat_time", "open_ms", "ledger",
}  # fmt: skip
_MISFORMED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_MOST_BYTES = 2**20

Problems = Iterable[Refused]


def verify(
    path: str | Path, trust: str | Path | None = None, since: str | Path | None = None
) -> Report:
    """Recheck the bundle `path`; never raises for anything that the files hold.

    trust  the client's file of trusted keys; without it nothing is authentic
    since  the last checkpoint that the client holds
    """
    report = Report()
    try:
        trusted = _trusted_keys(Path(trust)) if trust is not None else None
        last = _last_checkpoint(Path(since)) if since is not None else None
        _Verification(Bundle(Path(path)), trusted, last, report).run()
    except Refused as refusal:
        report.usable = False
        report.failures.append(Failure("input", refusal.key, refusal.facts))
    report.ok = report.usable and not report.failures
    report.authentic = report.ok and trust is not None
    return report


def _trusted_keys(path: Path) -> Mapping[str, Key]:
    try:
        return evidence.keys_in(json.loads(_small_file(path)), str(path))
    except _MISFORMED:
        raise Unusable("keys_malformed", where=str(path), entry="JSON") from None


def _last_checkpoint(path: Path) -> Checkpoint:
    return evidence.checkpoint_in(_small_file(path).removesuffix(b"\n"), str(path))


def _small_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError:
        raise Unusable("file_missing", path=str(path)) from None
    if len(data) > _MOST_BYTES:
        raise Unusable("keys_malformed", where=str(path), entry="size")
    return data


class _Verification:
    """One run. What a step finds stays for later ones; what is missing there is not reached."""

    _log: Evidence
    _terms: Terms
    _calendar: WorkCalendar
    _statement: Mapping[str, Any]
    _month: Month
    _found: Found

    def __init__(
        self,
        bundle: Bundle,
        trusted: Mapping[str, Key] | None,
        since: Checkpoint | None,
        report: Report,
    ) -> None:
        self._bundle, self._trusted, self._since = bundle, trusted, since
        self._report = report

    def run(self) -> None:
        """Every step, in order."""
        for name in _STEPS:
            if (name, None) not in (("trust", self._trusted), ("since", self._since)):
                self._take(Step(name))
        log = getattr(self, "_log", None)
        if log is not None and log.checkpoints:
            notes = [("day_unsealed", {"day": day}) for day in log.unsealed_days()]
            if any(checkpoint.fields["demo"] for checkpoint in log.checkpoints):
                notes.append(("demo_keys", {}))
            self._report.notes += [Failure("chain", *note) for note in notes]

    def _take(self, step: Step) -> None:
        self._report.steps.append(step)
        try:
            problems = list(getattr(self, f"_check_{step.name}")(step.facts))
        except Unusable:
            raise
        except Refused as refusal:
            problems = [refusal]
        except _MISFORMED as problem:
            missing = str(getattr(problem, "name", "")).startswith("_")
            step.status = "skipped" if missing else "failed"
            said = f"{type(problem).__name__}: {problem}"[:120]
            problems = [Refused("not_reached" if missing else "misformed", problem=said)]
        if problems:
            step.status = "failed" if step.status == "ok" else step.status
            found = (Failure(step.name, each.key, each.facts) for each in problems)
            self._report.failures.extend(found)

    def _check_archive(self, facts: dict[str, Any]) -> Problems:
        facts["files"] = len(self._bundle.names)
        return self._bundle.manifest_problems()

    def _check_records(self, facts: dict[str, Any]) -> Problems:
        log = evidence.head_of(self._bundle)
        problems = list(evidence.read_records(self._bundle, log))
        facts["days"], facts["facts"] = len(log.days), sum(map(len, log.days.values()))
        self._log = log
        return problems

    def _check_chain(self, facts: dict[str, Any]) -> Problems:
        problems = list(evidence.check_chain(self._bundle, self._log))
        facts["first"], facts["last"] = (self._log.checkpoints[at].day for at in (0, -1))
        return problems

    def _check_signatures(self, facts: dict[str, Any]) -> Problems:
        facts["signatures"] = len(self._log.checkpoints)
        return evidence.check_signatures(self._log.checkpoints, self._claimed_keys())

    def _check_trust(self, facts: dict[str, Any]) -> Problems:
        used = {checkpoint.fields["key_id"] for checkpoint in self._log.checkpoints}
        facts["keys"] = ", ".join(sorted(used))
        return evidence.check_signatures(self._log.checkpoints, self._trusted or {})

    def _check_since(self, facts: dict[str, Any]) -> Problems:
        if self._since is None:
            return ()
        facts["day"] = self._since.day
        keys = self._claimed_keys() if self._trusted is None else self._trusted
        return evidence.check_since(self._log, self._since, keys)

    def _check_pins(self, facts: dict[str, Any]) -> Problems:
        terms, calendar = (self._bundle.read_json(f"{n}.json") for n in ("terms", "calendar"))
        self._statement = self._bundle.read_json("statement.json")
        self._terms, self._calendar = Terms(terms), WorkCalendar(calendar)
        log, last = self._log, self._log.checkpoints[-1].fields
        facts["day"] = last["day"]
        if (self._terms.contract_id, self._terms.zone) != (log.contract_id, log.zone.key):
            yield Refused("log_of_another_contract", contract=log.contract_id, zone=log.zone.key)
        pins = {
            "terms": sha256(canonical.write(terms)).hexdigest(),
            "calendar": sha256(canonical.write(calendar)).hexdigest(),
            "evidence": {name: last[name] for name in ("day", "log_size", "log_root")},
        }
        yield from self._compare("pins", pins)

    def _check_worktime(self, facts: dict[str, Any]) -> Problems:
        terms, zone = self._terms, zone_named(self._terms.zone)
        service = ServiceTime(terms.one("service_hours"), zone, self._calendar)
        period = self._statement["period"]
        self._month = Month(terms, service, self._log.sealed_facts(), period)
        found = Found(self._month, {}, {}, {}, ())
        facts["month"], facts["open"] = period, f"{found.open_ms} ms"
        self._found = found
        return self._compare("open_ms", found.open_ms)

    def _check_levels(self, facts: dict[str, Any]) -> Problems:
        levels = [level_of(each, self._month) for each in self._terms.of_kind("service_level")]
        self._found.levels = {level["clause"]: level for level in levels}
        facts["levels"], facts["interactions"] = len(levels), len(self._month.interactions)
        return self._compare("levels", levels)

    def _check_seat_time(self, facts: dict[str, Any]) -> Problems:
        self._found.seat_time = seat_time(self._month)
        facts["agents"] = len(self._found.seat_time["by_agent"])
        return self._compare("seat_time", self._found.seat_time)

    def _check_ledger(self, facts: dict[str, Any]) -> Problems:
        self._found.ledger = ledger_of(self._month, self._calendar)
        facts["statements"] = len(self._found.ledger)
        return self._compare("ledger", [entry.to_plain() for entry in self._found.ledger])

    def _check_verdicts(self, facts: dict[str, Any]) -> Problems:
        levels = list(self._found.levels.values())
        assessed = assess(levels, self._month, self._found.ledger)
        self._found.assessed = {each["clause"]: each for each in assessed}
        facts["verdicts"] = ", ".join(str(each["verdict"]) for each in assessed)
        return self._compare("assessment", assessed)

    def _check_rights(self, facts: dict[str, Any]) -> Problems:
        assessed = list(self._found.assessed.values())
        rights = rights_of(assessed, self._month, self._found.ledger)
        facts["rights"] = len(rights)
        return self._compare("rights", rights)

    def _check_lines(self, facts: dict[str, Any]) -> Problems:
        facts["clauses"] = len(self._terms.of_kind(*MONEY_KINDS))
        given = [each["clause"] for each in self._statement["lines"]]
        for clause in self._terms.of_kind(*MONEY_KINDS):
            if clause["id"] not in given:
                yield Refused("line_missing", clause=clause["id"])
        expected = [
            {"number": line.number, "kind": line.kind, "clause": line.clause,
             "exact": str(line.exact), "amount_fen": line.amount_fen}
            for line in lines_of(self._found)
        ]  # fmt: skip
        without_traces = [
            {name: held for name, held in each.items() if name != "trace"}
            for each in self._statement["lines"]
        ]
        yield from differences(expected, without_traces, "lines")

    def _check_traces(self, _: dict[str, Any]) -> Problems:
        lines = lines_of(self._found)
        for line, given in zip(lines, self._statement["lines"], strict=True):
            try:
                Replay(line, lines[: line.number - 1], self._found).check(given["trace"])
            except Refused as refusal:
                yield refusal

    def _check_total(self, facts: dict[str, Any]) -> Problems:
        facts["total"] = f"{self._statement['total_fen']} fen"
        return self._compare(
            "total_fen", sum(line["amount_fen"] for line in self._statement["lines"])
        )

    def _check_form(self, _: dict[str, Any]) -> Problems:
        for name in sorted(_FIELDS ^ set(self._statement)):
            yield Refused("statement_field", field=name)
        terms, month = self._terms, self._month
        yield from self._compare("format", "pactdesk.statement/1")
        yield from self._compare("statement", f"{terms.contract_id}-{month.text}")
        yield from self._compare("contract_id", terms.contract_id)
        yield from self._compare("currency", terms.currency)
        yield from self._compare("rules_version", 1)
        period = terms.one("period")
        first, last = (date.fromisoformat(period[name]) for name in ("start", "end"))
        if month.first < first or month.last > last:
            yield Refused("outside_term", period=month.text)

    def _compare(self, name: str, expected: Any) -> Problems:
        return differences(expected, self._statement.get(name), name)

    def _claimed_keys(self) -> Mapping[str, Key]:
        return evidence.keys_in(self._bundle.read_json("keys.json"), "keys.json")


def differences(expected: Any, found: Any, path: str) -> Iterator[Refused]:
    """Every place where the statement says something else than what was computed."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in sorted(set(expected) | set(found)):
            if name in expected and name in found:
                yield from differences(expected[name], found[name], f"{path}.{name}")
            else:
                one, other = expected.get(name, "-"), found.get(name, "-")
                yield _difference(one, other, f"{path}.{name}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for at, (one, other) in enumerate(zip(expected, found, strict=True)):
            named = one.get("clause", one.get("statement")) if isinstance(one, dict) else None
            yield from differences(one, other, f"{path}.{at}" + (f" ({named})" if named else ""))
    elif type(expected) is not type(found) or expected != found:
        yield _difference(expected, found, path)


def _difference(expected: Any, found: Any, path: str) -> Refused:
    return Refused("differs", path=path, expected=str(expected)[:120], found=str(found)[:120])
