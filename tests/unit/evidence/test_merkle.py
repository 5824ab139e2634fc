import base64
import hashlib
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.evidence import merkle

_LEAVES = st.lists(st.binary(max_size=8).map(merkle.leaf_hash), min_size=1, max_size=40)
# The authors' own library takes roots of any length; ours takes SHA-256 hashes only.
_SHORT_DUMMY_ROOTS = 1


def _raw(value: str | None) -> bytes:
    return base64.b64decode(value or "")


def test_inclusion_proofs_agree_with_the_vectors_of_transparency_dev(outside_data: Path) -> None:
    vectors = json.loads((outside_data / "merkle" / "inclusion.json").read_text())
    wrong = [
        name
        for name, each in vectors.items()
        if merkle.verify_inclusion(
            _raw(each["leafHash"]),
            (each["leafIdx"], each["treeSize"]),
            [_raw(item) for item in each["proof"] or ()],
            _raw(each["root"]),
        )
        is each["wantErr"]
    ]
    assert len(vectors) > 90
    assert wrong == []


def test_consistency_proofs_agree_with_the_vectors_of_transparency_dev(outside_data: Path) -> None:
    vectors = json.loads((outside_data / "merkle" / "consistency.json").read_text())
    wrong = [
        name
        for name, each in vectors.items()
        if merkle.verify_consistency(
            (each["size1"], each["size2"]),
            [_raw(item) for item in each["proof"] or ()],
            (_raw(each["root1"]), _raw(each["root2"])),
        )
        is each["wantErr"]
    ]
    assert len(vectors) > 90
    assert len(wrong) <= _SHORT_DUMMY_ROOTS, wrong


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@given(_LEAVES, st.data())
def test_every_leaf_is_proven_under_its_root_and_nowhere_else(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.inclusion_proof(index, leaves)
    head = merkle.root(leaves)
    assert merkle.verify_inclusion(leaves[index], (index, len(leaves)), proof, head)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"other leaf"), (index, len(leaves)), proof, head)


@given(_LEAVES, st.data())
def test_every_prefix_is_proven_consistent(leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(leaves)))
    proof = merkle.consistency_proof(size, leaves)
    heads = (merkle.root(leaves[:size]), merkle.root(leaves))
    assert merkle.verify_consistency((size, len(leaves)), proof, heads)
    assert not merkle.verify_consistency((size, len(leaves)), proof, (merkle.leaf_hash(b"fork"), heads[1]))
