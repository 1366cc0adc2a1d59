"""Reading returns: the toolkit's whole intake beside readers that do less, on the same files in the same run.

`python benchmarks/intake.py [--files 500 --rows 100 --repeat 3]`. Every contender runs in a process of its own; its
processor time is taken inside the process after its imports (a busy machine slows the clock, not the ratio), its memory is the peak of the whole process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MEGABYTE = 1_048_576

# The columns of a usual return; the long ones hold 80 to 400 Chinese characters as real progress reports do.
HEADINGS = (
    "序号", "主要问题", "分项问题", "具体问题", "问题根源", "整改目标", "整改措施", "牵头领导", "牵头单位", "配合单位",
    "责任人", "整改类型", "整改时限", "整改进展情况", "整改状态", "完成时间", "制度成果", "佐证材料", "涉及金额（万元）", "备注",
)  # fmt: skip
LONG = {3: 80, 4: 80, 6: 250, 13: 400, 17: 80}
UNITS = ("规划建设局", "财政金融局", "社会事务局", "城市管理局", "教育局", "卫生健康局")
PHRASES = (
    "召开专题会议研究部署整改工作，", "修订完善《采购管理办法》等制度，", "组织全体干部开展业务培训，", "对照反馈意见逐项梳理排查，",
    "建立问题台账并明确责任分工，", "2026年3月15日前完成资金清退，", "加强对重点项目的日常监督检查，", "约谈相关责任人员并督促落实，",
)  # fmt: skip


def make(folder: Path, files: int, rows: int) -> None:
    """Returns as departments fill them: a title, a filled-in-by line, a heading, rows; no two alike."""
    import xlsxwriter

    dice = random.Random(20260619)
    for number in range(files):
        unit = UNITS[number % len(UNITS)]
        book = xlsxwriter.Workbook(folder / f"{number:04}{unit}.xlsx")
        sheet = book.add_worksheet("整改台账")
        wrapped = book.add_format({"text_wrap": True, "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, f"{unit}巡察整改台账")
        sheet.write_string(1, 0, f"填报单位：{unit}")
        sheet.write_row(2, 0, HEADINGS, wrapped)
        for row in range(rows):
            for col, value in enumerate(row_of(row, unit, dice)):
                sheet.write(row + 3, col, value, day if isinstance(value, dt.date) else wrapped)
        book.close()


def row_of(row: int, unit: str, dice: random.Random) -> list[object]:
    cells: list[object] = [f"短语{dice.randrange(1000)}" for _ in HEADINGS]
    for col, most in LONG.items():
        cells[col] = prose(dice.randrange(80, most + 1), dice)
    cells[0] = f"{row // 10 + 1}-{row % 10 + 1}"
    cells[7:12] = ["王小明", unit, "财政金融局、社会事务局", "李芳华", "限期整改"]
    cells[12] = "2026年6月30日前" if row % 2 else dt.date(2026, 6, 30)
    cells[14:17] = ["已完成", dt.date(2026, 5, 1 + row % 28), "《采购管理办法》"]
    cells[18] = round(dice.random() * 100, 2)
    return cells


def prose(length: int, dice: random.Random) -> str:
    text = ""
    while len(text) < length:
        text += dice.choice(PHRASES)
    return text[:length]


def intake(paths: list[Path]) -> int:
    """All of it: open by content, gate, locate, clean, type, keep addresses; one file in memory at a time."""
    import hashlib

    from toolkit.arrivals import Arrival
    from toolkit.intake.read import read
    from toolkit.settings.model import Settings

    settings = Settings()
    rows = 0
    for path in paths:
        data = path.read_bytes()
        file = Arrival(path.name, data, hashlib.sha256(data).hexdigest(), 0.0)
        rows += sum(
            len(submission.rows) for submission in read((file,), settings, has_baseline=True)
        )
    return rows


def intake_held(paths: list[Path]) -> int:
    """The same, with every submission kept until the end, as one round keeps them."""
    import hashlib

    from toolkit.arrivals import Arrival
    from toolkit.intake.read import read
    from toolkit.settings.model import Settings

    def files() -> Iterator[Arrival]:
        for path in paths:
            data = path.read_bytes()
            yield Arrival(path.name, data, hashlib.sha256(data).hexdigest(), 0.0)

    return sum(len(submission.rows) for submission in read(files(), Settings(), has_baseline=True))


def sheets(paths: list[Path]) -> int:
    """The spreadsheet engine alone: gate, values, merges, hidden parts, errors, comments, struck text."""
    from toolkit.sheets.open import open_book

    return sum(
        len(grid.rows) - 3
        for path in paths
        for grid in open_book(path.read_bytes(), path.name).grids
    )


def calamine(paths: list[Path]) -> int:
    """Values and merged ranges, nothing else."""
    from python_calamine import CalamineWorkbook

    rows = 0
    for path in paths:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows += len(sheet.to_python(skip_empty_area=False)) - 3
            assert sheet.merged_cell_ranges is not None
    return rows


def pandas_openpyxl(paths: list[Path]) -> int:
    """What a hand-written script does: one DataFrame a file, the heading row known beforehand."""
    import pandas as pd

    return sum(len(pd.read_excel(path, engine="openpyxl", header=2)) for path in paths)


def openpyxl_read_only(paths: list[Path]) -> int:
    """openpyxl's quick mode: values only, no merged ranges."""
    import openpyxl

    rows = 0
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True)
        rows += sum(
            sum(1 for _ in sheet.iter_rows(values_only=True)) - 3 for sheet in book.worksheets
        )
        book.close()
    return rows


