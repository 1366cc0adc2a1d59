"""The entry of a setting says all that there is to say of it; one that says less cannot exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pytest

from toolkit.ledger.text import as_typed
from toolkit.settings.fields import Entry, Section, setting
from toolkit.settings.kinds import Kind, Misfit, Text, WholeNumber
from toolkit.settings.model import SECTIONS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator


def every_entry() -> Iterator[tuple[str, Entry, object]]:
    """Section.attribute, entry and default of every setting there is."""
    for name, kind in SECTIONS.items():
        for attribute, entry in kind.entries().items():
            yield f"{name}.{attribute}", entry, getattr(getattr(Settings(), name), attribute)


EVERY = [pytest.param(entry, default, id=place) for place, entry, default in every_entry()]


@pytest.mark.parametrize(("entry", "default"), EVERY)
def test_an_entry_is_whole(entry: Entry, default: object) -> None:
    assert isinstance(entry.kind, Kind)
    assert entry.kind.allowed
    assert entry.explanation
    assert entry.example
    assert not isinstance(entry.kind.read(entry.example), Misfit)
    if default not in (None, ""):
        assert entry.kind.read(as_typed(default)) == default


def test_no_two_settings_share_a_name() -> None:
    names = [entry.name for _, entry, _ in every_entry()]
    assert sorted(names) == sorted(set(names))


def test_a_section_with_a_field_that_is_no_setting_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Bare(Section):
        sheet: ClassVar[str] = "阈值"
        named: int = setting("有说明", WholeNumber(0, 9), "有", "1", printed=False, default=1)
        days: int = 10

    with pytest.raises(TypeError, match="days"):
        Bare.entries()


@pytest.mark.parametrize("forgotten", ["name", "kind", "explanation", "example", "printed"])
def test_a_setting_does_not_exist_without(forgotten: str) -> None:
    whole = {"name": "甲", "kind": Text(), "explanation": "乙", "example": "丙", "printed": False}
    with pytest.raises(TypeError, match=forgotten):
        setting(**{key: value for key, value in whole.items() if key != forgotten})  # type: ignore[call-overload]


def test_what_is_printed_is_a_placeholder_and_nothing_else() -> None:
    printed = {entry.name for _, entry, _ in every_entry() if entry.printed}
    assert set(Settings().placeholders()) - printed == {"巡察时间"}
    assert printed <= set(Settings().placeholders())
    assert {"发文机关", "反馈日期", "电话", "已完成"} <= printed
    assert not printed & {"临期天数", "密级", "正文字体", "通用打开密码", "时刻", "样例标记"}
