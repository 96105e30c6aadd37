"""The tree is that of RFC 6962 and RFC 9162, and no tampering passes."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pactdesk.core.facts import merkle

sizes = st.integers(0, 70)
# The eight leaves and the heads of the trees over the first 1 to 8 that Certificate
# Transparency implementations test against.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243",
        "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves_of(size: int) -> list[bytes]:
    return [f"leaf {n}".encode() for n in range(size)]


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of the RFC, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(
        b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])
    ).digest()


@pytest.mark.parametrize("size", range(9))
def test_known_trees_have_their_known_heads(size: int) -> None:
    assert merkle.root(KNOWN_LEAVES[:size]).hex() == KNOWN_ROOTS[size]


@pytest.mark.parametrize("size", range(71))
def test_the_head_is_that_of_the_recursive_definition(size: int) -> None:
    assert merkle.root(leaves_of(size)) == recursive_root(leaves_of(size))


@pytest.mark.parametrize("size", range(71))
def test_every_leaf_is_proven_and_only_at_its_place(size: int) -> None:
    leaves = leaves_of(size)
    head = merkle.root(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(leaves, index)
        at = {"size": size, "proof": proof, "tree_root": head}
        assert merkle.verify_inclusion(leaf, index=index, **at)  # type: ignore[arg-type]  # a dict of mixed keywords
        assert not merkle.verify_inclusion(leaf + b"!", index=index, **at)  # type: ignore[arg-type]  # same
        assert not merkle.verify_inclusion(leaf, index=(index + 1) % size, **at) or size == 1  # type: ignore[arg-type]  # same


@pytest.mark.parametrize("size", range(71))
def test_every_older_tree_is_proven_to_be_the_beginning(size: int) -> None:
    leaves = leaves_of(size)
    for older in range(size + 1):
        assert merkle.verify_consistency(
            older_size=older,
            newer_size=size,
            older_root=merkle.root(leaves[:older]),
            newer_root=merkle.root(leaves),
            proof=merkle.consistency_proof(leaves, older),
        )


@given(st.data(), st.integers(1, 70))
def test_a_tampered_inclusion_proof_is_refused(data: st.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(leaves, index)
    head = merkle.root(leaves)
    tampered = data.draw(_tampered(proof))
    assert not merkle.verify_inclusion(
        leaves[index], index=index, size=size, proof=tampered, tree_root=head
    )


@given(st.data(), st.integers(1, 70))
def test_an_inclusion_proof_holds_for_no_other_leaf_or_head(data: st.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(leaves, index)
    other = data.draw(st.binary(min_size=32, max_size=32))
    assert not merkle.verify_inclusion(
        leaves[index], index=index, size=size, proof=proof, tree_root=other
    )


@given(st.data(), st.integers(2, 70))
def test_a_tampered_consistency_proof_is_refused(data: st.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    older = data.draw(st.integers(1, size - 1))
    proof = merkle.consistency_proof(leaves, older)
    tampered = data.draw(_tampered(proof))
    assert not merkle.verify_consistency(
        older_size=older,
        newer_size=size,
        older_root=merkle.root(leaves[:older]),
        newer_root=merkle.root(leaves),
        proof=tampered,
    )


@given(st.data(), st.integers(2, 70))
def test_a_rewritten_history_has_no_consistency_proof(data: st.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    older = data.draw(st.integers(1, size - 1))
    rewritten = list(leaves)
    rewritten[data.draw(st.integers(0, older - 1))] = b"forged"
    assert not merkle.verify_consistency(
        older_size=older,
        newer_size=size,
        older_root=merkle.root(leaves[:older]),
        newer_root=merkle.root(rewritten),
        proof=merkle.consistency_proof(rewritten, older),
    )


@given(st.data(), st.integers(1, 70), sizes, st.integers(-1, 71))
def test_a_consistency_proof_holds_for_no_other_size(
    data: st.DataObject, size: int, claimed_older: int, claimed_newer: int
) -> None:
    leaves = leaves_of(size)
    older = data.draw(st.integers(1, size))
    assume((claimed_older, claimed_newer) != (older, size))
    # Sizes say less than roots: with the right roots and proof, a claim is only ever accepted
    # when it leads through the same tree. It must never vouch for roots of other sizes.
    if merkle.verify_consistency(
        older_size=claimed_older,
        newer_size=claimed_newer,
        older_root=merkle.root(leaves_of(claimed_older)),
        newer_root=merkle.root(leaves),
        proof=merkle.consistency_proof(leaves, older),
    ):
        assert claimed_older in (0, older) or claimed_older == claimed_newer == size


def test_equal_sizes_need_equal_heads_and_no_proof() -> None:
    head = merkle.root(leaves_of(5))
    same = {"older_size": 5, "newer_size": 5, "older_root": head}
    assert merkle.verify_consistency(**same, newer_root=head, proof=[])  # type: ignore[arg-type]  # a dict of mixed keywords
    assert not merkle.verify_consistency(**same, newer_root=head, proof=[head])  # type: ignore[arg-type]  # same
    assert not merkle.verify_consistency(**same, newer_root=merkle.EMPTY_ROOT, proof=[])  # type: ignore[arg-type]  # same


def test_every_tree_continues_the_empty_one_and_nothing_else_is_empty() -> None:
    head = merkle.root(leaves_of(5))
    sizes_of = {"older_size": 0, "newer_size": 5, "newer_root": head}
    assert merkle.verify_consistency(**sizes_of, older_root=merkle.EMPTY_ROOT, proof=[])  # type: ignore[arg-type]  # a dict of mixed keywords
    assert not merkle.verify_consistency(**sizes_of, older_root=head, proof=[])  # type: ignore[arg-type]  # same
    assert not merkle.verify_consistency(**sizes_of, older_root=merkle.EMPTY_ROOT, proof=[head])  # type: ignore[arg-type]  # same


@pytest.mark.parametrize(("older", "newer"), [(6, 5), (-1, 5), (1, 0), (-1, -1)])
def test_sizes_that_cannot_be_are_refused(older: int, newer: int) -> None:
    head = merkle.root(leaves_of(5))
    assert not merkle.verify_consistency(
        older_size=older, newer_size=newer, older_root=head, newer_root=head, proof=[]
    )


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5), (0, -1)])
def test_places_that_cannot_be_are_refused(index: int, size: int) -> None:
    assert not merkle.verify_inclusion(
        b"", index=index, size=size, proof=[], tree_root=merkle.leaf_hash(b"")
    )


def test_there_is_no_proof_for_what_is_not_there() -> None:
    for index in (-1, 5):
        with pytest.raises(IndexError):
            merkle.inclusion_proof(leaves_of(5), index)
    for older in (-1, 6):
        with pytest.raises(IndexError):
            merkle.consistency_proof(leaves_of(5), older)


@st.composite
def _tampered(draw: st.DrawFn, proof: list[bytes]) -> list[bytes]:
    """Another proof than the given one: longer, shorter, swapped, or with a bit turned."""
    changed = list(proof)
    match draw(st.sampled_from(["turn", "add", "drop", "swap", "cut"])):
        case "turn" if changed:
            at = draw(st.integers(0, len(changed) - 1))
            byte = draw(st.integers(0, 31))
            bit = 1 << draw(st.integers(0, 7))
            turned = bytearray(changed[at])
            turned[byte] ^= bit
            changed[at] = bytes(turned)
        case "drop" if changed:
            del changed[draw(st.integers(0, len(changed) - 1))]
        case "swap" if len(changed) > 1:
            changed.reverse()
        case "cut" if changed:
            changed[-1] = changed[-1][:-1]
        case _:
            place = draw(st.integers(0, len(changed)))
            changed.insert(place, draw(st.binary(min_size=32, max_size=32)))
    assume(changed != proof)
    return changed
