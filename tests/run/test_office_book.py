"""The office's own workbook: where it is taken from, and what is said where it cannot be."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.support.command import zhenggai
from tests.support.drawn import Sheet, workbook
from tests.support.made import Made, run_week
from toolkit.ledger.form import Form
from toolkit.register.store import Register
from toolkit.run.office_book import archived, office_look, own_template
from toolkit.run.report import read_report
from toolkit.settings.reading import load

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.run.office_book import OfficeLook
    from toolkit.workspace import Workspace

DAY = dt.date(2026, 6, 5)
HEAD = [
    "序号",
    "存在问题",
    "责任单位",
    "整改措施",
    "整改时限",
    "整改进展情况",
    "整改状态",
    "挂牌督办",
]
UNITS = ("规划建设局", "财政金融局", "社会事务局")
ROWS = [
    [n, f"第{n}处河道管理缺位", UNITS[n % 3], "1.开展巡查。", "2026-09-30", f"{n}月9日现场核查{n}处。", "正在整改", "否"]
    for n in range(1, 7)
]  # fmt: skip
LEDGER = workbook(Sheet([["某区整改台账"], HEAD, *ROWS], merges=("A1:H1",)))


def look_of(place: Workspace) -> OfficeLook:
    settings = load(place.settings_path.read_bytes())
    with Register.open(place.register_path) as register:
        return office_look(register, settings, place.templates, archived(place))


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.empty(tmp_path / "区")


def in_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("上级/总台账.xlsx", LEDGER)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "data"), [("总台账.xlsx", LEDGER), ("来文.zip", in_archive())])
def test_the_ledger_that_the_register_began_with(place: Workspace, name: str, data: bytes) -> None:
    (place.inbox / name).write_bytes(data)
    run_week(place, DAY)
    look = look_of(place)
    assert look.book is not None
    assert look.book.place.place.first == 3
    whole = openpyxl.load_workbook(place.outbox / str(DAY) / "整改台账.xlsx").worksheets[0]
    assert whole["A1"].value == "某区整改台账"
    assert [cell.value for cell in whole[2]] == HEAD
    assert whole["A3"].value == 1
    assert whole["F8"].value == "6月9日现场核查6处。"


def test_a_workbook_in_templates_comes_first(place: Workspace) -> None:
    (place.inbox / "总台账.xlsx").write_bytes(LEDGER)
    run_week(place, DAY)
    form = workbook(Sheet([["某区整改台账（新版）"], ["说明"], HEAD, [], []]))
    (place.templates / "整改台账.xlsx").write_bytes(form)
    assert own_template(place.templates) == form
    run_week(place, DAY)
    whole = openpyxl.load_workbook(place.outbox / str(DAY) / "整改台账.xlsx").worksheets[0]
    assert whole["A1"].value == "某区整改台账（新版）"
    assert whole["B9"].value == "第6处河道管理缺位"


def test_our_own_template_is_none_of_the_offices(place: Workspace) -> None:
    assert own_template(place.templates) is None


def test_an_office_without_a_form_has_no_look(made: Made, tmp_path: Path) -> None:
    place = made.empty(tmp_path / "标准")
    (place.inbox / "台账.xlsx").write_bytes(LEDGER)
    run_week(place, DAY)
    settings = load(place.settings_path.read_bytes()).with_form(Form())
    with Register.open(place.register_path) as register:
        look = office_look(register, settings, place.templates, archived(place))
    assert (look.book, look.told) == (None, ())


def test_what_cannot_be_filled_in_is_told_in_the_report(place: Workspace) -> None:
    lines: list[list[object]] = [list(HEAD), *map(list, ROWS)]
    text = "\n".join(",".join(str(cell) for cell in line) for line in lines)
    (place.inbox / "总台账.csv").write_bytes(text.encode("gb18030"))
    run_week(place, DAY)
    assert "另存为.xlsx" in look_of(place).refused
    assert "台账版式：台账不是.xlsx文件" in read_report(place.outbox / str(DAY))
    whole = openpyxl.load_workbook(place.outbox / str(DAY) / "整改台账.xlsx").worksheets[0]
    assert [cell.value for cell in whole[3]] == HEAD  # in our look, with its columns and words
    assert whole["F9"].value == "6月9日现场核查6处。"


def test_an_original_that_is_lost_is_told(place: Workspace) -> None:
    (place.inbox / "总台账.xlsx").write_bytes(LEDGER)
    run_week(place, DAY)
    settings = load(place.settings_path.read_bytes())
    with Register.open(place.register_path) as register:
        look = office_look(register, settings, place.templates, lambda _: b"")
    assert "归档中没有原台账" in look.refused


def test_nothing_of_another_unit_is_in_what_a_unit_gets(place: Workspace) -> None:
    (place.inbox / "总台账.xlsx").write_bytes(LEDGER)
    run_week(place, DAY)
    sent = sorted((place.outbox / str(DAY) / "下发").glob("*.xlsx"))
    assert len(sent) == len(UNITS)
    for path in sent:
        with zipfile.ZipFile(path) as package:
            everything = "".join(package.read(name).decode() for name in package.namelist())
        for row in ROWS:
            is_own = path.name.startswith(str(row[2]))
            assert (str(row[1]) in everything) == is_own
            assert (str(row[5]) in everything) == is_own


def test_the_command_writes_what_the_run_wrote(place: Workspace) -> None:
    (place.inbox / "总台账.xlsx").write_bytes(LEDGER)
    run_week(place, DAY)
    assert zhenggai("dispatch", "-w", place.root, "--as-of", str(DAY)).code == 0
    by_run = {p.name: p.read_bytes() for p in (place.outbox / str(DAY) / "下发").glob("*.xlsx")}
    by_command = {p.name: p.read_bytes() for p in (place.outbox / f"下发-{DAY}").glob("*.xlsx")}
    assert by_command == by_run
