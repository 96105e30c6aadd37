"""The log in a bundle: records, trees, checkpoints, signatures, keys (evidence-format.md)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pactverify import canonical, ed25519
from pactverify.archive import Bundle
from pactverify.canonical import Refused, Unusable
from pactverify.facts import Fact, fact_of
from pactverify.worktime import ONE_DAY, local_day

_DAY_FILE = re.compile(r"evidence/facts/([0-9]{4}-[0-9]{2}-[0-9]{2})\.jsonl")
_CHECKPOINTS, _CONFLICTS = "evidence/checkpoints.jsonl", "evidence/conflicts.jsonl"
_OTHERS = ("evidence/log.json", _CHECKPOINTS, _CONFLICTS)
_DOMAIN = b"pactdesk.checkpoint/1\n"
_BODY = {
    "contract_id", "day", "day_root", "day_size", "demo", "format", "key_id", "log_root",
    "log_size", "previous",
}  # fmt: skip


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root of the Merkle tree of RFC 9162, section 2.1.1."""
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below
    return sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


Key = tuple[bytes, str, bool]  # the public key, whose it is said to be, whether for demonstration


class Checkpoint(NamedTuple):
    """One signed line; `body` are its canonical bytes."""

    fields: Mapping[str, Any]
    body: bytes
    signature: bytes
    day: str
    key_id: str


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


def keys_in(value: Any) -> dict[str, Key]:
    """Key id → key; ValueError (or another form error) when anything in the list is wrong."""
    keys: dict[str, Key] = {}
    for entry in value["keys"]:
        public, party, demo = bytes.fromhex(entry["public_hex"]), entry["party"], entry["demo"]
        key_id = sha256(public).hexdigest()[:16]
        written = {"key_id": key_id, "public_hex": public.hex(), "party": party, "demo": demo}
        if entry != written or party not in ("provider", "client") or key_id in keys:
            raise ValueError(entry["key_id"])
        keys[key_id] = (public, party, demo)
    return keys


def read_records(bundle: Bundle, log: Evidence) -> Iterator[Refused]:
    """Read every day file into `log`; yields what is wrong with one, and goes on to the next."""
    seen: set[tuple[str, str]] = set()
    for name in bundle.names:
        day = _DAY_FILE.fullmatch(name)
        if day is None:
            if name.startswith("evidence/") and name not in _OTHERS:
                yield Refused("file_differs", name=name)
            continue
        try:
            lines = canonical.lines_of(bundle.read(name), name)
            log.trees[day[1]] = (len(lines), root_of(lines).hex())
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
        same_day = local_day(fact.recorded_at, log.zone).isoformat() == day
        if not same_day or order[1:] in seen or (last is not None and order < last):
            named = {"source": fact.source, "event_id": fact.event_id}
            raise Refused("record_misplaced", day=day, **named)
        seen.add(order[1:])
        last = order
        yield fact


def checkpoint_in(line: bytes, where: str) -> Checkpoint:
    """The checkpoint in one line; its form only."""
    match canonical.parse(line, where):
        case {"body": dict(body), "signature": str(signature), **rest} if not rest:
            known = set(body) == _BODY and body["format"] == "pactdesk.checkpoint/1"
            if known and re.fullmatch(r"[0-9a-f]{128}", signature):
                named = (bytes.fromhex(signature), str(body["day"]), str(body["key_id"]))
                return Checkpoint(body, canonical.write(body), *named)
    raise Refused("checkpoint_malformed", where=where)


def checkpoints_at(path: Path) -> list[Checkpoint]:
    """The checkpoint in a file, or those in a witness's folder, by day."""
    files = path.glob("*.json") if path.is_dir() else [path]
    found = [checkpoint_in(file.read_bytes().removesuffix(b"\n"), str(file)) for file in files]
    return sorted(found, key=lambda each: (each.day, each.body))


def check_chain(bundle: Bundle, log: Evidence) -> Iterator[Refused]:
    """Days, sizes, roots and links of every checkpoint, from the first on."""
    lines = canonical.lines_of(bundle.read(_CHECKPOINTS), _CHECKPOINTS)
    if not lines:
        raise Refused("checkpoint_malformed", where=_CHECKPOINTS)
    log.checkpoints = [
        checkpoint_in(line, f"{_CHECKPOINTS}, {number}") for number, line in enumerate(lines, 1)
    ]
    day = log.checkpoints[0].day
    for early in sorted(each for each in log.trees if each < day):
        yield Refused("chain_broken", day=early, field="day")
    days: list[bytes] = []
    previous = None
    for number, checkpoint in enumerate(log.checkpoints, 1):
        fields = checkpoint.fields
        size, root = log.trees.get(checkpoint.day, (0, root_of([]).hex()))
        leaf = {"contract_id": log.contract_id, "day": day, "format": "pactdesk.day/1"}
        days.append(canonical.write({**leaf, "root": root, "size": size}))
        expected = {
            "contract_id": log.contract_id, "day": day, "day_size": size, "day_root": root,
            "log_size": number, "log_root": root_of(days).hex(), "previous": previous,
        }  # fmt: skip
        for name, value in expected.items():
            if type(fields[name]) is not type(value) or fields[name] != value:
                yield Refused("chain_broken", day=checkpoint.day, field=name)
        previous = sha256(checkpoint.body).hexdigest()
        day = (date.fromisoformat(day) + ONE_DAY).isoformat()


def keep(taken: Checkpoint, folder: Path) -> None:
    """A witness writes it down under its day and digest; what is there already is the same."""
    day, digest = date.fromisoformat(taken.day), sha256(taken.body).hexdigest()
    record = {"body": taken.fields, "signature": taken.signature.hex()}
    (folder / f"{day}-{digest[:32]}.json").write_bytes(canonical.write(record) + b"\n")


def check_neighbours(one: Checkpoint, following: Checkpoint) -> Iterator[Refused]:
    """What is wrong or missing between two checkpoints that a witness holds side by side."""
    days = date.fromisoformat(following.day) - date.fromisoformat(one.day)
    if one.fields["contract_id"] != following.fields["contract_id"]:
        yield Refused("contracts_mixed", day=following.day)
    elif not days:
        yield Refused("two_histories", day=one.day)
    elif days > ONE_DAY:
        yield Refused("days_missing", after=one.day, before=following.day)
    elif following.fields["previous"] != sha256(one.body).hexdigest():
        yield Refused("chain_broken", day=following.day, field="previous")


def check_signatures(checkpoints: list[Checkpoint], keys: Mapping[str, Key]) -> Iterator[Refused]:
    """Every checkpoint is signed by one of `keys`, which the provider holds."""
    for checkpoint in checkpoints:
        key = keys.get(checkpoint.key_id)
        named = {"day": checkpoint.day, "key_id": checkpoint.key_id}
        if key is None:
            yield Refused("key_unknown", **named)
        elif key[1:] != ("provider", checkpoint.fields["demo"]) or not ed25519.verifies(
            key[0], _DOMAIN + checkpoint.body, checkpoint.signature
        ):
            yield Refused("signature_wrong", **named)
