"""The chain of checkpoints holds, and every tampering breaks it where it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import Json
from pactdesk.core.facts.chain import (
    ChainBroken,
    ConsistencyProof,
    ConsistencyRefused,
    DayChanged,
    DemoFlagWrong,
    HistoryCut,
    HistoryReplaced,
    KeyNotTrusted,
    KeyOfAnotherParty,
    LogOfAnotherContract,
    SignatureWrong,
    check_chain,
    check_consistency,
    check_day,
    check_since,
    from_consistency_record,
    prove_since,
    to_consistency_record,
)
from pactdesk.core.facts.checkpoints import (
    Checkpoint,
    CheckpointMalformed,
    SignedCheckpoint,
    from_checkpoint_record,
    seal_day,
    to_checkpoint_record,
)
from pactdesk.core.facts.kinds import Party
from pactdesk.core.units.errors import PactError
from pactdesk.gateways.keys import SigningKey, TrustedKeys

Chain = Sequence[SignedCheckpoint]


def signed_again(body: Checkpoint, signer: SigningKey) -> SignedCheckpoint:
    return SignedCheckpoint(body, signer.sign(body.message).hex())


def test_an_honest_chain_is_accepted(chain: Chain, trust: TrustedKeys) -> None:
    check_chain("c", chain, trust)
    check_chain("c", [], trust)


def test_a_chain_of_another_contract_is_refused(chain: Chain, trust: TrustedKeys) -> None:
    with pytest.raises(LogOfAnotherContract):
        check_chain("d", chain, trust)


@given(number=st.integers(0, 6), change=st.integers(0, 511))
def test_one_turned_bit_of_a_signature_is_found(
    chain: Chain, trust: TrustedKeys, number: int, change: int
) -> None:
    turned = int(chain[number].signature_hex, 16) ^ 1 << change
    tampered = list(chain)
    tampered[number] = replace(chain[number], signature_hex=f"{turned:0128x}")
    with pytest.raises(SignatureWrong) as wrong:
        check_chain("c", tampered, trust)
    assert wrong.value.facts["day"] == chain[number].body.day.isoformat()


CHANGES: list[dict[str, object]] = [
    {"day": date(2026, 9, 27)},
    {"day_size": 99},
    {"day_root": "00" * 32},
    {"log_size": 99},
    {"log_root": "00" * 32},
    {"previous": "00" * 32},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_changed_checkpoint_breaks_the_chain_even_if_signed_again(
    chain: Chain, trust: TrustedKeys, signer: SigningKey, number: int, change: dict[str, object]
) -> None:
    body = replace(chain[number].body, **change)  # type: ignore[arg-type]  # a dict of mixed keywords
    tampered = [*chain[:number], signed_again(body, signer), *chain[number + 1 :]]
    with pytest.raises(ChainBroken):
        check_chain("c", tampered, trust)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_changed_checkpoint_is_not_signed(
    chain: Chain, trust: TrustedKeys, change: dict[str, object]
) -> None:
    body = replace(chain[0].body, **change)  # type: ignore[arg-type]  # a dict of mixed keywords
    with pytest.raises((SignatureWrong, ChainBroken)):
        check_chain("c", [SignedCheckpoint(body, chain[0].signature_hex)], trust)


def test_a_missing_day_breaks_the_chain(chain: Chain, trust: TrustedKeys) -> None:
    for number in range(6):
        with pytest.raises(ChainBroken):
            check_chain("c", [*chain[:number], *chain[number + 1 :]], trust)


def test_only_a_trusted_key_of_the_provider_with_the_same_demo_flag_seals(
    chain: Chain, signer: SigningKey
) -> None:
    with pytest.raises(KeyNotTrusted):
        check_chain("c", chain, TrustedKeys([]))
    with pytest.raises(KeyOfAnotherParty):
        check_chain("c", chain, TrustedKeys([replace(signer.public, party=Party.CLIENT)]))
    with pytest.raises(DemoFlagWrong):
        check_chain("c", chain, TrustedKeys([replace(signer.public, demo=False)]))


def test_a_history_forged_with_fresh_keys_is_refused(chain: Chain, trust: TrustedKeys) -> None:
    forger = SigningKey.generate(Party.PROVIDER, demo=True)
    forged = [signed_again(replace(chain[0].body, key_id=forger.key_id), forger)]
    check_chain("c", forged, TrustedKeys([forger.public]))
    with pytest.raises(KeyNotTrusted):
        check_chain("c", forged, trust)


@given(number=st.integers(0, 6), data=st.data())
def test_one_changed_byte_of_one_record_is_found_on_its_day(
    chain: Chain, number: int, data: st.DataObject
) -> None:
    leaves = [f"{number}.{m}".encode() for m in range(number)]
    check_day(chain[number].body, leaves)
    changed = list(leaves)
    if changed:
        at = data.draw(st.integers(0, number - 1))
        changed[at] = data.draw(st.binary(max_size=5).filter(lambda leaf: leaf != leaves[at]))
    else:
        changed.append(b"")
    with pytest.raises(DayChanged) as found:
        check_day(chain[number].body, changed)
    assert found.value.facts["day"] == chain[number].body.day.isoformat()


def test_a_kept_checkpoint_unmasks_a_rewritten_history(chain: Chain, signer: SigningKey) -> None:
    kept = chain[3].body
    check_since(chain, kept)
    rewritten: list[SignedCheckpoint] = []
    for n in range(7):
        day = kept.day + timedelta(days=n - 3)
        rewritten.append(
            seal_day(contract_id="c", day=day, leaves=[b"new"], chain=rewritten, signer=signer)
        )
    with pytest.raises(HistoryReplaced):
        check_since(rewritten, kept)
    with pytest.raises(HistoryCut):
        check_since(chain[:3], kept)
    with pytest.raises(HistoryCut):
        check_since([], kept)
    with pytest.raises(LogOfAnotherContract):
        check_since(chain, replace(kept, contract_id="d"))


@given(older=st.integers(1, 7), newer=st.integers(1, 7), claimed=st.integers(1, 7))
def test_a_consistency_proof_links_two_checkpoints_and_no_others(
    chain: Chain, older: int, newer: int, claimed: int
) -> None:
    if older > newer:
        with pytest.raises(HistoryCut):
            prove_since(chain[:newer], older)
        return
    proof = prove_since(chain[:newer], older)
    assert from_consistency_record(to_consistency_record(proof)) == proof
    check_consistency(chain[older - 1].body, chain[newer - 1].body, proof)
    if claimed != older:
        with pytest.raises(ConsistencyRefused):
            check_consistency(chain[claimed - 1].body, chain[newer - 1].body, proof)


@pytest.mark.parametrize(
    "record",
    [
        None,
        {},
        {"format": "x", "newer_size": 2, "older_size": 1, "proof": []},
        {"format": "pactdesk.consistency/1", "newer_size": 2, "older_size": 1, "proof": ["zz"]},
        {"format": "pactdesk.consistency/1", "newer_size": "2", "older_size": 1, "proof": []},
    ],
)
def test_a_malformed_consistency_proof_is_refused(record: Json, chain: Chain) -> None:
    with pytest.raises(CheckpointMalformed):
        from_consistency_record(record)
    with pytest.raises(ConsistencyRefused):
        check_consistency(chain[0].body, chain[1].body, ConsistencyProof(1, 2, ()))


def test_a_checkpoint_is_read_back_or_refused(chain: Chain) -> None:
    record = to_checkpoint_record(chain[2])
    assert from_checkpoint_record(record) == chain[2]
    body = record["body"]
    assert isinstance(body, dict)
    wrong: dict[str, list[Json]] = {
        "contract_id": ["", 1],
        "day": ["2026-9-1", "2026-02-30", 1],
        "day_root": ["00", "GG" * 32, None],
        "day_size": [-1, True, "1"],
        "demo": [0, None],
        "format": ["pactdesk.checkpoint/2"],
        "key_id": ["00"],
        "log_root": ["AA" * 32],
        "log_size": [0],
        "previous": ["", 1],
        "extra": [1],
    }
    for field, values in wrong.items():
        for value in values:
            with pytest.raises(CheckpointMalformed) as malformed:
                from_checkpoint_record({**record, "body": {**body, field: value}})
            assert malformed.value.facts["field"] == field
    others: list[Json] = [
        None,
        {"body": body},
        {**record, "signature": "00"},
        {**record, "body": []},
    ]
    for broken in others:
        with pytest.raises(PactError):
            from_checkpoint_record(broken)
