"""What was signed stays as it was signed, and freezes its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.items import ENTRY
from tests.support.rounds import record
from toolkit.register.merge import Merged
from toolkit.register.signatures import Signature
from toolkit.register.store import Register, RegisterError

DAY = dt.date(2026, 6, 19)
PLAIN = Signature(
    round_id=1, paper="整改进展通报.docx", number="甲党工通〔2026〕12号", by="张三丰", on=DAY, sha256="a1" * 32,
    texts=("标题", "正文“甲”，\n第二行。", ""),
)  # fmt: skip
PUBLIC = replace(PLAIN, paper="整改进展通报（公开稿）.docx", sha256="b2" * 32)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "r.db") as register:
        for day in (dt.date(2026, 6, 5), dt.date(2026, 6, 12)):
            record(register, day, Merged((ENTRY,), (), (), ()))
        yield register


def test_signatures_come_back_as_they_were_given_oldest_first(register: Register) -> None:
    assert register.signatures() == ()
    register.sign([PLAIN, PUBLIC])
    register.sign([replace(PLAIN, round_id=2, number="甲党工通〔2026〕13号")])
    assert register.signatures()[:2] == (PLAIN, PUBLIC)
    assert [signed.number[-3:] for signed in register.signatures()] == ["12号", "12号", "13号"]


def test_only_the_state_whose_paper_was_signed_is_signed(register: Register) -> None:
    register.sign([replace(PLAIN, round_id=2)])
    assert [register.is_signed(round_id) for round_id in (1, 2, 3)] == [False, True, False]


def test_a_signature_of_no_state_is_refused_and_leaves_nothing(register: Register) -> None:
    with pytest.raises(RegisterError, match="没有签发"):
        register.sign([PLAIN, replace(PLAIN, round_id=9)])
    assert register.signatures() == ()


def test_signing_does_not_break_the_chain_and_the_next_period_is_bound_to_it(
    register: Register,
) -> None:
    register.sign([replace(PLAIN, round_id=2)])
    assert register.faults() == ()
    record(register, DAY, Merged((ENTRY,), (), (), ()))
    assert register.faults() == ()
