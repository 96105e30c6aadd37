"""Canonical form and trees: the verifier's own against the engine's, and the page's example."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts import canonical as ours
from pactdesk.core.facts import merkle
from pactverify import canonical, ed25519, evidence
from pactverify.canonical import Refused
from pactverify.evidence import root_of

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/evidence-format.md"
EXAMPLE = PAGE.read_text(encoding="utf-8").partition("## 10.")[2]

scalars = st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text(max_size=6)
values = st.recursive(
    scalars, lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(max_size=4), held)
)


@given(values)
def test_both_write_the_same_bytes_or_both_refuse(value: Any) -> None:
    assert _or_none(canonical.write, value) == _or_none(ours.canonical_json, value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}', b'{"b":1,"a":2}', b"1.0", b"1e3", b"-0", b"NaN", b'{"a": 1}', b"",
        b"\xef\xbb\xbf1", b'"\\u0041"', b'"\\/"', b"9007199254740992", b"[" * 100_000, b'"\xff"',
        "\"e\u0301\"".encode(), b'"\\ud800"', b"9" * 5_000,
    ],
)  # fmt: skip
def test_every_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        canonical.parse(data, "here")


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_a_growing_tree_has_the_root_of_the_whole_one(leaves: list[bytes]) -> None:
    assert root_of(leaves).hex() == merkle.root(leaves).hex()


def test_the_example_of_the_page_holds() -> None:
    lines = [line.encode() for line in re.findall(r"^\{.*\}$", EXAMPLE, re.MULTILINE)]
    facts = [line for line in lines if b"pactdesk.fact/1" in line]
    day = next(line for line in lines if b"pactdesk.day/1" in line)
    chain = [evidence.checkpoint_in(line, "example") for line in lines if b"checkpoint/1" in line]
    root = root_of(facts).hex()
    assert f'"root":"{root}","size":2'.encode() in day
    assert chain[0].fields["log_root"] == root_of([day]).hex()
    assert chain[1].fields["previous"] == sha256(chain[0].body).hexdigest()
    public = bytes.fromhex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
    for each in chain:
        message = b"pactdesk.checkpoint/1\n" + each.body
        assert ed25519.verifies(public, message, each.signature)


def _or_none(write: Any, value: Any) -> bytes | None:
    try:
        written: bytes = write(value)
    except Exception:
        return None
    return written
