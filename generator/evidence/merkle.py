"""The Merkle tree of RFC 9162 section 2.1: roots, inclusion and consistency proofs, and their verification."""

import hashlib
from collections.abc import Sequence

_SIZE = 32

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256 over a zero byte and its data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node: SHA-256 over a one byte and its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree head over leaf hashes (section 2.1.1)."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return node_hash(root(leaves[:split]), root(leaves[split:]))


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """The hashes that prove a leaf's place in the tree (section 2.1.3.1)."""
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    if index < split:
        return (*inclusion_proof(index, leaves[:split]), root(leaves[split:]))
    return (*inclusion_proof(index - split, leaves[split:]), root(leaves[:split]))


def consistency_proof(size: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """The hashes that prove that the tree of the first `size` leaves is a prefix of this one (section 2.1.4.1)."""
    return () if size in (0, len(leaves)) else _subproof(size, leaves, whole=True)


def verify_inclusion(leaf: bytes, place: tuple[int, int], proof: Sequence[bytes], head: bytes) -> bool:
    """Whether the proof places the leaf hash at (index, tree size) under this head (section 2.1.3.2)."""
    index, size = place
    if not 0 <= index < size or not _hashes(leaf, head, *proof):
        return False
    node, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and computed == head


def verify_consistency(sizes: tuple[int, int], proof: Sequence[bytes], heads: tuple[bytes, bytes]) -> bool:
    """Whether the tree of the second size and head continues that of the first (section 2.1.4.2)."""
    old, new = sizes
    if not 0 < old <= new or not _hashes(*heads, *proof):
        return False
    if old == new:
        return not proof and heads[0] == heads[1]
    if not proof:
        return False
    path = list(proof) if old & (old - 1) else [heads[0], *proof]
    return _climb((old, new), path) == heads


def _climb(sizes: tuple[int, int], path: list[bytes]) -> tuple[bytes, bytes] | None:
    """The two heads that a consistency path leads to, or None where it is too long or too short."""
    node, last = sizes[0] - 1, sizes[1] - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None


def _subproof(size: int, leaves: Sequence[bytes], *, whole: bool) -> tuple[bytes, ...]:
    if size == len(leaves):
        return () if whole else (root(leaves),)
    split = _split(len(leaves))
    if size <= split:
        return (*_subproof(size, leaves[:split], whole=whole), root(leaves[split:]))
    return (*_subproof(size - split, leaves[split:], whole=False), root(leaves[:split]))


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def _hashes(*values: bytes) -> bool:
    return all(len(value) == _SIZE for value in values)
