"""The Merkle tree of RFC 9162, section 2.1, with SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


class Tree:
    """A tree that grows leaf by leaf.

    It keeps the roots of the complete subtrees that its leaves split into, largest first.
    Joined from the right they give the root that splitting at the largest power of two gives.
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
