"""`zhenggai demo` and the commands around it, driven as a user drives them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest

from tests.golden.notice import PAPERS, SKELETONS, skeleton_text, text_of
from tests.support.made import Made
from toolkit.sample.demo import make_demo
from toolkit.sample.story import tell

ROOT = Path(__file__).resolve().parents[2]
MARK = "样例数据，纯属虚构"
LAST = "2026-06-19"


def no_progress(_what: str, _done: int, _of: int) -> None:
    pass


def zhenggai(*arguments: Path | str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "toolkit", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env=environment,
    )


@pytest.fixture(scope="session")
def demo(made: Made) -> Path:
    return made.demo()


@pytest.fixture(scope="session")
def last(demo: Path) -> Path:
    return demo / "outbox" / LAST


@pytest.fixture(scope="session")
def record(last: Path) -> Any:
    return json.loads((last / "run.json").read_text(encoding="utf-8"))


def test_every_week_has_its_folder(demo: Path) -> None:
    rounds = sorted(
        path.name for path in (demo / "outbox").iterdir() if not path.name.startswith("下发")
    )
    assert rounds == ["2026-05-29", "2026-06-05", "2026-06-12", "2026-06-19"]
    assert list((demo / "inbox").rglob("*.xlsx")) == []


def test_the_ledger_says_what_the_story_says(record: Any) -> None:
    story = tell()
    rows = {row["id"]: row for row in record["rows"]}
    assert list(rows) == [entry.item.id for entry in story.entries]
    for item_id, row in rows.items():
        texts = [
            said["progress"] for (_, told), said in sorted(story.returns.items()) if told == item_id
        ]
        assert row["progress"] == texts[-1]


def test_the_sample_has_no_error_and_every_unit(record: Any) -> None:
    assert [found for found in record["findings"] if found["severity"] == "error"] == []
    assert len(record["figures"]["units"]) == 15
    assert record["sample"] is True


def test_word_excel_and_record_agree(last: Path, record: Any) -> None:
    sheet = pd.read_excel(
        last / "汇总台账.xlsx", sheet_name="整改台账", header=2, engine="openpyxl"
    )
    figures = record["figures"]
    assert len(sheet) == figures["problems"] == len(record["rows"])
    words = {
        "done": "已完成",
        "phased": "阶段性完成",
        "in_progress": "正在整改",
        "standing": "长期坚持",
        "not_started": "未启动",
    }
    counted = Counter(sheet["整改状态"])
    assert {code: counted.get(word, 0) for code, word in words.items()} == figures["by_status"]
    assert round(float(sheet["涉及金额（万元）"].sum()), 4) == float(figures["money"])
    assert (sheet["时限情况"] == "逾期").sum() == figures["overdue"]
    text = "\n".join(
        paragraph.text for paragraph in docx.Document(str(last / "整改进展通报.docx")).paragraphs
    )
    assert f"{figures['problems']}个问题中，已完成{figures['by_status']['done']}个" in text


@pytest.mark.parametrize("golden", PAPERS, ids=lambda path: path.stem)
def test_the_papers_of_the_sample_read_as_agreed(last: Path, golden: Path) -> None:
    """After an intended change: python -m tests.golden.notice"""
    written, said = (
        re.sub(r"(简码 ?)[0-9A-F]{4}-[0-9A-F]{4}", r"\1", text)
        for text in (text_of(last / PAPERS[golden]), golden.read_text(encoding="utf-8"))
    )
    assert written == said  # but for the round's code, which knows the version of the toolkit


@pytest.mark.parametrize("golden", SKELETONS, ids=lambda path: path.stem)
def test_a_notice_of_each_skeleton_reads_as_agreed(golden: Path, tmp_path: Path) -> None:
    """After an intended change: python -m tests.golden.notice"""
    assert skeleton_text(SKELETONS[golden], tmp_path) == golden.read_text(encoding="utf-8")


def test_everything_is_marked_as_invented(demo: Path, last: Path) -> None:
    assert MARK in (last / "运行说明.txt").read_text(encoding="utf-8-sig")
    assert any(
        MARK in paragraph.text
        for paragraph in docx.Document(str(last / "整改进展通报.docx")).paragraphs
    )
    books = [last / "汇总台账.xlsx", *(last / "下发").iterdir()]
    assert len(books) == 16
    for path in books:
        book = openpyxl.load_workbook(path)
        shown = [
            sheet for sheet in book if sheet.sheet_state == "visible" and sheet.title != "填表说明"
        ]
        assert all(MARK in str(sheet["A1"].value) for sheet in shown), path.name


def test_outputs_are_listed_with_their_hashes(last: Path, record: Any) -> None:
    listed = {out["file"]: out["sha256"] for out in record["outputs"]}
    found = {
        path.relative_to(last).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in last.rglob("*")
        if path.is_file() and path.name not in ("run.json", "台账库备份.db")
    }
    assert listed == found


def test_every_input_is_archived(demo: Path, record: Any) -> None:
    for given in record["inputs"]:
        kept = demo / ".zhenggai" / "originals" / given["sha256"][:2] / given["sha256"]
        assert hashlib.sha256(kept.read_bytes()).hexdigest() == given["sha256"]


def test_a_second_demo_in_one_folder_is_refused(demo: Path) -> None:
    done = zhenggai("demo", demo)
    assert (done.returncode, "已经是工作区" in done.stderr) == (2, True)


def test_why_names_file_sheet_and_cell(demo: Path) -> None:
    done = zhenggai("why", "1-1", "整改状态", "-w", demo)
    assert done.returncode == 0
    newest, older, *_ = done.stdout.splitlines()
    assert newest.startswith("整改状态：已完成")
    assert "2026-06-12期" in newest
    assert "第2周/党政综合办公室-2026-06-12.xlsx › 整改台账!P4" in newest
    assert "正在整改" in older


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("status",), 0, "完成率42.42%"),
        (("rules",), 0, "S102"),
        (("rules", "S102"), 0, "不合格的例子"),
        (("rules", "Z9"), 2, "没有规则"),
        (("why", "99-9"), 2, "没有问题"),
        (("why", "1-1", "没有的栏目"), 2, "没有栏目"),
        (("run", "--as-of", "明天"), 2, "截至日期"),
        (("nonsense",), 2, "命令有误"),
        (("version",), 0, "整改台账工具箱"),
    ],
)
def test_commands_answer_in_one_sentence(
    demo: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = zhenggai(*arguments, cwd=demo)
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_check_finds_what_is_wrong_and_touches_nothing(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "规划建设局.xlsx"
    sent = next((demo / "outbox" / LAST / "下发").glob("规划建设局*"))
    book = openpyxl.load_workbook(sent)
    sheet = book["整改台账"]
    header = {cell.value: number for number, cell in enumerate(sheet[3], 1)}
    sheet.cell(4, header["整改状态"]).value = "已完成"
    sheet.cell(4, header["完成时间"]).value = None
    sheet.cell(5, header["整改状态"]).value = "差不多了"
    book.save(path)
    before = {p: p.read_bytes() for p in demo.rglob("*") if p.is_file()}
    done = zhenggai("check", path, "-w", demo, "--as-of", LAST, "--json")
    assert done.returncode == 1
    found = {
        (f["rule"], f["cell"])
        for f in json.loads(done.stdout)["findings"]
        if f["severity"] == "error"
    }
    assert ("S102", "Q4") in found
    assert ("S101", "P5") in found
    assert {p: p.read_bytes() for p in demo.rglob("*") if p.is_file()} == before
    plain = zhenggai("check", path, "-w", demo, "--as-of", LAST)
    assert "整改台账!P5" in plain.stdout
    assert "→" in plain.stdout


def test_check_does_not_import_what_it_does_not_need(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text(
        "问题编号,分项问题,整改状态,整改时限\n1-1,问题。,已完成,2026-06-30\n", encoding="utf-8"
    )
    program = (
        "import sys; sys.argv=['zhenggai','check',sys.argv[1]];\nfrom toolkit.cli import main\n"
        "try:\n main()\nexcept SystemExit: pass\n"
        "heavy = [n for n in ('pandas','docx','openpyxl','xlsxwriter','lxml','jinja2') if n in sys.modules]; assert not heavy, heavy"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr


def test_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    from tests.support.items import ENTRY, SETTINGS
    from toolkit.run.round import run_round
    from toolkit.run.templates import create_workspace
    from toolkit.workbooks.template import write_ledger

    outputs: list[dict[Path, bytes]] = []
    for name in ("一", "二"):
        place = create_workspace(tmp_path / name, SETTINGS)
        ledger = place.inbox / "台账.xlsx"
        write_ledger(ledger, [ENTRY], SETTINGS, dt.datetime(2026, 6, 1))
        os.utime(ledger, (1_780_000_000, 1_780_000_000))  # its day is an input too
        outcome = run_round(
            place, SETTINGS, dt.date(2026, 6, 19), now=dt.datetime(2026, 6, 19, len(outputs) + 1)
        )
        outputs.append(
            {
                p.relative_to(outcome.folder): p.read_bytes()
                for p in outcome.folder.rglob("*")
                if p.is_file()
            }
        )
    assert outputs[0] == outputs[1]


def test_the_sample_is_the_same_on_every_day(demo: Path, tmp_path: Path) -> None:
    """Two offices that try it at different times get equal bytes, originals included."""
    make_demo(tmp_path / "又", dt.datetime(2027, 1, 3, 8), no_progress)
    one, two = (
        {
            path.relative_to(root): path.read_bytes()
            for path in (root / "outbox").rglob("*")
            if path.is_file()
        }
        for root in (demo, tmp_path / "又")
    )
    assert [name for name in one if one[name] != two.get(name)] == []
    assert set(one) == set(two)


def test_an_empty_inbox_says_what_to_do(tmp_path: Path) -> None:
    assert zhenggai("init", tmp_path / "整改").returncode == 0
    done = zhenggai("run", "-w", tmp_path / "整改")
    assert done.returncode == 2
    assert "没有文件" in done.stderr
