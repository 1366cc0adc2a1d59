"""Whole rounds: the toolkit beside the usual script and beside the least that anybody could do, on the same files.

    python -m benchmarks.rounds [--sizes 15x5 40x20 40x80 40x80/648 125x80] [--repeat 1] [--tree .]

A size is returns × rows, and after a slash how many units the office knows (else as many as send returns). Every
contender is a process of its own, from its start to its end; what counts is its processor time (user and system), which a
busy machine moves little, and its peak memory. The register knows the ledger already; the round is the first with returns.
`--tree` measures the toolkit of another folder, such as the state before a change.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASELINE_DAY, AS_OF = dt.date(2026, 5, 29), dt.date(2026, 6, 5)
# The columns of a usual ledger, in its usual words; the long ones hold 80 to 400 characters.
HEADINGS = (
    "问题编号", "主要问题", "分项问题", "具体问题", "问题根源", "整改目标", "整改措施", "牵头领导", "牵头单位", "配合单位",
    "责任人", "整改类型", "整改时限", "整改进展情况", "整改状态", "完成时间", "制度成果", "佐证材料", "涉及金额（万元）", "备注",
)  # fmt: skip
PLACES = (
    "东湖", "西岭", "南桥", "北关", "长宁", "永兴", "太平", "青山", "白石", "金沙", "龙泉", "凤台", "清河", "沙坪",
    "石门", "云溪", "双林", "三江", "五里", "九峰", "安定", "和平", "新城", "古镇", "花园", "柳林", "松涛",
)  # fmt: skip
KINDS = (
    "街道办事处", "规划建设局", "财政金融局", "社会事务局", "城市管理局", "教育局", "卫生健康局", "农业农村局",
    "水务局", "交通运输局", "市场监管局", "应急管理局", "生态环境局", "审计局", "统计局", "民政局", "司法局",
    "文化旅游局", "退役军人局", "医疗保障局", "信访局", "档案馆", "供销社", "投资促进局",
)  # fmt: skip
PHRASES = (
    "召开专题会议研究部署整改工作，", "修订完善采购管理等制度，", "组织全体干部开展业务培训，", "对照反馈意见逐项梳理排查，",
    "建立问题台账并明确责任分工，", "2026年3月15日前完成资金清退，", "加强对重点项目的日常监督检查，", "约谈相关责任人员并督促落实，",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How many returns, how many rows in each, how many units the office knows."""

    files: int
    rows: int
    known: int

    @classmethod
    def read(cls, text: str) -> Size:
        """40x80, or 40x80/648."""
        table, _, known = text.partition("/")
        files, rows = map(int, table.split("x"))
        return cls(files, rows, int(known or files))

    def __str__(self) -> str:
        return f"{self.files} × {self.rows}, {self.known}"


def unit_names(number: int) -> list[str]:
    """Names as a district has them; at most 648 different ones."""
    return [f"{place}{kind}" for kind in KINDS for place in PLACES][:number]


def prose(dice: random.Random, least: int, most: int) -> str:
    """Text of a length by chance, ending in a full stop."""
    length, text = dice.randrange(least, most), ""
    while len(text) < length:
        text += dice.choice(PHRASES)
    return text[: length - 1].rstrip("，") + "。"


def ledger_row(number: int, unit: str, other: str, dice: random.Random) -> list[object]:
    """A problem as the office entered it: nothing reported yet."""
    due = BASELINE_DAY + dt.timedelta(days=dice.randrange(-40, 120))
    row: list[object] = [""] * len(HEADINGS)
    row[0] = f"{number // 20 + 1}-{number % 20 + 1}"
    row[1], row[2] = f"主要问题之{number // 200 + 1}。", f"分项问题之{number // 20 + 1}不到位。"
    row[3] = f"第{number + 1}项：" + prose(dice, 30, 80)
    row[4:7] = [
        prose(dice, 20, 60),
        prose(dice, 20, 60),
        f"1.{prose(dice, 40, 120)}2.{prose(dice, 40, 120)}",
    ]
    row[7:10] = ["王小明", unit, other if number % 3 == 0 else ""]
    row[10], row[11], row[12] = "李芳华", "限期整改", due
    return row  # fmt: skip


def reported(row: list[object], dice: random.Random) -> list[object]:
    """The same with what its unit says of it; now and then something is forgotten, as in life."""
    status = dice.choice(("已完成", "已完成", "正在整改", "尚未启动"))
    said = list(row)
    said[13], said[14] = prose(dice, 80, 400), status
    if status == "已完成":
        said[15] = BASELINE_DAY - dt.timedelta(days=dice.randrange(1, 40))
        said[17] = prose(dice, 10, 40) if dice.random() < 0.8 else ""
        said[18] = round(dice.random() * 100, 2)
    if dice.random() < 0.3:
        said[16] = f"《采购管理办法之{dice.randrange(1000)}》"
    return said


