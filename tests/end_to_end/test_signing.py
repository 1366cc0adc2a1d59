"""A round is signed and frozen; what became of the signed paper since is said with its sentences."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from tests.support import office
from tests.support.items import ENTRY, SETTINGS
from tests.support.killing import run
from toolkit.gongwen.document import visible_paragraphs
from toolkit.queries.doctor import Health, examine
from toolkit.register.store import Register
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

DAY = "2026-06-19"
NUMBER = "甲乙通〔2026〕12号"
OFFICE = replace(
    SETTINGS,
    task=replace(
        SETTINGS.task, superior="市委", inspector="第三巡察组", round_name="第六轮", inspected_from=dt.date(2025, 10, 13),
        inspected_to=dt.date(2025, 12, 19),
    ),
    document=replace(
        SETTINGS.document, mark="甲乙党工委文件", phone="1", email="a@b", address="路1号", postcode="000000", cc="市委巡察办",
        printed_by="甲乙办公室",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = create_workspace(tmp_path_factory.mktemp("签发") / "区", OFFICE)
    write_ledger(workspace.inbox / "台账.xlsx", [ENTRY], OFFICE, dt.datetime(2026, 6, 1))
    run(workspace.root, dt.date(2026, 6, 19))
    return workspace


@pytest.fixture
def place(made: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(made.root, tmp_path / "区")
    return Workspace(tmp_path / "区")


def zhenggai(place: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit", *arguments, "-w", str(place.root)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def signed(
    place: Workspace, number: str = NUMBER, date: str = "2026-06-22"
) -> subprocess.CompletedProcess[str]:
    return zhenggai(place, "sign", DAY, "--by", "王书记", "--date", date, "--no", number)


def final(place: Workspace) -> Path:
    return place.outbox / DAY / "签发" / "整改进展通报.docx"


def test_number_and_day_stand_in_the_final_paper_and_the_round_is_frozen(place: Workspace) -> None:
    done = signed(place)
    assert (done.returncode, done.stderr) == (0, "")
    texts = visible_paragraphs(final(place))
    assert texts.index("甲乙党工委文件") < texts.index(NUMBER)
    assert "2026年6月22日" in texts
    assert "2026年6月19日" not in texts
    assert "抄送：市委巡察办。" in texts
    assert zhenggai(place, "undo").returncode == 2
    assert "已经签发" in zhenggai(place, "undo").stderr
    with Register.open(place.register_path) as register:
        kept, *_ = register.signatures()
        assert (kept.by, str(kept.on), kept.number) == ("王书记", "2026-06-22", NUMBER)
        assert register.faults() == ()


def test_the_same_signing_again_puts_the_paper_out_again_and_another_is_refused(
    place: Workspace,
) -> None:
    signed(place)
    first = final(place).read_bytes()
    final(place).unlink()
    assert signed(place).returncode == 0
    assert final(place).read_bytes() == first
    other = signed(place, "甲乙通〔2026〕13号")
    assert (other.returncode, "不能再次签发" in other.stderr) == (2, True)


def test_a_signature_that_is_taken_out_of_the_register_is_seen_once_a_round_stands_upon_it(
    place: Workspace,
) -> None:
    signed(place)
    run(place.root, dt.date(2026, 6, 26))
    with Register.open(place.register_path) as register:
        assert register.faults() == ()
        register._db.execute("UPDATE signatures SET by = '李某'")
    health = {check.name: check.health for check in examine(place, dt.date(2026, 6, 26))}
    assert health["台账库"] is Health.FAULT


@pytest.mark.parametrize(
    "number",
    [
        "甲乙通[2026]12号",
        "甲乙通〔2026〕第12号",
        "甲乙通〔2026〕012号",
        "〔2026〕12号",
        "甲乙通〔26〕1号",
    ],
)
def test_a_number_in_another_form_is_refused_with_the_right_one(
    place: Workspace, number: str
) -> None:
    done = signed(place, number)
    assert (done.returncode, "如云党工通〔2026〕12号" in done.stderr) == (2, True)
    assert not final(place).exists()


def test_a_number_is_used_once(place: Workspace) -> None:
    signed(place)
    run(place.root, dt.date(2026, 6, 26))
    done = zhenggai(
        place, "sign", "2026-06-26", "--by", "王书记", "--date", "2026-06-29", "--no", NUMBER
    )
    assert (done.returncode, "不能重复使用" in done.stderr) == (2, True)


def test_a_day_before_the_data_is_refused(place: Workspace) -> None:
    assert "早于数据的截至日期" in signed(place, date="2026-06-01").stderr


def test_a_paper_that_was_changed_after_it_was_issued_is_not_signed_blindly(
    place: Workspace,
) -> None:
    path = place.outbox / DAY / "整改进展通报.docx"
    edit(path, path, "会议3次", "会议4次")
    done = signed(place)
    assert (done.returncode, "被改动过" in done.stderr) == (2, True)


def test_a_paper_with_blanks_is_not_signed(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "区", SETTINGS)
    write_ledger(workspace.inbox / "台账.xlsx", [ENTRY], SETTINGS, dt.datetime(2026, 6, 1))
    run(workspace.root, dt.date(2026, 6, 19))
    done = signed(workspace)
    assert (
        done.returncode,
        "没有填写，不能签发" in done.stderr,
        "请在设置中填写" in done.stderr,
    ) == (2, True, True)


def edit(source: Path, target: Path, old: str, new: str) -> None:
    """The document with one text changed where it stands, and nothing else."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(source) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(
                name,
                data.replace(old.encode(), new.encode()) if name == "word/document.xml" else data,
            )
    target.write_bytes(stream.getvalue())


