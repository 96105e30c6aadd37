"""The Merkle tree of RFC 9162, section 2.1 (the same as in RFC 6962), over SHA-256.

The verifying functions are the algorithms of RFC 9162, 2.1.3.2 and 2.1.4.2, step by step; a
proof of the wrong length, or for a size that cannot be, is refused rather than half read.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256(0x00 ‖ leaf)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree head of the leaves (their bytes, not their hashes), in this order.

    >>> root([]).hex()[:8]
    'e3b0c442'
    """
    return root_of_hashes([leaf_hash(leaf) for leaf in leaves])


def root_of_hashes(hashes: Sequence[bytes]) -> bytes:
    """The tree head when the leaf hashes are already known.

    Level by level; a node without a partner rises as it is, which gives the same tree as the
    recursive definition of the RFC.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        above = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = above + level[len(above) * 2 :]
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """PATH(index, leaves), from the leaf upwards. `index` counts from 0.

    raises  IndexError when there is no such leaf
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    return _path([leaf_hash(leaf) for leaf in leaves], index)


def consistency_proof(leaves: Sequence[bytes], older_size: int) -> list[bytes]:
    """PROOF(older_size, leaves): that the first `older_size` leaves are the older tree.

    Empty when both sizes are equal, and when the older tree is empty.

    raises  IndexError when the older tree is larger
    """
    if not 0 <= older_size <= len(leaves):
        raise IndexError(older_size)
    if older_size in (0, len(leaves)):
        return []
    return _subproof([leaf_hash(leaf) for leaf in leaves], older_size, is_whole=True)


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], tree_root: bytes
) -> bool:
    """Whether `leaf` is number `index` of the `size` leaves under `tree_root` (2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([*proof, tree_root]):
        return False
    at, last = index, size - 1
    running = leaf_hash(leaf)
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            running = node_hash(step, running)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            running = node_hash(running, step)
        at, last = at >> 1, last >> 1
    return last == 0 and running == tree_root


def verify_consistency(
    *,
    older_size: int,
    newer_size: int,
    older_root: bytes,
    newer_root: bytes,
    proof: Sequence[bytes],
) -> bool:
    """Whether the newer tree only appends to the older one (2.1.4.2).

    The RFC leaves two cases to the caller. Equal sizes: equal roots and no proof. An older tree
    of size 0: its root is that of the empty tree, and no proof; every tree begins with nothing.
    """
    if not 0 <= older_size <= newer_size or not _are_hashes([*proof, older_root, newer_root]):
        return False
    if older_size == newer_size:
        return not proof and older_root == newer_root
    if older_size == 0:
        return not proof and older_root == EMPTY_ROOT
    if not proof:
        return False
    is_power_of_two = older_size & (older_size - 1) == 0
    path = [older_root, *proof] if is_power_of_two else list(proof)
    at, last = older_size - 1, newer_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        at, last = at >> 1, last >> 1
    return last == 0 and older == older_root and newer == newer_root


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    if len(hashes) == 1:
        return []
    middle = _split(len(hashes))
    left, right = hashes[:middle], hashes[middle:]
    if index < middle:
        return [*_path(left, index), root_of_hashes(right)]
    return [*_path(right, index - middle), root_of_hashes(left)]


def _subproof(hashes: Sequence[bytes], older_size: int, *, is_whole: bool) -> list[bytes]:
    """SUBPROOF of the RFC; `is_whole` while the older tree itself is the subtree at hand."""
    if older_size == len(hashes):
        return [] if is_whole else [root_of_hashes(hashes)]
    middle = _split(len(hashes))
    left, right = hashes[:middle], hashes[middle:]
    if older_size <= middle:
        return [*_subproof(left, older_size, is_whole=is_whole), root_of_hashes(right)]
    return [*_subproof(right, older_size - middle, is_whole=False), root_of_hashes(left)]


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
