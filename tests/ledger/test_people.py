"""Names of people."""

from __future__ import annotations

import pytest

from toolkit.ledger.people import read_people


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("张 三", "张三"), ("李 芳 华", "李芳华"), ("张 三、李四五", "张三、李四五"), ("张三 李四", "张三 李四"),
        ("张三 13800000000", "张三 13800000000"), ("张 三 李 四", "张 三 李 四"), ("副局长 张三", "副局长 张三"),
    ],
)  # fmt: skip
def test_only_a_stretched_name_is_drawn_together(written: str, read: str) -> None:
    assert read_people(written) == read
