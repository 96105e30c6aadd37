"""The log in a bundle: records, trees, checkpoints, signatures, keys (evidence-format.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pactverify import canonical, ed25519
from pactverify.archive import Bundle
from pactverify.canonical import Refused, Unusable
from pactverify.facts import Fact, fact_of
from pactverify.merkle import Tree
from pactverify.worktime import ONE_DAY, local_day, zone_named

_DAY_FILE = re.compile(r"evidence/facts/([0-9]{4}-[0-9]{2}-[0-9]{2})\.jsonl")
_CHECKPOINTS, _CONFLICTS = "evidence/checkpoints.jsonl", "evidence/conflicts.jsonl"
_OTHERS = ("evidence/log.json", _CHECKPOINTS, _CONFLICTS)
_DOMAIN = b"pactdesk.checkpoint/1\n"
_BODY = {
    "contract_id", "day", "day_root", "day_size", "demo", "format", "key_id", "log_root",
    "log_size", "previous",
}  # fmt: skip


class Key(NamedTuple):
    """A public key and who is said to hold it."""

    public: bytes
    party: str
    demo: bool


class Checkpoint(NamedTuple):
    """One signed line; `body` are its canonical bytes."""

    fields: Mapping[str, Any]
    body: bytes
    signature: bytes

    @property
    def day(self) -> str:
        return str(self.fields["day"])

    @property
    def key_id(self) -> str:
        return str(self.fields["key_id"])


@dataclass(slots=True)
class Evidence:
    """What a log holds, as far as it could be read."""

    contract_id: str
    zone: ZoneInfo
    days: dict[str, list[Fact]] = field(default_factory=dict)
    trees: dict[str, tuple[int, str]] = field(default_factory=dict)  # day → size and root
    checkpoints: list[Checkpoint] = field(default_factory=list)

    def sealed_facts(self) -> list[Fact]:
        """The facts that count, in the order in which they are taken."""
        days = (self.days.get(checkpoint.day, []) for checkpoint in self.checkpoints)
        return sorted((fact for day in days for fact in day), key=lambda fact: fact[:3])

    def unsealed_days(self) -> list[str]:
        """Days with facts that no checkpoint covers."""
        return sorted(set(self.trees) - {checkpoint.day for checkpoint in self.checkpoints})


def keys_in(value: Any) -> dict[str, Key]:
    """Key id → key; ValueError (or another form error) when anything in the list is wrong."""
    keys: dict[str, Key] = {}
    for entry in value["keys"]:
        public, party, demo = bytes.fromhex(entry["public_hex"]), entry["party"], entry["demo"]
        key_id = sha256(public).hexdigest()[:16]
        written = {"key_id": key_id, "public_hex": public.hex(), "party": party, "demo": demo}
        if entry != written or party not in ("provider", "client") or key_id in keys:
            raise ValueError(entry["key_id"])
        keys[key_id] = Key(public, party, demo)
    return keys


def head_of(bundle: Bundle) -> Evidence:
    """The empty log that `log.json` describes."""
    head = bundle.read_json("evidence/log.json")
    if set(head) != {"contract_id", "format", "zone"} or head["format"] != "pactdesk.log/1":
        raise Refused("record_malformed", where="evidence/log.json", field="fields")
    return Evidence(head["contract_id"], zone_named(head["zone"]))


def read_records(bundle: Bundle, log: Evidence) -> Iterator[Refused]:
    """Read every day file into `log`; yields what is wrong with one, and goes on to the next."""
    seen: set[tuple[str, str]] = set()
    for name in bundle.names:
        day = _DAY_FILE.fullmatch(name)
        if day is None:
            if name.startswith("evidence/") and name not in _OTHERS:
                yield Refused("file_unknown", name=name)
            continue
        try:
            lines = canonical.lines_of(bundle.read(name), name)
            log.trees[day[1]] = (len(lines), Tree(lines).root)
            log.days[day[1]] = list(_facts_of_day(day[1], lines, log, seen))
        except Unusable:
            raise
        except Refused as refusal:
            yield refusal
    # Nothing seals the conflicts, and none of them counts: only their form is checked.
    for number, line in enumerate(canonical.lines_of(bundle.read(_CONFLICTS), _CONFLICTS), 1):
        fact_of(line, f"{_CONFLICTS}, {number}", log.contract_id)


def _facts_of_day(
    day: str, lines: list[bytes], log: Evidence, seen: set[tuple[str, str]]
) -> Iterator[Fact]:
    last: tuple[int, str, str] | None = None
    for number, line in enumerate(lines, 1):
        fact = fact_of(line, f"{day}, {number}", log.contract_id)
        order = (fact.recorded_at, fact.source, fact.event_id)
        named = {"day": day, "source": fact.source, "event_id": fact.event_id}
        if order[1:] in seen:
            raise Refused("id_twice", **named)
        if last is not None and order < last:
            raise Refused("records_unordered", **named)
        if local_day(fact.recorded_at, log.zone).isoformat() != day:
            raise Refused("record_on_other_day", **named)
        seen.add(order[1:])
        last = order
        yield fact


def checkpoint_in(line: bytes, where: str) -> Checkpoint:
    """The checkpoint in one line; its form only."""
    match canonical.parse(line, where):
        case {"body": dict(body), "signature": str(signature), **rest} if not rest:
            if (
                set(body) == _BODY
                and body["format"] == "pactdesk.checkpoint/1"
                and re.fullmatch(r"[0-9a-f]{128}", signature)
            ):
                return Checkpoint(body, canonical.write(body), bytes.fromhex(signature))
    raise Refused("checkpoint_malformed", where=where)


def check_chain(bundle: Bundle, log: Evidence) -> Iterator[Refused]:
    """Days, sizes, roots and links of every checkpoint, from the first on."""
    lines = canonical.lines_of(bundle.read(_CHECKPOINTS), _CHECKPOINTS)
    if not lines:
        raise Refused("no_checkpoints")
    log.checkpoints = [
        checkpoint_in(line, f"{_CHECKPOINTS}, {number}") for number, line in enumerate(lines, 1)
    ]
    day = log.checkpoints[0].day
    for early in sorted(each for each in log.trees if each < day):
        yield Refused("day_before_first", day=early, first=day)
    days, previous = Tree(), None
    for number, checkpoint in enumerate(log.checkpoints, 1):
        fields = checkpoint.fields
        size, root = log.trees.get(checkpoint.day, (0, Tree().root))
        leaf = {"contract_id": log.contract_id, "day": day, "format": "pactdesk.day/1"}
        days.add(canonical.write({**leaf, "root": root, "size": size}))
        expected = {
            "contract_id": log.contract_id, "day": day, "day_size": size, "day_root": root,
            "log_size": number, "log_root": days.root, "previous": previous,
        }  # fmt: skip
        for name, value in expected.items():
            if type(fields[name]) is not type(value) or fields[name] != value:
                yield Refused("chain_broken", day=checkpoint.day, field=name)
        previous = sha256(checkpoint.body).hexdigest()
        day = (date.fromisoformat(day) + ONE_DAY).isoformat()


def check_signatures(checkpoints: list[Checkpoint], keys: Mapping[str, Key]) -> Iterator[Refused]:
    """Every checkpoint is signed by one of `keys`, which the provider holds."""
    for checkpoint in checkpoints:
        key = keys.get(checkpoint.key_id)
        named = {"day": checkpoint.day, "key_id": checkpoint.key_id}
        if key is None:
            yield Refused("key_unknown", **named)
        elif key.party != "provider" or key.demo is not checkpoint.fields["demo"]:
            yield Refused("key_unfit", **named)
        elif not ed25519.verifies(key.public, _DOMAIN + checkpoint.body, checkpoint.signature):
            yield Refused("signature_wrong", **named)


def check_since(log: Evidence, since: Checkpoint, keys: Mapping[str, Key]) -> Iterator[Refused]:
    """The history goes on from the checkpoint that the client holds."""
    if since.body not in [each.body for each in log.checkpoints]:
        yield Refused("not_a_continuation", day=since.day)
    else:
        yield from check_signatures([since], keys)