def write_book(path: Path, title: str, rows: list[list[object]]) -> None:
    """A workbook as offices send it: a title, a line of who fills it in, the headings, the rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 5, 1)})
    sheet = book.add_worksheet("整改台账")
    wrapped = book.add_format({"text_wrap": True, "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, f"{title}巡察整改台账")
    if title:
        sheet.write_string(1, 0, f"填报单位：{title}")
    sheet.write_row(2, 0, HEADINGS, wrapped)
    for number, row in enumerate(rows, 3):
        for col, value in enumerate(row):
            sheet.write(number, col, value, day if isinstance(value, dt.date) else wrapped)
    book.close()


def make(folder: Path, size: Size) -> list[str]:
    """The ledger beside a folder of returns, always the same bytes for a size; the names of the units."""
    dice = random.Random(20260605)
    names = unit_names(size.known)
    ledger: list[list[object]] = []
    for file in range(size.files):
        unit, other = names[file % len(names)], names[(file + 1) % len(names)]
        ledger += [ledger_row(len(ledger) + n, unit, other, dice) for n in range(size.rows)]
    write_book(folder / "基准台账.xlsx", "", ledger)
    returns = folder / "returns"
    returns.mkdir()
    for file in range(size.files):
        own = ledger[file * size.rows : (file + 1) * size.rows]
        unit = names[file % len(names)]
        write_book(
            returns / f"{file + 1:03}{unit}.xlsx", unit, [reported(row, dice) for row in own]
        )
    return names  # fmt: skip


def prepare(folder: Path, size: Size, tree: Path) -> Path:
    """A workspace of this tree's toolkit that knows the ledger, with the returns in its inbox."""
    names = make(folder, size)
    workspace = folder / "workspace"
    code = (
        "import sys, pathlib; from toolkit.run.templates import create_workspace;"
        "from toolkit.settings.model import Settings; from toolkit.ledger.units import Unit;"
        "create_workspace(pathlib.Path(sys.argv[1]),"
        " Settings(units=tuple(Unit(name=name) for name in sys.argv[2:])))"
    )
    run([sys.executable, "-c", code, str(workspace), *names], tree)
    shutil.copy(folder / "基准台账.xlsx", workspace / "inbox")
    run(round_of(workspace, BASELINE_DAY), tree)
    for path in (folder / "returns").iterdir():
        shutil.copy(path, workspace / "inbox")
    return workspace


def round_of(workspace: Path, day: dt.date) -> list[str]:
    """The command of a round."""
    return [
        sys.executable,
        "-m",
        "toolkit",
        "run",
        "-w",
        str(workspace),
        "--as-of",
        day.isoformat(),
    ]


def run(command: list[str], tree: Path) -> tuple[float, float]:
    """Run a process to its end; processor seconds and peak memory in MB. Findings (exit code 1) are no failure."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def usual(folder: Path) -> None:
    """What a hand-written script does: read, look for empty required cells, one plain sheet, one plain list in Word."""
    import docx
    import pandas as pd

    paths = sorted((folder / "returns").iterdir())
    table = pd.concat([pd.read_excel(path, engine="openpyxl", header=2) for path in paths])
    for heading in ("具体问题", "牵头单位", "整改进展情况", "整改状态"):
        print(heading, table[heading].isna().sum())
    table.to_excel(folder / "usual.xlsx", index=False)
    document = docx.Document()
    for _, row in table.iterrows():
        document.add_paragraph(f"针对“{row['具体问题']}”的问题。", style="Heading 2")
        document.add_paragraph(str(row["整改进展情况"]))
    document.save(str(folder / "usual.docx"))


def floor(folder: Path) -> None:
    """The least: values in, one sheet of them out."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    book = xlsxwriter.Workbook(str(folder / "floor.xlsx"), {"in_memory": True})
    sheet, number = book.add_worksheet(), 0
    for path in sorted((folder / "returns").iterdir()):
        for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[3:]:
            sheet.write_row(number, 0, [str(value) for value in row])
            number += 1
    book.close()


SCRIPTS = {function.__name__: function for function in (usual, floor)}


def measure(size: Size, repeat: int, tree: Path) -> None:
    """One line of the table: medians over turns in which all contenders run one after the other."""
    turns: dict[str, list[tuple[float, float]]] = {"toolkit": [], "usual": [], "floor": []}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        workspace = prepare(folder, size, tree)
        for turn in range(repeat):
            copy = folder / f"turn-{turn}"
            shutil.copytree(workspace, copy)
            turns["toolkit"].append(run(round_of(copy, AS_OF), tree))
            shutil.rmtree(copy)
            for name in SCRIPTS:
                script = [sys.executable, __file__, "--script", name, "--folder", scratch]
                turns[name].append(run(script, tree))
    median = {name: statistics.median(time for time, _ in used) for name, used in turns.items()}
    peak = max(peak for _, peak in turns["toolkit"])
    ours, theirs, least = median.values()
    print(
        f"| {size} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.1f} | {least:.2f}"
        f" | {ours / least:.0f} | {peak:.0f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", nargs="+", default=["15x5", "40x20", "40x80", "40x80/648", "125x80"]
    )
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--script", choices=SCRIPTS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.script:
        SCRIPTS[wanted.script](wanted.folder)
        return
    print("| files × rows, units | toolkit | usual script | ÷ | floor | ÷ | peak MB |")
    print("|---|---|---|---|---|---|---|")
    for size in wanted.sizes:
        measure(Size.read(size), wanted.repeat, wanted.tree.resolve())


if __name__ == "__main__":
    main()
