"""The page for strangers is right: its example is what Pactdesk writes, byte for byte."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pactdesk.core.facts import merkle
from pactdesk.core.facts.chain import check_chain
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.kinds import (
    MEASURED_BY_KIND,
    Actor,
    CaseType,
    Channel,
    Clock,
    ClockEvent,
    ClockMetric,
    InteractionOpened,
    Party,
)
from pactdesk.core.facts.log import seal_through
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/evidence-format.md"
KEY = SigningKey(
    Ed25519PrivateKey.from_private_bytes(bytes(range(32))), party=Party.PROVIDER, demo=True
)


def example(folder: Path) -> FileLog:
    """The log that section 10 describes."""
    at = instant_at("2026-09-01T09:00:00+08:00")
    name = PersonalField("chat", "m-1", "name", bytes(range(16)).hex(), "张三")
    opened = Fact.of(
        InteractionOpened("i-1", Channel.CHAT, CaseType.CONSULT, "c-7f3a"),
        contract_id="demo-001",
        source="chat",
        event_id="m-1",
        occurred_at=at,
        personal={"name": name.commitment},
    )
    answered = Fact.of(
        Clock("i-1", ClockMetric.FIRST_RESPONSE, ClockEvent.FULFIL, actor=Actor.AGENT, proof="m-2"),
        contract_id="demo-001",
        source="chat",
        event_id="m-2",
        occurred_at=Instant(at + 20_000),
    )
    log = FileLog.create(folder, "demo-001", "Asia/Shanghai")
    log.record(
        [RecordedFact(opened, Instant(at + 1200)), RecordedFact(answered, Instant(at + 21_000))],
        [name],
    )
    seal_through(log, date(2026, 9, 2), KEY)
    return log


def test_the_example_on_the_page_is_what_the_log_writes(tmp_path: Path) -> None:
    log = example(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    blocks = set(re.findall(r"```json\n(.*?)```", page, flags=re.DOTALL))
    for name in (
        "log.json",
        "facts/2026-09-01.jsonl",
        "personal/2026-09-01.jsonl",
        "checkpoints.jsonl",
    ):
        assert (log.folder / name).read_text(encoding="utf-8") in blocks, name
    first = log.checkpoints()[0].body
    assert first.day_seal.leaf.decode() + "\n" in blocks
    check_chain("demo-001", log.checkpoints(), TrustedKeys([KEY.public]))


def test_every_hash_on_the_page_is_one_of_the_example(tmp_path: Path) -> None:
    log = example(tmp_path)
    first, second = (signed.body for signed in log.checkpoints())
    leaves = log.day_records(first.day)
    known = {
        *(merkle.leaf_hash(leaf).hex() for leaf in [*leaves, first.day_seal.leaf]),
        *(first.day_root, first.log_root, first.digest),
        *(second.day_root, second.log_root, second.digest),
        *(each.commitment for each in log.personal_fields()),
        KEY.public.public_hex,
    }
    page = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"\b[0-9a-f]{64}\b", page)) == known
    assert sha256(bytes.fromhex(KEY.public.public_hex)).hexdigest().startswith(KEY.key_id)
    assert KEY.key_id in page


def test_every_kind_and_field_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for kind, measured in MEASURED_BY_KIND.items():
        [row] = [line for line in page.splitlines() if line.startswith(f"| `{kind}` |")]
        for name, field in measured.fields.items():
            assert f"`{name}`" in row, (kind, name)
            for word in re.findall(r"[a-z_]{3,}", field.expected):
                assert word in {"int", "null", "true", "false"} or f'"{word}"' in row, (kind, word)
