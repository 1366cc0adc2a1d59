"""The frozen workspace of version 0.3.0: it says what it said, and the next run loses nothing.

Only what cannot be renamed is used here: the command line, the files of a workspace, the tables of
its register. tests/zoo/workspace-0.3.0/README.md says what is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parents[2]
ZOO = ROOT / "tests" / "zoo" / "workspace-0.3.0"
EXPECTED: dict[str, Any] = json.loads((ZOO / "expected.json").read_text(encoding="utf-8"))
ROUNDS: list[dict[str, Any]] = EXPECTED["rounds"]
LAST, NEXT = ROUNDS[-1]["as_of"], "2026-06-05"
BACKUP, LATE = "台账库备份.db", "运输服务科.xlsx"
CHECKS = [check["name"] for check in EXPECTED["doctor"]]

# Many commands in one process: each as `python -m toolkit` would run it, its streams kept apart.
_PROGRAM = """
import contextlib, io, json, runpy, sys
answers = []
for arguments in json.load(sys.stdin):
    sys.argv = ["zhenggai", *arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "oe")
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            runpy.run_module("toolkit", run_name="__main__")
        except SystemExit as end:
            code = int(end.code or 0)
    answers.append([code, *(stream.buffer.getvalue().decode() for stream in (out, err))])
sys.stdout.buffer.write(json.dumps(answers).encode())
"""
_WITHOUT_WORKSPACE = ("rules", "lint", "version")


@dataclass(frozen=True)
class Answer:
    """What a command answered: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def record(self) -> Any:
        return json.loads(self.out)


def zhenggai(place: Path, *commands: Sequence[str]) -> list[Answer]:
    """Each command line, one after the other, about this workspace."""
    whole = [
        [*command] if command[0] in _WITHOUT_WORKSPACE else [*command, "-w", str(place)]
        for command in commands
    ]
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=json.dumps(whole).encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    return [Answer(*answer) for answer in json.loads(done.stdout)]


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace as it was packed; nobody works in it."""
    root = tmp_path_factory.mktemp("frozen") / "workspace"
    with tarfile.open(ZOO / "workspace.tar.xz") as archive:
        for member in archive:
            path = root / member.name
            stream = archive.extractfile(member)
            if stream is None:
                path.mkdir(parents=True)
            else:
                path.write_bytes(stream.read())
                os.utime(path, (member.mtime, member.mtime))
    return root


@pytest.fixture
def place(frozen: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    return copied(frozen, tmp_path)


@pytest.fixture(scope="module")
def taken_on(frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy after the next run, with a return of the unit that had been missing."""
    root = copied(frozen, tmp_path_factory.mktemp("next"))
    shutil.copyfile(ZOO / "late.xlsx", root / "inbox" / LATE)
    (ran,) = zhenggai(root, ("run", "--as-of", NEXT))
    assert ran.code in (0, 1), ran.err
    return root


def copied(root: Path, folder: Path) -> Path:
    return Path(shutil.copytree(root, folder / "workspace"))


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def tree(root: Path) -> dict[str, str]:
    """Every file below a folder with its digest, every folder with none, by path."""
    return {
        path.relative_to(root).as_posix(): digest(path.read_bytes()) if path.is_file() else ""
        for path in sorted(root.rglob("*"))
    }


