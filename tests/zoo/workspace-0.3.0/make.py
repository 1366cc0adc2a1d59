"""Made the frozen workspace of version 0.3.0; kept to be read, and never run with a later version.

With the checkout of release 0.3.0 on the path: `python tests/zoo/workspace-0.3.0/make.py`. It goes
through the command line only, as an office would, by what story.toml tells, and writes three files
beside itself: workspace.tar.xz, late.xlsx, expected.json. Made twice with the same packages, they
are the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
STORY: dict[str, Any] = tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))
VERSION = "0.3.0"

FIRST, SECOND, LAST = "2026-05-08", "2026-05-15", "2026-05-29"
SECOND_AGAIN = f"{SECOND}-2"  # the second round of that date, which is signed
DRAFT, NOTICE, PUBLIC = (f"整改进展通报{which}.docx" for which in ("（审阅稿）", "", "（公开稿）"))
LEDGER_SHEET, FINDINGS_SHEET, HEAD_ROW = "整改台账", "核查意见", 3
BACKUP, SIGNED = "台账库备份.db", "签发"

NUMBER, LEADER, SIGNED_ON = "霁交党通〔2026〕3号", "方知远", "2026-05-18"
# What the leader does to the draft: words of one item with 修订 on, a figure of another by hand.
WORDS_BEFORE, WORDS_PUT_IN = "按月通报3期", "坚持"
FIGURE = ("收回往来款2笔", "收回往来款3笔")
# What somebody does to a copy of each signed paper, for `verify`.
FORGED = ("培训支部委员24人次", "培训支部委员240人次")

COLUMNS_ASKED = ("整改状态", "整改时限", "整改进展情况", "责任人")
# What `doctor` says about the workspace, not about the computer or the day.
CHECKS = ("台账库", "归档", "成果", "备份", "未完成的运行")

Cells = dict[str, Any]  # what is typed into one row, by heading


class Office:
    """A workspace, and the hands that work in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def zhenggai(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        """One command; what it says. Everything stops where it ends with another exit code."""
        command = [sys.executable, "-m", "toolkit", *arguments, "-w", str(self.root)]
        return said_by(command, codes)

    def run(self, day: str) -> None:
        self.zhenggai("run", "--as-of", day, codes=(0, 1))  # 1: findings wait for a person

    def drop(self, name: str, data: bytes, day: str) -> None:
        """A file into the inbox, with a time of change that does not depend on the clock."""
        path = self.root / "inbox" / name
        path.write_bytes(data)
        stamp = dt.datetime.fromisoformat(f"{day}T01:00:00+00:00").timestamp()
        os.utime(path, (stamp, stamp))

    def outbox(self, *parts: str) -> Path:
        return self.root.joinpath("outbox", *parts)

    def dispatched(self, folder: str, unit: str) -> Path:
        """What `dispatch` wrote for a unit after the baseline, and what each later round left."""
        place = (f"下发-{folder}",) if folder == FIRST else (folder, "下发")
        return self.outbox(*place, f"{unit}-整改台账-{folder[:10]}.xlsx")


def said_by(command: Sequence[str], codes: tuple[int, ...] = (0,)) -> str:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    if done.returncode not in codes:
        sys.exit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    if VERSION not in said_by([sys.executable, "-m", "toolkit", "version"]):
        sys.exit(f"Only version {VERSION} may make this workspace.")
    with tempfile.TemporaryDirectory() as scratch:
        office = Office(Path(scratch) / "workspace")
        said_by([sys.executable, "-m", "toolkit", "init", str(office.root)])
        fill_settings(office.root / "templates" / "设置.xlsx")
        four_rounds(office)
        late = returned(office.dispatched(LAST, "运输服务科"), STORY["june4"], "2026-06-04")
        (HERE / "late.xlsx").write_bytes(late)
        pack(office.root, HERE / "workspace.tar.xz")
        text = json.dumps(expected(office, Path(scratch)), ensure_ascii=False, indent=1)
        (HERE / "expected.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def four_rounds(office: Office) -> None:
    office.drop("县交通运输局巡察整改台账（全）.xlsx", baseline(), "2026-05-07")
    office.run(FIRST)
    office.zhenggai("dispatch", "--as-of", FIRST)

    # Returns: one with an error and a row about another unit's problem, one twice, one as a scan.
    for unit, rows in STORY["may14"].items():
        added = [STORY["co_unit"]] if unit == "财务审计科" else []
        data = returned(office.dispatched(FIRST, unit), rows, "2026-05-14", added)
        office.drop(f"{unit}.xlsx", data, "2026-05-14")
        if unit == "建设管理科":
            office.drop("建设管理科（再发一次）.xlsx", data, "2026-05-14")
    office.drop("运输服务科扫描件.pdf", b"%PDF-1.4\n% a scan\n%%EOF\n", "2026-05-14")
    office.run(SECOND)

    # The same day once more: a late return, what the office decided, what the leader wrote.
    office.drop("运输科5月情况.xlsx", table_of_their_own(), SECOND)
    ledger, draft = office.outbox(SECOND, "汇总台账.xlsx"), office.outbox(SECOND, DRAFT)
    office.drop("汇总台账（已审）.xlsx", reviewed(ledger, STORY["review1"]), SECOND)
    office.drop("通报（方书记改）.docx", edited(draft), SECOND)
    office.run(SECOND)
    office.zhenggai("sign", SECOND_AGAIN, "--by", LEADER, "--date", SIGNED_ON, "--no", NUMBER)

    # One unit does not report; the office splits a problem, looks back at one, waives a finding.
    for unit, rows in STORY["may28"].items():
        data = returned(office.dispatched(SECOND_AGAIN, unit), rows, "2026-05-28")
        office.drop(f"{unit}.xlsx", data, "2026-05-28")
    ledger = office.outbox(SECOND_AGAIN, "汇总台账.xlsx")
    review = reviewed(ledger, STORY["review2"], STORY["parts"], STORY["waiver"])
    office.drop("汇总台账（二审）.xlsx", review, "2026-05-28")
    unchanged = office.outbox(SECOND_AGAIN, NOTICE).read_bytes()
    office.drop("通报（无改动）.docx", unchanged, "2026-05-28")
    office.run(LAST)


def fill_settings(path: Path) -> None:
    book: Any = openpyxl.load_workbook(path)
    for name, values in STORY["settings"].items():
        rows = {row[0].value: row[1] for row in book[name].iter_rows(min_row=3)}
        for setting, value in values.items():
            rows[setting].value = value
    units = book["单位"]
    heads = {cell.value: cell.column for cell in units[2]}
    for row, unit in enumerate(STORY["units"], 3):
        for heading, value in unit.items():
            units.cell(row, heads[heading]).value = value
    path.write_bytes(saved(book))


def baseline() -> bytes:
    """The office's own full ledger: a title, one row of headings, one row a problem."""
    return table([["霁川县交通运输局党组巡察整改台账"]], STORY["ledger"], LEDGER_SHEET)


def table_of_their_own() -> bytes:
    """A return in a table that the unit drew itself."""
    above = [["巡察整改情况"], ["填报单位：运输服务科    填报时间：2026-05-15"]]
    return table(above, STORY["their_own"], "5月")


def table(above: Sequence[Sequence[str]], lines: Sequence[Cells], name: str) -> bytes:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    for row in (*above, headings, *([line.get(head) for head in headings] for line in lines)):
        sheet.append(row)
    return saved(book)


def returned(
    source: Path, rows: Mapping[str, Cells], day: str, added: Sequence[Cells] = ()
) -> bytes:
    """A dispatched workbook as its unit fills it: 填报时间, its items, rows that it adds below."""
    book = openpyxl.load_workbook(source)
    sheet = book[LEDGER_SHEET]
    sheet["A2"].value = re.sub(r"填报时间：\s*", f"填报时间：{day}    ", sheet["A2"].value)
    fill(sheet, rows, added)
    return saved(book)


def reviewed(
    source: Path,
    rows: Mapping[str, Cells],
    added: Sequence[Cells] = (),
    waiver: Cells | None = None,
) -> bytes:
    """The consolidated workbook as the office fills it: decisions, new rows, a finding waived."""
    book: Any = openpyxl.load_workbook(source)
    fill(book[LEDGER_SHEET], rows, added)
    if waiver:
        sheet = book[FINDINGS_SHEET]
        heads = {cell.value: cell.column for cell in sheet[HEAD_ROW]}
        named = {heads[heading]: waiver[heading] for heading in ("规则", "问题编号")}
        (place,) = (
            row
            for row in range(HEAD_ROW + 1, sheet.max_row + 1)
            if all(sheet.cell(row, column).value == value for column, value in named.items())
        )
        for heading, value in waiver.items():
            sheet.cell(place, heads[heading]).value = value
    return saved(book)


def fill(sheet: Any, rows: Mapping[str, Cells], added: Sequence[Cells]) -> None:
    """Cells by item and heading, and whole rows below the last item."""
    heads = {cell.value: cell.column for cell in sheet[HEAD_ROW]}
    numbers = ((row, sheet.cell(row, 1).value) for row in range(HEAD_ROW + 1, sheet.max_row + 1))
    places = {number: row for row, number in numbers if number}
    typed = [(places[item], cells) for item, cells in rows.items()]
    for row, cells in (*typed, *enumerate(added, max(places.values()) + 1)):
        for heading, value in cells.items():
            sheet.cell(row, heads[heading]).value = value


def edited(source: Path) -> bytes:
    """The draft as the leader gives it back."""

    def change(text: str) -> str:
        runs = re.findall(r"<w:r>(?:(?!</w:r>).)*</w:r>", text)
        (run,) = (found for found in runs if WORDS_BEFORE in found)
        before, after = re.findall(r"<w:t[^>]*>(.*?)</w:t>", run)[0].split(WORDS_BEFORE)
        whose = f'w:id="902" w:author="{LEADER}" w:date="{SECOND}T09:00:00Z"'
        inserted = f"<w:ins {whose}>{_run(WORDS_PUT_IN)}</w:ins>"
        text = once(text, run, _run(before) + inserted + _run(WORDS_BEFORE + after))
        return once(text, *FIGURE)

    return rewritten(source.read_bytes(), "word/document.xml", change)


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def once(text: str, old: str, new: str) -> str:
    """The text with one place changed; everything stops where there is not exactly one."""
    if text.count(old) != 1:
        sys.exit(f"{old}: {text.count(old)} places")
    return text.replace(old, new)


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook's bytes without the moment of saving."""
    stream = io.BytesIO()
    book.save(stream)
    moment = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    undated = r"\g<1>2026-01-01T00:00:00Z"
    return rewritten(stream.getvalue(), "docProps/core.xml", lambda text: moment.sub(undated, text))


def rewritten(data: bytes, part: str = "", change: Callable[[str], str] = str) -> bytes:
    """A package with one of its parts changed as text, and without dates of its members."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            kept = before.read(name)
            fresh = change(kept.decode()).encode() if name == part else kept
            member = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            after.writestr(member, fresh, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def pack(root: Path, target: Path) -> None:
    """The whole workspace as one archive: members by name, without owners.

    Originals keep their time of change, which came with them; everything else has one time.
    """
    if (root / ".zhenggai" / "lock.txt").exists():
        sys.exit("The workspace is still locked.")
    one_time = int(dt.datetime.fromisoformat(f"{LAST}T09:00:00+00:00").timestamp())
    originals = root / ".zhenggai" / "originals"
    with tarfile.open(target, "w:xz", format=tarfile.PAX_FORMAT, preset=9) as archive:
        for path in sorted(root.rglob("*")):
            member, is_file = tarfile.TarInfo(path.relative_to(root).as_posix()), path.is_file()
            data = path.read_bytes() if is_file else b""
            member.type = tarfile.REGTYPE if is_file else tarfile.DIRTYPE
            member.mode, member.size = 0o644 if is_file else 0o755, len(data)
            is_original = is_file and originals in path.parents
            member.mtime = int(path.stat().st_mtime) if is_original else one_time
            archive.addfile(member, io.BytesIO(data))


def expected(office: Office, scratch: Path) -> dict[str, Any]:
    """What 0.3.0 says of the workspace."""
    address = f"{(office.root / '.zhenggai' / 'register.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as db:
        rounds = db.execute("SELECT id, folder, link, seal FROM rounds ORDER BY id").fetchall()
        items = [item for (item,) in db.execute("SELECT id FROM items ORDER BY id")]
        signed = {round_id for (round_id,) in db.execute("SELECT round_id FROM signatures")}
    checks = json.loads(office.zhenggai("doctor", "--json"))["checks"]
    return {
        "toolkit": VERSION,
        "rounds": [
            {
                "folder": folder,
                "link": link,
                "seal": seal,
                "signed": round_id in signed,
                **issued(office, folder),
            }
            for round_id, folder, link, seal in rounds
        ],
        "doctor": [check for check in checks if check["name"] in CHECKS],
        "status": json.loads(office.zhenggai("status", "--as-of", LAST, "--json")),
        "forged": FORGED,
        "verify": list(verified(office, scratch)),
        "reissue": {day: reissued(office, scratch, day) for day in (FIRST, SECOND)},
        "why": [
            {"item": item, "column": column, "lines": why(office, item, column)}
            for item in items
            for column in ("", *COLUMNS_ASKED)
        ],
    }


def issued(office: Office, folder: str) -> dict[str, Any]:
    """What a round says of itself in run.json, and the digests of its files."""
    record = json.loads(office.outbox(folder, "run.json").read_text(encoding="utf-8"))
    kept = ("as_of", "code", "inputs", "decisions", "waived", "letters", "figures")
    return {**{name: record[name] for name in kept}, "files": digests(office.outbox(folder))}


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that a round issued, by path: without the copy of the register, and
    without what was signed later."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if name != BACKUP and not name.startswith(f"{SIGNED}/")
    }


def why(office: Office, item: str, column: str) -> list[str]:
    return office.zhenggai("why", item, *filter(None, (column,))).splitlines()


def verified(office: Office, scratch: Path) -> Iterator[dict[str, Any]]:
    """Each signed paper as it is, packed anew, and with one text changed."""
    for paper in (NOTICE, PUBLIC):
        name = f"outbox/{SECOND_AGAIN}/{SIGNED}/{paper}"
        data = (office.root / name).read_bytes()
        forged = rewritten(data, "word/document.xml", lambda text: once(text, *FORGED))
        copies = {"same": data, "layout": rewritten(data), "text": forged}
        for state, changed in copies.items():
            copy = scratch / "copy.docx"
            copy.write_bytes(changed)
            lines = office.zhenggai("verify", str(copy), codes=(0, 1)).splitlines()
            record = json.loads(office.zhenggai("verify", str(copy), "--json", codes=(0, 1)))
            if record["state"] != state:
                sys.exit(f"{paper}: {record}")
            yield {"paper": name, "lines": lines, "record": record}


def reissued(office: Office, scratch: Path, day: str) -> dict[str, Any]:
    """Which round a reissue of this date writes once more, and the digests of what it writes."""
    copy = Office(scratch / day)
    shutil.copytree(office.root, copy.root)
    copy.run(day)
    (fresh,) = (path for path in copy.outbox().iterdir() if path.name.endswith("-重发"))
    folder, files = fresh.name.removesuffix("-重发"), digests(fresh)
    if files != digests(office.outbox(folder)):
        sys.exit(f"{day}: not the same files again")
    return {"folder": folder, "files": files}


if __name__ == "__main__":
    main()