CONTENDERS = {
    function.__name__: function
    for function in (calamine, sheets, intake, intake_held, openpyxl_read_only, pandas_openpyxl)
}
SLOW = frozenset({"openpyxl_read_only", "pandas_openpyxl"})


def run_here(contender: str, folder: Path) -> None:
    """In the child: read all files once (after one for warming up), print rows, seconds and peak memory as JSON."""
    paths = sorted(folder.iterdir())
    read = CONTENDERS[contender]
    read(paths[:1])
    start = time.process_time()
    rows = read(paths)
    print(json.dumps({"rows": rows, "seconds": time.process_time() - start, "peak": peak_memory()}))


def peak_memory() -> float:
    """Peak resident memory of this process, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def measured(contender: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", contender, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def compare(folder: Path, files: int, rows: int, repeat: int) -> None:
    """The contenders in turn, `repeat` times over, so that a busy machine slows all of them alike."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
    for turn in range(repeat):
        for name in CONTENDERS:
            if turn == 0 or name not in SLOW:
                runs[name].append(measured(name, folder))
    median = {
        name: statistics.median(run["seconds"] for run in found) for name, found in runs.items()
    }
    print(f"{files}份 × {rows}行 × {len(HEADINGS)}列，{repeat}次取中位数（慢的只跑1次）\n")
    print("| 读法 | 秒 | 行/秒 | 峰值内存（MB） | 与calamine之比 |\n|---|---|---|---|---|")
    for name, found in runs.items():
        assert found[0]["rows"] == files * rows, (name, found[0]["rows"])
        speed, peak = files * rows / median[name], max(run["peak"] for run in found)
        print(
            f"| {name} | {median[name]:.2f} | {speed:,.0f} | {peak:.0f} | {median[name] / median['calamine']:.2f} |"
        )
    print(f"\npandas_openpyxl ÷ intake = {median['pandas_openpyxl'] / median['intake']:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the files here and use them again")
    parser.add_argument("--child", choices=CONTENDERS, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.child:
        run_here(wanted.child, wanted.folder)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = wanted.folder or Path(scratch)
        folder.mkdir(exist_ok=True)
        if not any(folder.iterdir()):
            make(folder, wanted.files, wanted.rows)
        compare(folder, wanted.files, wanted.rows, wanted.repeat)


if __name__ == "__main__":
    main()
