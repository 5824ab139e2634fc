"""What says itself that it is no pack to seal: a draft, or pages that name another request than the attached one."""

import pytest

from generator.adapters.inspection import PackInspector
from generator.commands.seal import seal
from generator.errors import SealError
from tests.end_to_end.seal.conftest import Bench


def test_a_draft_is_not_sealed(fresh_bench: Bench) -> None:
    with pytest.raises(SealError, match="the pack is a draft"):
        seal(b"%PDF-1.7 <ep:draft>true</ep:draft>", fresh_bench.signer(), PackInspector(), fresh_bench.store)
    assert fresh_bench.store.ledger() == b""


def test_a_base_that_says_another_day_than_its_request_is_not_sealed(fresh_bench: Bench) -> None:
    base = fresh_bench.printed(fresh_bench.request())
    forged = base.replace(b"<ep:asOf>2026-11-20", b"<ep:asOf>2026-11-21")
    assert forged != base
    with pytest.raises(SealError, match="the pack says asOf 2026-11-21, its attachments 2026-11-20") as told:
        seal(forged, fresh_bench.signer(), PackInspector(), fresh_bench.store)
    assert told.value.reason == "PRINTED_DIFFERS"
    assert fresh_bench.store.ledger() == b""