def run_record(root: Path, folder: str) -> dict[str, Any]:
    text = (root / "outbox" / folder / "run.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def contains(now: Any, then: Any) -> bool:
    """Whether a record still says all that it said; more may have been added to it."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(
            name in now and contains(now[name], value) for name, value in then.items()
        )
    if isinstance(then, list):
        return len(now) == len(then) and all(map(contains, now, then))
    return bool(now == then)


def rows(root: Path, query: str) -> Counter[tuple[Any, ...]]:
    """The rows of the register for a query, which changes nothing."""
    address = f"{(root / '.zhenggai' / 'register.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as db:
        return Counter(db.execute(query).fetchall())


def tables(root: Path) -> dict[str, list[str]]:
    """The columns of every table of the register."""
    query = (
        "SELECT tables.name, columns.name FROM sqlite_master AS tables "
        "JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
    )
    found: dict[str, list[str]] = {}
    for table, column in sorted(rows(root, query)):
        found.setdefault(table, []).append(f'"{column}"')
    return found


def lost_rows(before: Path, after: Path) -> dict[str, list[tuple[Any, ...]]]:
    """By table: rows of the earlier register that the later one has not, in the same columns."""
    lost = {}
    for table, columns in tables(before).items():
        if table == "current":  # points at the newest fact of each column: it must move on
            continue
        query = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - its own names
        missing = rows(before, query) - rows(after, query)
        if missing:
            lost[table] = sorted(missing, key=repr)
    return lost


def doctor(root: Path) -> list[dict[str, str]]:
    (answer,) = zhenggai(root, ("doctor", "--json"))
    checks: list[dict[str, str]] = answer.record["checks"]
    return checks


def healths(root: Path) -> dict[str, str]:
    return {check["name"]: check["health"] for check in doctor(root) if check["name"] in CHECKS}


FINE = dict.fromkeys(CHECKS, "正常")


def test_it_holds_what_the_tests_are_about(frozen: Path) -> None:
    folders = [past["folder"] for past in ROUNDS]
    assert folders == ["2026-05-08", "2026-05-15", "2026-05-15-2", "2026-05-29"]
    assert [past["signed"] for past in ROUNDS] == [False, False, True, False]
    assert {kind["kind"] for past in ROUNDS for kind in past["letters"]} == {
        "remind",
        "urge",
        "warn",
    }
    for table in tables(frozen):
        assert rows(frozen, f"SELECT * FROM {table}"), table  # noqa: S608 - its own name
    assert list((frozen / "inbox").iterdir()) == []


def test_doctor_says_what_it_said(place: Path) -> None:
    assert [check for check in doctor(place) if check["name"] in CHECKS] == EXPECTED["doctor"]


def test_status_gives_the_figures_that_it_gave(place: Path) -> None:
    (answer,) = zhenggai(place, ("status", "--as-of", LAST, "--json"))
    assert contains(answer.record, EXPECTED["status"]), answer.out


def test_why_gives_every_value_with_its_place_as_it_did(place: Path) -> None:
    asked = EXPECTED["why"]
    answers = zhenggai(
        place, *(["why", ask["item"], *filter(None, [ask["column"]])] for ask in asked)
    )
    assert [answer.code for answer in answers] == [0] * len(asked)
    for ask, answer in zip(asked, answers, strict=True):
        assert answer.lines == ask["lines"]


def copy_of(paper: Path, state: str, folder: Path) -> Path:
    """A signed paper as it is, packed anew, or with one text changed."""
    copy = folder / f"{state}.docx"
    if state == "same":
        shutil.copyfile(paper, copy)
        return copy
    old, new = (text.encode() for text in EXPECTED["forged"])
    with zipfile.ZipFile(paper) as before, zipfile.ZipFile(copy, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            is_forged = state == "text" and name == "word/document.xml"
            after.writestr(name, data.replace(old, new) if is_forged else data)
    return copy


def verified(root: Path, folder: Path) -> None:
    """Hold every signed paper and its copies against what was said of them."""
    known = EXPECTED["verify"]
    copies = []
    for number, then in enumerate(known):
        (folder / str(number)).mkdir()
        paper, state = root / then["paper"], then["record"]["state"]
        copies.append(str(copy_of(paper, state, folder / str(number))))
    told = zhenggai(root, *(["verify", copy] for copy in copies))
    records = zhenggai(root, *(["verify", copy, "--json"] for copy in copies))
    for then, said, record in zip(known, told, records, strict=True):
        assert said.lines == then["lines"]
        assert contains(record.record, then["record"])
        assert said.code == record.code == (1 if then["record"]["state"] == "text" else 0)


def test_verify_knows_the_signed_papers_and_what_was_changed_in_them(
    place: Path, tmp_path: Path
) -> None:
    verified(place, tmp_path)


def reissued(place: Path, days: Iterable[str]) -> None:
    for answer in zhenggai(place, *(["run", "--as-of", day] for day in days)):
        assert (answer.code, answer.err) == (0, "")


def files(folder: Path) -> dict[str, str]:
    return {name: sha for name, sha in tree(folder).items() if sha}


def test_a_past_round_is_issued_again_byte_for_byte(place: Path) -> None:
    reissued(place, EXPECTED["reissue"])
    for known in EXPECTED["reissue"].values():
        assert files(place / "outbox" / f"{known['folder']}-重发") == known["files"]


def test_a_round_whose_folder_is_gone_is_issued_in_its_place(place: Path) -> None:
    for known in EXPECTED["reissue"].values():
        shutil.rmtree(place / "outbox" / known["folder"])
    reissued(place, EXPECTED["reissue"])
    for known in EXPECTED["reissue"].values():
        assert files(place / "outbox" / known["folder"]) == known["files"]


def test_commands_that_only_read_leave_every_byte_as_it_was(place: Path) -> None:
    before = tree(place)
    signed, late = str(place / EXPECTED["verify"][0]["paper"]), str(ZOO / "late.xlsx")
    commands: list[list[str]] = [
        *(["status", "--as-of", day, *more] for day in (LAST, NEXT) for more in ([], ["--json"])),
        ["why", "3-1"],
        ["why", "2-1", "整改状态"],
        ["why", "9-9"],
        *(["check", late, "--as-of", NEXT, *more] for more in ([], ["--json"])),
        *(["doctor", *more] for more in ([], ["--json"])),
        *(["verify", signed, *more] for more in ([], ["--json"])),
        ["rules"],
        ["rules", "S102"],
    ]
    for command, answer in zip(commands, zhenggai(place, *commands), strict=True):
        assert answer.out or command == ["why", "9-9"], (command, answer.err)
        assert answer.code in (0, 1) or command == ["why", "9-9"], (command, answer.err)
    assert tree(place) == before


def test_the_next_run_goes_on_with_every_item(taken_on: Path) -> None:
    before, now = run_record(taken_on, LAST), run_record(taken_on, NEXT)
    items = {row["id"]: row for row in now["rows"]}
    assert list(items) == [row["id"] for row in before["rows"]]
    spoken = {"2-1-1", "2-1-2", "2-2"}
    derived = ("light", "flags", "origin")  # what the day and the newest row make of an item
    for row in before["rows"]:
        told = {name: value for name, value in row.items() if name not in derived}
        assert contains(items[row["id"]], told) or row["id"] in spoken
    (given,) = now["inputs"]
    assert (given["unit"], given["verdict"], given["rows"]) == ("运输服务科", "accepted", 3)
    assert {id_: items[id_]["status"] for id_ in spoken} == {
        "2-1-1": "done",
        "2-1-2": "in_progress",
        "2-2": "done",
    }


def test_the_next_run_keeps_what_the_office_decided(taken_on: Path) -> None:
    before, now = run_record(taken_on, LAST), run_record(taken_on, NEXT)
    items = {row["id"]: row for row in now["rows"]}
    assert "closed" in items["1-2"]["flags"]
    assert ("extended" in items["3-1"]["flags"], items["3-1"]["due"]) == (True, "2026-07-31")
    assert (items["4-2"]["owner"], "2-1" in items) == ("宋予安", False)
    waived = [(line["rule"], line["id"], line["by"], line["until"]) for line in before["waived"]]
    assert waived == [
        (line["rule"], line["id"], line["by"], line["until"]) for line in now["waived"]
    ]
    assert len(waived) == 1


def test_the_next_run_prints_what_the_leader_wrote(taken_on: Path) -> None:
    with zipfile.ZipFile(taken_on / "outbox" / NEXT / "整改进展通报.docx") as package:
        text = package.read("word/document.xml").decode()
    assert "坚持按月通报3期" in text
    assert "收回往来款3笔" not in text


def test_why_still_gives_every_value_with_its_place(taken_on: Path) -> None:
    """A value that has been replaced stands below the new one as what it was before."""
    whole = {ask["item"]: ask["lines"] for ask in EXPECTED["why"] if not ask["column"]}
    for lines, answer in zip(
        whole.values(), zhenggai(taken_on, *(["why", id_] for id_ in whole)), strict=True
    ):
        now = Counter(line.partition("：")[2] for line in answer.lines)
        then = Counter(line.partition("：")[2] for line in lines)
        assert then - now == Counter()
        assert [
            line for line in lines if line.startswith("审核：") and line not in answer.lines
        ] == []


def test_no_row_of_the_register_is_lost(frozen: Path, taken_on: Path) -> None:
    assert lost_rows(frozen, taken_on) == {}
    pointers = 'SELECT item_id, "column" FROM current'
    assert rows(frozen, pointers) - rows(taken_on, pointers) == Counter()
    links = rows(taken_on, "SELECT folder, link, seal FROM rounds")
    assert {(past["folder"], past["link"], past["seal"]) for past in ROUNDS} <= set(links)


def test_the_archive_still_holds_everything(frozen: Path, taken_on: Path) -> None:
    for kept in ("originals", "issued"):
        now = tree(taken_on / ".zhenggai" / kept)
        assert tree(frozen / ".zhenggai" / kept).items() <= now.items()
    assert [name for name in tree(taken_on / "inbox") if name == LATE] == []
    assert digest((ZOO / "late.xlsx").read_bytes()) in {
        sha for (sha,) in rows(taken_on, "SELECT sha256 FROM arrivals")
    }


def test_what_was_issued_before_stands_as_it_was(frozen: Path, taken_on: Path) -> None:
    before, now = tree(frozen / "outbox"), tree(taken_on / "outbox")
    assert before.items() <= now.items()


def test_every_round_of_then_can_be_issued_again_after_the_next_run(
    taken_on: Path, tmp_path: Path
) -> None:
    place = copied(taken_on, tmp_path)
    days = {past["as_of"]: past for past in ROUNDS}  # the last of each date
    reissued(place, days)
    for past in days.values():
        assert files(place / "outbox" / f"{past['folder']}-重发") == past["files"]


def test_letters_keep_their_numbers_and_none_is_given_twice(taken_on: Path) -> None:
    sheet = openpyxl.load_workbook(taken_on / "outbox" / NEXT / "汇总台账.xlsx")["函件登记"]
    listed = [str(sheet.cell(row, 1).value) for row in range(4, sheet.max_row + 1)]
    sent = [letter["number"] for past in ROUNDS for letter in past["letters"]]
    fresh = [letter["number"] for letter in run_record(taken_on, NEXT)["letters"]]
    assert [number for number in sent if number not in "\n".join(listed)] == []
    assert len({*sent, *fresh}) == len(sent) + len(fresh)


def test_doctor_finds_no_fault_after_the_next_run(taken_on: Path) -> None:
    assert healths(taken_on) == FINE


def test_verify_knows_the_signed_papers_after_the_next_run(taken_on: Path, tmp_path: Path) -> None:
    verified(taken_on, tmp_path)


def test_the_next_run_taken_back_leaves_the_state_of_then(
    frozen: Path, taken_on: Path, tmp_path: Path
) -> None:
    place = copied(taken_on, tmp_path)
    undone, status = zhenggai(place, ("undo",), ("status", "--as-of", LAST, "--json"))
    assert (undone.code, undone.err) == (0, "")
    assert contains(status.record, EXPECTED["status"])
    assert (place / "inbox" / LATE).read_bytes() == (ZOO / "late.xlsx").read_bytes()
    assert lost_rows(frozen, place) == {}
    assert healths(place) == FINE


def test_the_last_round_is_taken_back_and_the_signed_one_is_not(frozen: Path, place: Path) -> None:
    first, second = zhenggai(place, ("undo",), ("undo",))
    assert (first.code, first.err) == (0, "")
    came = {given["file"]: given["sha256"] for given in ROUNDS[-1]["inputs"]}
    assert tree(place / "inbox") == came
    assert (second.code, "签发" in second.err) == (2, True)
    assert {past["folder"] for past in ROUNDS[:-1]} <= {
        path.name for path in (place / "outbox").iterdir()
    }
    before_last = "SELECT as_of, folder, link, seal FROM rounds WHERE id < 4"
    assert rows(frozen, before_last) - rows(place, before_last) == Counter()
    assert healths(place)["台账库"] == "正常"


def test_the_register_comes_back_from_the_copy_beside_the_last_papers(
    frozen: Path, place: Path
) -> None:
    (place / ".zhenggai" / "register.db").unlink()
    (answer,) = zhenggai(place, ("restore", str(place / "outbox" / LAST / BACKUP)))
    assert (answer.code, answer.err) == (0, "")
    assert lost_rows(frozen, place) == {}
    assert [check for check in doctor(place) if check["name"] in CHECKS] == EXPECTED["doctor"]