def test_what_became_of_a_signed_paper(place: Workspace, tmp_path: Path) -> None:
    signed(place)
    same, layout, text = tmp_path / "同.docx", tmp_path / "版.docx", tmp_path / "文.docx"
    shutil.copyfile(final(place), same)
    document = docx.Document(str(final(place)))
    document.paragraphs[-2].runs[0].bold = True
    document.core_properties.subject = "别的"
    document.save(str(layout))
    edit(final(place), text, "会议3次", "会议13次")
    results = [zhenggai(place, "verify", str(path)) for path in (same, layout, text)]
    assert [done.returncode for done in results] == [0, 0, 1]
    assert "未改动" in results[0].stdout
    assert "仅版式" in results[1].stdout
    assert "共1处" in results[2].stdout
    assert "原：二是召开会议3次。" in results[2].stdout
    assert "现：二是召开会议13次。" in results[2].stdout


def test_a_tracked_insertion_counts_as_text_and_a_stranger_is_no_signed_paper(
    place: Workspace, tmp_path: Path
) -> None:
    signed(place)
    tracked = tmp_path / "修订.docx"
    edit(
        final(place),
        tracked,
        '<w:t xml:space="preserve">二是召开',
        '<w:t/></w:r><w:ins w:id="1" w:author="书记"><w:r><w:t>另外，</w:t></w:r></w:ins><w:r><w:t xml:space="preserve">二是召开',
    )
    assert "另外，二是召开会议3次。" in zhenggai(place, "verify", str(tracked)).stdout
    stranger = tmp_path / "别的.docx"
    document = docx.Document()
    document.add_paragraph("别的文件。")
    document.save(str(stranger))
    assert "不是签发过的文件" in zhenggai(place, "verify", str(stranger)).stdout
    (tmp_path / "坏.docx").write_bytes(b"PK")
    assert zhenggai(place, "verify", str(tmp_path / "坏.docx")).returncode == 2


@office.needed
@pytest.mark.office
def test_a_paper_saved_by_another_writer_has_changed_in_its_layout_only(
    place: Workspace, tmp_path: Path
) -> None:
    signed(place)
    saved = office.convert(final(place), tmp_path, "docx:MS Word 2007 XML")
    done = zhenggai(place, "verify", str(saved))
    assert (done.returncode, "仅版式" in done.stdout) == (0, True), done.stdout
