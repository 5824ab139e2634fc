"""A draft says on its cover that it is never sealed."""

import pytest

from generator.adapters.inspection import PackInspector
from generator.commands.seal import seal
from generator.errors import SealError
from tests.end_to_end.seal.conftest import Bench


def test_a_draft_is_not_sealed(fresh_bench: Bench) -> None:
    with pytest.raises(SealError, match="the pack is a draft"):
        seal(b"%PDF-1.7 <ep:draft>true</ep:draft>", fresh_bench.signer(), PackInspector(), fresh_bench.store)
    assert fresh_bench.store.ledger() == b""
