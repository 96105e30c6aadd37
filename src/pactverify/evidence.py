"""The log in a bundle: records, trees, checkpoints, signatures, keys (evidence-format.md)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
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


class Tree:
    """The Merkle tree of RFC 9162, section 2.1, growing leaf by leaf.

    It keeps the roots of its complete subtrees, largest first; joined from the right they give
    the root that splitting at the largest power of two gives.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._complete: list[tuple[int, bytes]] = []
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        """Take in one more leaf."""
        size, node = 1, sha256(b"\x00" + leaf).digest()
        while self._complete and self._complete[-1][0] == size:
            node = sha256(b"\x01" + self._complete.pop()[1] + node).digest()
            size *= 2
        self._complete.append((size, node))

    @property
    def root(self) -> str:
        """The root as hex; of no leaves, the hash of nothing."""
        nodes = [node for _, node in self._complete] or [sha256(b"").digest()]
        while len(nodes) > 1:
            right = nodes.pop()
            nodes[-1] = sha256(b"\x01" + nodes[-1] + right).digest()
        return nodes[0].hex()


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
        elif key[1:] != ("provider", checkpoint.fields["demo"]) or not ed25519.verifies(
            key[0], _DOMAIN + checkpoint.body, checkpoint.signature
        ):
            yield Refused("signature_wrong", **named)
